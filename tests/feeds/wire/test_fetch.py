"""The reader of the outside against an outlet with every bad habit."""

import gzip
import time
from datetime import timedelta
from typing import Any

import httpcore2
import pytest

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.courtesy import user_agent
from feeds.wire.fetch import Fetched, Fetcher, Wanted
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import OutletServer, redirect, send, slow_headers, trickle, zeros

FEED = b"<rss><channel><item><title>Tin</title></item></channel></rss>"
HERE = frozenset({"127.0.0.1"})


def fetch(url: str, *, seconds: int = 5, cap: int = 5_000_000, private: bool = True, **wanted: Any) -> Fetched:
    config = Config(fetch_private_networks=private, fetch_timeout_seconds=seconds, fetch_max_bytes=cap)
    with Fetcher(config, office="Ban Dân tộc tỉnh Thử") as fetcher:
        return fetcher.fetch(Wanted(url=url, hosts=HERE, **wanted), now=NOW)


def trouble(url: str, **how: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        fetch(url, **how)
    return outcome_of(caught.value)


def test_a_feed_comes_whole_and_unpacked(outlet: OutletServer) -> None:
    fetched = fetch(outlet.publish("/home.rss", FEED))
    assert (fetched.status, fetched.body, fetched.at) == ("new", FEED, NOW)
    assert fetched.media_type == "application/rss+xml"
    assert fetched.final_url == outlet.url("/home.rss")


def test_the_outlet_is_told_who_reads(outlet: OutletServer) -> None:
    fetch(outlet.publish("/home.rss", FEED))
    assert outlet.asked[0][1]["user-agent"] == "bantin/0.1 (Ban Dan toc tinh Thu)"
    assert outlet.asked[0][1]["accept-encoding"] == "gzip"


def test_an_outlet_that_refuses_the_honest_name_gets_another(outlet: OutletServer) -> None:
    fetch(outlet.publish("/rss.xml", FEED), user_agent="Mozilla/5.0")
    assert outlet.asked[0][1]["user-agent"] == "Mozilla/5.0"


def test_the_contact_of_the_office_is_part_of_the_name() -> None:
    assert user_agent("", "") == "bantin/0.1"
    assert user_agent("Sở Dân tộc", "lienhe@so.example") == "bantin/0.1 (So Dan toc; lienhe@so.example)"
    assert "\n" not in user_agent("Ban\r\nX-Evil: 1", "")


def test_the_second_reading_of_an_unchanged_feed_brings_no_bytes(outlet: OutletServer) -> None:
    url = outlet.publish("/home.rss", FEED)
    first = fetch(url)
    again = fetch(url, etag=first.etag or "", last_modified=first.last_modified or "")
    assert (again.status, again.body, again.etag) == ("same", b"", first.etag)
    outlet.publish("/home.rss", FEED + b" ")
    assert fetch(url, etag=first.etag or "").status == "new"


def test_a_server_that_trickles_is_left_at_the_deadline(outlet: OutletServer) -> None:
    for habit in (trickle(8), slow_headers(8)):
        started = time.monotonic()
        assert trouble(outlet.behave("/slow", habit), seconds=1) == "timeout"
        assert time.monotonic() - started < 2.5


def test_zeros_stop_at_the_cap_packed_or_not(outlet: OutletServer) -> None:
    assert trouble(outlet.behave("/zeros", zeros(50_000_000, gzipped=False)), cap=1_000_000) == "too_large"
    assert trouble(outlet.behave("/bomb", zeros(50_000_000, gzipped=True)), cap=1_000_000) == "too_large"
    assert len(fetch(outlet.behave("/fits", zeros(900_000, gzipped=True)), cap=1_000_000).body) == 900_000


def test_plain_bytes_called_gzip_are_forgiven_and_broken_gzip_is_named(outlet: OutletServer) -> None:
    assert fetch(outlet.behave("/plain", send(200, FEED, Content_Encoding="gzip"))).body == FEED
    broken = gzip.compress(FEED)[:12] + b"broken in the middle"
    assert trouble(outlet.behave("/broken", send(200, broken, Content_Encoding="gzip"))) == "protocol"
    assert trouble(outlet.behave("/br", send(200, FEED, Content_Encoding="br"))) == "protocol"


def test_redirects_are_followed_three_times_and_not_in_circles(outlet: OutletServer) -> None:
    outlet.publish("/end", FEED)
    for n, to in enumerate(("/end", "/hop0", "/hop1", "/hop2")):
        outlet.behave(f"/hop{n}", redirect(to))
    assert fetch(outlet.url("/hop2")).final_url == outlet.url("/end")
    assert trouble(outlet.url("/hop3")) == "redirects"
    assert trouble(outlet.behave("/loop", redirect("/loop"))) == "redirects"


@pytest.mark.parametrize(
    ("status", "to", "outcome"),
    [
        (302, "http://localhost:1/", "portal"),
        (302, "http://169.254.169.254/", "portal"),
        (302, "//evil.example/", "portal"),
        (301, "//evil.example/", "moved"),
        (301, "http://10.0.0.1/login", "portal"),
        (302, "file:///etc/passwd", "refused"),
    ],
)
def test_a_redirect_leads_to_registered_hosts_only(outlet: OutletServer, status: int, to: str, outcome: str) -> None:
    assert trouble(outlet.behave("/away", send(status, b"", Location=to))) == outcome
    assert outlet.paths() == ["/away"]


def test_an_address_of_this_machine_is_refused_and_read_only_where_allowed(outlet: OutletServer) -> None:
    url = outlet.publish("/home.rss", FEED)
    assert trouble(url, private=False) == "refused"
    assert outlet.asked == []
    assert fetch(url, private=True).body == FEED  # the control


def test_a_public_name_with_a_private_address_is_refused_after_the_look_up(outlet: OutletServer) -> None:
    """DNS rebinding: every look-up is checked, and the checked address is the one connected to."""
    answers = iter([["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"], []])
    outlet.publish("/home.rss", FEED)
    with Fetcher(Config(fetch_timeout_seconds=2), resolve=lambda host: next(answers)) as fetcher:
        for outcome in ("refused", "refused", "refused", "refused", "dns"):
            with pytest.raises(Unreadable) as caught:
                fetcher.fetch(Wanted(url="http://bao.example/home.rss", hosts={"bao.example"}), now=NOW)
            assert outcome_of(caught.value) == outcome
    assert outlet.asked == []


def test_a_name_server_that_gives_its_own_network_for_everything_is_named(outlet: OutletServer) -> None:
    """As the networks of hotels do until somebody signs in. No connection is made either way."""
    answers = iter([["192.168.88.1"], ["10.0.0.1", "fd00::1"], ["10.0.0.1", "127.0.0.1"], ["10.0.0.1", "8.8.8.8"]])
    with Fetcher(Config(fetch_timeout_seconds=2), resolve=lambda host: next(answers)) as fetcher:
        for outcome in ("inside", "inside", "refused", "refused"):
            with pytest.raises(Unreadable) as caught:
                fetcher.fetch(Wanted(url="http://bao.example/home.rss", hosts={"bao.example"}), now=NOW)
            assert outcome_of(caught.value) == outcome


def test_a_name_is_looked_up_once_and_its_address_used(outlet: OutletServer) -> None:
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    outlet.publish("/home.rss", FEED)
    url = f"http://bao.example:{outlet.port}/home.rss"
    with Fetcher(Config(fetch_private_networks=True), resolve=resolve) as fetcher:
        assert fetcher.fetch(Wanted(url=url, hosts={"bao.example"}), now=NOW).body == FEED
    assert asked == ["bao.example"]
    assert outlet.asked[0][1]["host"] == f"bao.example:{outlet.port}"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (403, "forbidden"),
        (404, "gone"),
        (410, "gone"),
        (429, "slow_down"),
        (500, "server"),
        (503, "server"),
        (204, "status"),
    ],
)
def test_a_status_has_its_sentence(outlet: OutletServer, status: int, outcome: str) -> None:
    assert trouble(outlet.behave("/x", send(status))) == outcome


