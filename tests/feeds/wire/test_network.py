"""A real small proxy, as an office network has one; and what counting bytes and waiting at a door come to."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import trustme

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.budget import Budget
from feeds.wire.fetch import Fetcher, Wanted
from feeds.wire.network import GuardedBackend
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import Handler, OutletServer, send
from tests.feeds.proxy_server import proxying
from tests.feeds.tls_server import HOST, Authority

FEED = b"<rss><channel><item><title>Tin</title></item></channel></rss>"


def look_up_nothing(host: str) -> list[str]:
    """Behind a proxy the outlet's name is never looked up here."""
    assert host != HOST
    return ["127.0.0.1"]


def open_fetcher(proxy: str, **more: object) -> Fetcher:
    return Fetcher(Config(fetch_proxy=proxy, fetch_timeout_seconds=5), resolve=look_up_nothing, **more)  # type: ignore[arg-type]


def trouble(fetcher: Fetcher, url: str, host: str = HOST) -> str:
    with pytest.raises(Unreadable) as caught:
        fetcher.fetch(Wanted(url=url, hosts={host}), now=NOW)
    return outcome_of(caught.value)


def test_an_http_feed_comes_through_the_proxy(outlet: OutletServer) -> None:
    outlet.publish("/rss", FEED)
    with proxying({HOST: outlet.port}) as proxy, open_fetcher(proxy.url) as fetcher:
        assert fetcher.fetch(Wanted(url=f"http://{HOST}/rss", hosts={HOST}), now=NOW).body == FEED
    assert proxy.asked == [f"GET http://{HOST}/rss"]
    assert outlet.asked[0][1]["host"] == HOST


def test_an_https_feed_comes_through_a_tunnel_and_its_certificate_counts() -> None:
    authority = Authority(trustme.CA())
    for name, outcome in ((HOST, "taken"), ("khac.example", "tls")):
        with authority.serving(name) as outlet, proxying({HOST: outlet.port}) as proxy:
            outlet.publish("/rss", FEED)
            with open_fetcher(proxy.url, tls=authority.trust) as fetcher:
                if outcome == "taken":
                    assert fetcher.fetch(Wanted(url=f"https://{HOST}/rss", hosts={HOST}), now=NOW).body == FEED
                else:
                    assert trouble(fetcher, f"https://{HOST}/rss") == outcome
        assert proxy.asked[0] == f"CONNECT {HOST}:443"


def test_a_proxy_that_wants_a_name_gets_it_and_one_that_refuses_is_named(outlet: OutletServer) -> None:
    outlet.publish("/rss", FEED)
    with proxying({HOST: outlet.port}, login="van-thu:mat khau") as proxy:
        known = proxy.url.replace(" ", "%20")
        with open_fetcher(known) as fetcher:
            assert fetcher.fetch(Wanted(url=f"http://{HOST}/rss", hosts={HOST}), now=NOW).body == FEED
        with open_fetcher(f"http://127.0.0.1:{proxy.port}") as fetcher:
            for scheme in ("http", "https"):
                assert trouble(fetcher, f"{scheme}://{HOST}/rss") == "proxy"


def test_a_proxy_that_is_away_or_finds_no_outlet_is_told_apart() -> None:
    with open_fetcher("http://127.0.0.1:1") as fetcher:
        assert trouble(fetcher, f"http://{HOST}/rss") == "proxy"
    with proxying({}) as proxy, open_fetcher(proxy.url) as fetcher:
        assert trouble(fetcher, f"https://{HOST}/rss") == "connection"
        assert trouble(fetcher, f"http://{HOST}/rss") == "server"


def test_a_private_address_is_refused_before_the_proxy_hears_of_it() -> None:
    with proxying({}) as proxy, open_fetcher(proxy.url) as fetcher:
        for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254"):
            assert trouble(fetcher, f"http://{host}/", host) == "refused"
    assert proxy.asked == []


def test_bytes_are_counted_as_they_come_over_the_wire(outlet: OutletServer) -> None:
    """Packed as they are, with their headers."""
    url = outlet.publish("/rss", FEED + b"\n" * 200_000)
    budget = Budget()
    with Fetcher(Config(fetch_private_networks=True), budget=budget) as fetcher:
        fetched = fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
    assert len(fetched.body) > 200_000
    assert 300 < budget.received < 2_000


def test_waiting_for_our_own_other_requests_is_not_the_outlets_slowness(outlet: OutletServer) -> None:
    """Six requests of 0.5 s, two at a time, each with one second."""

    def habit(handler: Handler) -> None:
        time.sleep(0.5)
        send(200, FEED)(handler)

    url = outlet.behave("/rss", habit)
    config = Config(fetch_private_networks=True, fetch_timeout_seconds=1)
    with Fetcher(config) as fetcher, ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(fetcher.fetch, Wanted(url=url, hosts={"127.0.0.1"}), now=NOW) for _ in range(6)]
        assert {one.result().body for one in asked} == {FEED}
    assert outlet.most_busy == 2


def test_a_host_that_wants_to_be_left_alone_is_left_alone_at_once(outlet: OutletServer) -> None:
    busy = outlet.behave("/a", send(429, b"", Retry_After="600"))
    other = outlet.publish("/b", FEED)
    with Fetcher(Config(fetch_private_networks=True)) as fetcher:
        assert trouble(fetcher, busy, "127.0.0.1") == "slow_down"
        with pytest.raises(Unreadable) as caught:
            fetcher.fetch(Wanted(url=other, hosts={"127.0.0.1"}), now=NOW)
    assert outlet.paths() == ["/a"]
    assert 590 <= int(str(caught.value.values["retry_after"])) <= 600


def test_a_name_server_that_hangs_does_not_outlast_the_deadline() -> None:
    stop = threading.Event()

    def hang(_: str) -> list[str]:
        stop.wait(5)
        return []

    started = time.monotonic()
    with Fetcher(Config(fetch_timeout_seconds=1), resolve=hang) as fetcher:
        assert trouble(fetcher, "http://bao.example/rss", "bao.example") in ("dns", "timeout")
    stop.set()
    assert time.monotonic() - started < 3


def test_a_backend_hands_on_each_address_once() -> None:
    backend = GuardedBackend(resolve=lambda _: ["8.8.8.8", "8.8.8.8", "2001:4860:4860::8888"])
    assert backend.check("bao.example") == ["8.8.8.8", "2001:4860:4860::8888"]
