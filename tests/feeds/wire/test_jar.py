"""Cookies that live between readings, and the page that is visited first only where it must be."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.addresses import check_url
from feeds.wire.fetch import Fetched, Fetcher, Wanted
from feeds.wire.jar import AT_MOST, Jar
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import Handler, OutletServer, redirect, send

FEED = b"<rss><channel><item><title>Tin</title></item></channel></rss>"
HERE = check_url("https://bao.example/rss", hosts=None)


class Army:
    """An outlet as Quân đội nhân dân: /rss hands out a cookie, the feed goes in circles without it."""

    def __init__(self, outlet: OutletServer) -> None:
        self.outlet = outlet
        self.key = "1"
        self.first = outlet.behave("/rss", self._hand_out)
        self.feed = outlet.behave("/feed", self._feed)

    def _hand_out(self, handler: Handler) -> None:
        redirect("/rss", Set_Cookie=f"key={self.key}; Path=/; HttpOnly")(handler)

    def _feed(self, handler: Handler) -> None:
        has_key = f"key={self.key}" in handler.headers.get("Cookie", "")
        (send(200, FEED) if has_key else redirect("/feed"))(handler)

    def read(self, cookies: Mapping[str, Any] | None = None, *, visit: bool = True) -> Fetched:
        self.outlet.asked.clear()
        first = self.first if visit else ""
        wanted = Wanted(url=self.feed, hosts={"127.0.0.1"}, visit_first=first, cookies=cookies or {})
        with Fetcher(Config(fetch_private_networks=True, fetch_timeout_seconds=5)) as fetcher:
            return fetcher.fetch(wanted, now=NOW)


@pytest.fixture
def army(outlet: OutletServer) -> Army:
    return Army(outlet)


def test_without_the_cookie_the_outlet_goes_in_circles(army: Army) -> None:
    """The control."""
    with pytest.raises(Unreadable) as caught:
        army.read(visit=False)
    assert outcome_of(caught.value) == "redirects"


def test_the_first_page_is_visited_once_and_its_cookie_kept_for_the_next_reading(army: Army) -> None:
    first = army.read()
    assert first.body == FEED
    assert army.outlet.paths() == ["/rss", "/feed"]
    again = army.read(first.cookies)
    assert again.body == FEED
    assert army.outlet.paths() == ["/feed"]


def test_a_cookie_that_is_no_longer_taken_is_fetched_anew(army: Army) -> None:
    kept = army.read().cookies
    army.key = "2"
    renewed = army.read(kept)
    assert renewed.body == FEED
    assert army.outlet.paths()[-2:] == ["/rss", "/feed"]
    assert next(iter(renewed.cookies.values())) == {"key": "2"}


def test_a_cookie_the_outlet_sets_on_the_way_is_kept_without_any_visit(outlet: OutletServer) -> None:
    def habit(handler: Handler) -> None:
        has_key = "key=7" in handler.headers.get("Cookie", "")
        (send(200, FEED) if has_key else redirect("/feed", Set_Cookie="key=7"))(handler)

    url = outlet.behave("/feed", habit)
    with Fetcher(Config(fetch_private_networks=True)) as fetcher:
        fetched = fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
    assert fetched.cookies == {f"http://127.0.0.1:{outlet.port}": {"key": "7"}}


def test_a_cookie_goes_back_to_its_own_scheme_host_and_port_only() -> None:
    jar = Jar({})
    jar.take(HERE, [(b"Set-Cookie", b"a=1"), (b"set-cookie", b"b=2; Secure"), (b"X-Other", b"c=3")], NOW)
    assert jar.header(HERE) == "a=1; b=2"
    for elsewhere in ("http://bao.example/rss", "https://www.bao.example/rss", "https://bao.example:80/rss"):
        assert jar.header(check_url(elsewhere, hosts=None)) == ""


def test_a_cookie_can_be_taken_back_and_renewed() -> None:
    jar = Jar({"https://bao.example:443": {"a": "1", "b": "2", "c": "3"}})
    past = (NOW - timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    lines = [b"a=; Max-Age=0", f"b=x; Expires={past}".encode(), b"c=4; Expires=tomorrow", b"d=5; Max-Age=60"]
    jar.take(HERE, [(b"Set-Cookie", line) for line in lines], NOW)
    assert jar.header(HERE) == "c=4; d=5"


@pytest.mark.parametrize("line", [b"", b"=", b"a", b"a b=1", b"a=\r\nX-Evil: 1", b"a=" + b"x" * 5000, "tên=1".encode()])
def test_a_cookie_that_could_change_the_request_is_dropped(line: bytes) -> None:
    jar = Jar({})
    jar.take(HERE, [(b"Set-Cookie", line)], NOW)
    assert jar.contents() == {}


def test_a_jar_does_not_grow_without_end_and_bears_old_contents() -> None:
    jar = Jar({"https://bao.example:443": {}, "odd": "text"})
    jar.take(HERE, [(b"Set-Cookie", f"n{n}=1".encode()) for n in range(AT_MOST + 20)], NOW)
    assert len(jar.contents()["https://bao.example:443"]) == AT_MOST


def test_other_trouble_than_a_cookie_sends_nobody_back_to_the_first_page(army: Army) -> None:
    kept = army.read().cookies
    army.outlet.behave("/feed", send(500))
    with pytest.raises(Unreadable) as caught:
        army.read(kept)
    assert outcome_of(caught.value) == "server"
    assert army.outlet.paths() == ["/feed"]