def test_the_outlet_may_say_how_long_to_stay_away(outlet: OutletServer) -> None:
    later = (NOW + timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for said, seconds in (("120", 120), (later, 300), ("99999999", 86_400), ("bald", 0), ("", 0)):
        with pytest.raises(Unreadable) as caught:
            fetch(outlet.behave("/busy", send(429, Retry_After=said)))
        assert caught.value.values["retry_after"] == seconds


def test_a_cookie_is_fetched_first_where_the_outlet_wants_one(outlet: OutletServer) -> None:
    def feed(handler: object) -> None:
        cookie = outlet.asked[-1][1].get("cookie", "")
        (send(200, FEED) if "key=42" in cookie else redirect("/feed"))(handler)  # type: ignore[arg-type]

    url = outlet.behave("/feed", feed)
    first = outlet.behave("/rss", redirect("/rss", Set_Cookie="key=42; Path=/; HttpOnly"))
    assert trouble(url) == "redirects"
    assert fetch(url, visit_first=first).body == FEED


def test_an_outlet_that_is_down_is_no_connection(outlet: OutletServer) -> None:
    assert trouble("http://127.0.0.1:1/") == "connection"


def test_an_answer_that_is_no_http_is_named(outlet: OutletServer) -> None:
    def habit(handler: object) -> None:
        handler.wfile.write(b"\x00\x01 not http at all\r\n\r\n")  # type: ignore[attr-defined]
        handler.close_connection = True  # type: ignore[attr-defined]

    assert trouble(outlet.behave("/x", habit)) == "protocol"


def test_a_certificate_that_is_not_right_is_named(outlet: OutletServer) -> None:
    """Plain HTTP where TLS was asked for: the handshake fails."""
    assert trouble(f"https://127.0.0.1:{outlet.port}/") == "tls"


class CountingWire(httpcore2.SyncBackend):
    """The system's own wire, which counts the connections."""

    opened = 0

    def connect_tcp(self, *where: Any, **how: Any) -> httpcore2.NetworkStream:
        self.opened += 1
        return super().connect_tcp(*where, **how)


def test_what_has_not_changed_leaves_the_connection_to_the_next_question(outlet: OutletServer) -> None:
    url, wire = outlet.publish("/home.rss", FEED), CountingWire()
    with Fetcher(Config(fetch_private_networks=True), wire=wire) as fetcher:
        etag = fetcher.fetch(Wanted(url=url, hosts=HERE), now=NOW).etag
        for _ in range(3):
            assert fetcher.fetch(Wanted(url=url, hosts=HERE, etag=etag), now=NOW).status == "same"
    assert wire.opened == 1
