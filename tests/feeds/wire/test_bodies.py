"""Bodies as they come: packed, cut off, in several pieces, or larger than anybody wants."""

import gzip
import os
from pathlib import Path

import pytest

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of
from feeds.tidy import tidy
from feeds.wire.fetch import Fetched, Fetcher, Wanted
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import Habit, Handler, OutletServer, send

FEED = b"<rss><channel>" + b"<item><title>Tin</title></item>" * 400 + b"</channel></rss>"
PACKED = gzip.compress(FEED)
BOMBS = ("gzip-bomb-50MB.gz", "gzip-bomb-1GB.gz") if os.environ.get("PROVE") == "1" else ("gzip-bomb-50MB.gz",)


def fetch(url: str, *, cap: int = 5_000_000) -> Fetched:
    with Fetcher(Config(fetch_private_networks=True, fetch_max_bytes=cap, fetch_timeout_seconds=10)) as fetcher:
        return fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)


def trouble(url: str, *, cap: int = 5_000_000) -> str:
    with pytest.raises(Unreadable) as caught:
        fetch(url, cap=cap)
    return outcome_of(caught.value)


def packed(body: bytes) -> Habit:
    return send(200, body, Content_Encoding="gzip")


def cut(body: bytes, length: int, **headers: str) -> Habit:
    """Promises `length` bytes and hangs up before."""

    def habit(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in {**headers, "Content-Length": str(length)}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return habit


def test_half_an_answer_is_kept_and_known_as_half(outlet: OutletServer) -> None:
    half = fetch(outlet.behave("/x", cut(FEED[:5000], len(FEED))))
    assert (half.body, half.complete) == (FEED[:5000], False)
    assert trouble(outlet.behave("/none", cut(b"", 500))) == "protocol"


def test_a_packed_answer_that_was_cut_is_known_as_half(outlet: OutletServer) -> None:
    """Also where the server counted only what it sent."""
    for habit in (packed(PACKED[:-20]), cut(PACKED[:-20], len(PACKED), Content_Encoding="gzip")):
        half = fetch(outlet.behave("/x", habit))
        assert not half.complete
        assert FEED.startswith(half.body)
    assert fetch(outlet.behave("/whole", packed(PACKED))).complete


def test_several_packed_pieces_are_one_and_zeros_after_them_nothing(outlet: OutletServer) -> None:
    pieces = gzip.compress(FEED[:4000]) + gzip.compress(FEED[4000:])
    for body in (pieces, PACKED + b"\0" * 64):
        fetched = fetch(outlet.behave("/x", packed(body)))
        assert (fetched.body, fetched.complete) == (FEED, True)


def test_many_small_pieces_are_no_way_round_the_cap(outlet: OutletServer) -> None:
    pieces = gzip.compress(b"\0" * 90_000) * 100
    assert trouble(outlet.behave("/x", packed(pieces)), cap=1_000_000) == "too_large"


def test_an_empty_answer_is_whole(outlet: OutletServer) -> None:
    for habit in (send(200, b""), packed(b"")):
        fetched = fetch(outlet.behave("/x", habit))
        assert (fetched.body, fetched.complete) == (b"", True)


def test_an_error_page_is_read_no_further_than_needed(outlet: OutletServer) -> None:
    page = b"<!doctype html><html><title>Just a moment...</title>" + b" " * 900_000
    assert trouble(outlet.behave("/x", send(403, gzip.compress(page), Content_Encoding="gzip"))) == "challenge"
    assert (
        trouble(outlet.behave("/y", send(503, gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip"))) == "server"
    )
    assert trouble(outlet.behave("/z", send(429, b"\x1f\x8bnot gzip", Content_Encoding="gzip"))) == "protocol"


@pytest.mark.parametrize("name", ["feed.xml.gz", "not-gzip.gz"])
def test_the_material_is_read_as_a_server_would_send_it(outlet: OutletServer, material: Path, name: str) -> None:
    body = (material / "hostile/generated/transport" / name).read_bytes()
    assert len(tidy(fetch(outlet.behave("/x", packed(body))).body).items) == 25


@pytest.mark.proof
@pytest.mark.parametrize("name", BOMBS)
def test_the_bombs_of_the_material_are_cut(outlet: OutletServer, material: Path, name: str) -> None:
    body = (material / "hostile/generated/transport" / name).read_bytes()
    assert trouble(outlet.behave("/x", packed(body))) == "too_large"
