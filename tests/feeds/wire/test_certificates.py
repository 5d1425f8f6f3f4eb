"""Real TLS on loopback: a good certificate is read, every other one is named by what is wrong."""

import socket
import threading
import time
from datetime import datetime, timedelta

import pytest
import trustme

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.certificates import NOT_YET, OVER, RELEASED, Witness, name_dates
from feeds.wire.fetch import Fetched, Fetcher, Wanted
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import OutletServer, send
from tests.feeds.tls_server import HOST, Authority

FEED = b"<rss><channel><item><title>Tin</title></item></channel></rss>"
DATE = "%a, %d %b %Y %H:%M:%S GMT"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority(trustme.CA())


def open_fetcher(authority: Authority, *, seconds: int = 5) -> Fetcher:
    config = Config(fetch_private_networks=True, fetch_timeout_seconds=seconds)
    return Fetcher(config, resolve=lambda _: ["127.0.0.1"], tls=authority.trust)


def read(fetcher: Fetcher, port: int, *, now: datetime = NOW, scheme: str = "https") -> Fetched:
    url = f"{scheme}://{HOST}:{port}/rss"
    return fetcher.fetch(Wanted(url=url, hosts={HOST}), now=now)


def trouble(fetcher: Fetcher, port: int, *, now: datetime = NOW) -> str:
    with pytest.raises(Unreadable) as caught:
        read(fetcher, port, now=now)
    return outcome_of(caught.value)


def test_a_good_certificate_is_read(authority: Authority) -> None:
    """The control."""
    with authority.serving() as outlet, open_fetcher(authority) as fetcher:
        outlet.publish("/rss", FEED)
        assert read(fetcher, outlet.port).body == FEED
        assert outlet.asked[0][1]["host"] == f"{HOST}:{outlet.port}"


@pytest.mark.parametrize(
    ("name", "dates", "own", "outcome"),
    [
        (HOST, "over", False, "expired"),
        (HOST, "not yet", False, "clock"),
        ("khac.example", "good", False, "tls"),
        (HOST, "good", True, "tls"),
        ("portal.hotspot.example", "good", False, "portal"),
        ("login.wifi-khach-san.example", "good", True, "portal"),
    ],
)
def test_a_certificate_is_named_by_what_is_wrong(
    authority: Authority, name: str, dates: str, own: bool, outcome: str
) -> None:
    with authority.serving(name, dates=dates, own=own) as outlet, open_fetcher(authority) as fetcher:
        outlet.publish("/rss", FEED)
        assert trouble(fetcher, outlet.port) == outcome
        assert outlet.asked == []  # nothing is sent to whom we do not trust


def test_dates_of_other_outlets_tell_whose_clock_is_wrong(authority: Authority, outlet: OutletServer) -> None:
    """A certificate that is over: here the other outlets agree with our clock, there they say we are years ahead."""
    for said, outcome in ((NOW, "expired"), (NOW - timedelta(days=2400), "clock")):
        outlet.behave("/rss", send(200, FEED, Date=said.strftime(DATE)))
        with authority.serving(dates="over") as over, open_fetcher(authority) as fetcher:
            read(fetcher, outlet.port, scheme="http")
            assert trouble(fetcher, over.port) == outcome


def test_a_clock_before_this_program_was_made_or_far_after_is_wrong(authority: Authority) -> None:
    with authority.serving(dates="over") as outlet, open_fetcher(authority) as fetcher:
        for now in (RELEASED - timedelta(days=400), RELEASED + timedelta(days=4000)):
            assert trouble(fetcher, outlet.port, now=now) == "clock"


def test_one_outlet_with_a_wrong_clock_is_outvoted() -> None:
    witness = Witness()
    assert witness.is_clock_wrong(NOW) is None
    for days in (0, 0, 3000):
        witness.hear((NOW + timedelta(days=days)).strftime(DATE), NOW)
    witness.hear("no date at all", NOW)
    assert witness.is_clock_wrong(NOW) is False
    assert name_dates(OVER, witness, NOW) == name_dates(NOT_YET, witness, NOW) == "expired"


def test_a_handshake_that_trickles_is_left_at_the_deadline(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, open_fetcher(authority, seconds=1) as fetcher:
        thread = threading.Thread(target=_drip, args=(listener,), daemon=True)
        thread.start()
        started = time.monotonic()
        assert trouble(fetcher, listener.getsockname()[1]) == "timeout"
        assert time.monotonic() - started < 2.5
        thread.join(5)


def _drip(listener: socket.socket) -> None:
    """The start of a TLS record, one byte at a time."""
    client, _ = listener.accept()
    with client:
        client.sendall(b"\x16\x03\x03\x40\x00\x02")
        for _ in range(30):
            try:
                client.sendall(b"\x00")
            except OSError:
                return
            time.sleep(0.1)


def test_an_outlet_that_is_gone_at_the_second_look_is_only_not_right(authority: Authority) -> None:
    """The certificate was refused; when its holder cannot be looked at again, nothing is guessed."""
    answers = iter([["127.0.0.1"], []])
    config = Config(fetch_private_networks=True, fetch_timeout_seconds=5)
    with (
        authority.serving("portal.hotspot.example") as outlet,
        Fetcher(config, resolve=lambda _: next(answers), tls=authority.trust) as fetcher,
    ):
        assert trouble(fetcher, outlet.port) == "tls"
