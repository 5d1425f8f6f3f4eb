"""Who answers in the outlet's place: sign-in pages of networks and checks for browsers, each by its own name."""

import re

import pytest

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.addresses import check_url
from feeds.wire.budget import Kind
from feeds.wire.fetch import Fetcher, Wanted
from feeds.wire.strangers import is_routers_certificate, name_answer, name_redirect
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import OutletServer, send

SIGN_IN = b"""<!DOCTYPE html><html><head><title>WiFi UBND</title></head><body><form action="/login" method="post">
<input name="user"><input type="password" name="pass"></form></body></html>"""
MOVING = b"""<html><body><script>document.cookie="D1N=a83c1f;expires=Fri, 31-Dec-2037";window.location.reload(true);
</script></body></html>"""
WAITING = (
    b'<!doctype html><html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x.js"></script>'
)
ARTICLE = (
    b"<!doctype html><html><head><title>Tin</title></head><body>"
    + b"<p>B\xc3\xa0 con ph\xe1\xba\xa5n kh\xe1\xbb\x9fi.</p>" * 1200
    + b'<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script></body></html>'
)  # fmt: skip
PLAIN, SAFE = check_url("http://bao.example/rss"), check_url("https://bao.example/rss")


def answer(outlet: OutletServer, status: int, body: bytes, kind: Kind = "feed", **headers: str) -> str:
    url = outlet.behave("/x", send(status, body, **headers))
    with Fetcher(Config(fetch_private_networks=True)) as fetcher:
        try:
            fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}, kind=kind), now=NOW)
        except Unreadable as trouble:
            return outcome_of(trouble)
    return "taken"


@pytest.mark.parametrize(
    ("status", "body", "kind", "outcome"),
    [
        (511, SIGN_IN, "feed", "portal"),
        (200, SIGN_IN, "feed", "portal"),
        (200, SIGN_IN, "picture", "portal"),
        (200, b'<html><meta http-equiv="refresh" content="0; url=http://10.1.0.1:8002/chao">', "feed", "portal"),
        (200, b"<html><script>window.location='http://192.168.88.1/login?x'</script>", "feed", "portal"),
        (200, SIGN_IN, "page", "taken"),  # a page of the outlet may hold a sign-in of its own
        (200, MOVING, "feed", "challenge"),
        (200, MOVING, "page", "challenge"),
        (503, WAITING, "feed", "challenge"),
        (403, WAITING, "feed", "challenge"),
        (429, WAITING, "page", "challenge"),
        (200, ARTICLE, "page", "taken"),
        (403, b"<html><body>Forbidden</body></html>", "feed", "forbidden"),
        (200, b"<rss><channel><item><title>document.cookie=1; location.reload</title></item></channel></rss>", "feed",
         "taken"),
        (200, b"<html><body><p>404</p></body></html>", "feed", "taken"),  # the parser names it a web page
    ],
)  # fmt: skip
def test_an_answer_is_known_by_its_first_bytes(
    outlet: OutletServer, status: int, body: bytes, kind: Kind, outcome: str
) -> None:
    assert answer(outlet, status, body, kind) == outcome


def test_a_check_that_is_announced_in_a_header_is_believed(outlet: OutletServer) -> None:
    assert answer(outlet, 403, b"", cf_mitigated="challenge") == "challenge"


def test_behind_https_only_the_outlet_itself_can_ask_to_sign_in() -> None:
    assert name_answer(PLAIN, 200, {}, SIGN_IN, is_page_due=False) == "portal"
    assert name_answer(SAFE, 200, {}, SIGN_IN, is_page_due=False) == ""


@pytest.mark.parametrize(
    ("address", "status", "to", "outcome"),
    [
        (PLAIN, 302, "http://10.10.0.1/login?dst=bao.example", "portal"),
        (PLAIN, 301, "http://192.168.1.1/", "portal"),
        (PLAIN, 307, "https://wifi.nhamang.example/chao", "portal"),
        (PLAIN, 302, "http://captive.lan/", "portal"),
        (PLAIN, 301, "https://www.bao.example/rss", "moved"),
        (SAFE, 302, "https://bao-moi.example/rss", "moved"),
        (SAFE, 302, "https://10.0.0.1/", "refused"),
        (SAFE, 302, "http://bao.example/rss", "refused"),
        (PLAIN, 302, "file:///etc/passwd", "refused"),
        (PLAIN, 302, "http://bao.example:1/\n", "refused"),
    ],
)
def test_a_redirect_that_is_not_followed_says_why(address: object, status: int, to: str, outcome: str) -> None:
    assert name_redirect(address, status, to) == outcome  # type: ignore[arg-type]


def test_a_comment_before_the_page_is_no_disguise_and_no_trap() -> None:
    hidden = b"<!-- x -->" * 50 + SIGN_IN
    assert name_answer(PLAIN, 200, {}, hidden, is_page_due=False) == "portal"
    assert name_answer(PLAIN, 200, {}, b"<!--" * 16_000, is_page_due=False) == ""
    assert name_answer(PLAIN, 200, {}, b"<html>" + b"<input " * 9_000, is_page_due=False) == ""


def test_the_box_of_a_hotel_is_told_from_an_outlet() -> None:
    assert is_routers_certificate(b"\x30\x82\x0c\x0b\x31FortiGate\x80")
    assert not is_routers_certificate(b"\x30\x82www.baochinhphu.vn\x80")
    assert not re.search("portal", "baochinhphu")
