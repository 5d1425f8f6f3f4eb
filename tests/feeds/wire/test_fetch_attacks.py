"""P2: the program asks only what it should. A canary listens on loopback; nothing may ever reach it."""

import itertools
import json
import os
import ssl
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from app.models.errors import Unreadable
from app.paths import ROOT
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.addresses import as_ip, is_public
from feeds.wire.fetch import Fetcher, Wanted
from feeds.wire.network import GuardedBackend
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import Handler, OutletServer, redirect, send, serving, zeros

FULL = os.environ.get("PROVE") == "1"
PUBLIC = "8.8.8.8"
MILLION = 1_000_000
TRUST = ssl.create_default_context()  # made once: it reads every authority of the system
# Ways in which a name server can say 127.0.0.1.
LOOPBACK = (
    "127.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::7f00:1",
    "0.0.0.0",
    "127.9.9.9",
)
# Each is asked for as the address of a source, and as the goal of a redirect.
SPELLINGS = (
    *(
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "127.0.0.1.",
        "localhost",
        "LOCALHOST.",
    ),
    *("127。0。0。1", "①②⑦.⓪.⓪.①", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[::7f00:1]", "[::]", "0.0.0.0", "0", "127.0.0.1.nip.example", "ip6-localhost", "a.localhost"),
    *("nguoi@127.0.0.1", "nhandan.vn@127.0.0.1", "127.0.0.1#@nhandan.vn", "127.0.0.1\\@nhandan.vn", "10.0.0.1"),
    *(
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "metadata.google.internal",
        "[fd00:ec2::254]",
        "[fe80::1%25eth0]",
    ),
)


@dataclass
class Canary(httpcore2.SyncBackend):
    """The wire of these tests: whatever is not public ends at the canary, 8.8.8.8 at a real outlet on loopback."""

    canary: int
    outlet: int
    reached: list[str] = field(default_factory=list)

    def connect_tcp(self, host: str, port: int, *args: Any, **more: Any) -> httpcore2.NetworkStream:
        ip = as_ip(host)
        inside = ip is None or not is_public(ip)
        if inside:
            self.reached.append(host)
        return super().connect_tcp("127.0.0.1", self.canary if inside else self.outlet, *args, **more)


@dataclass
class Trap:
    """The canary, the outlet that tries to lead there, and the wire between."""

    canary: OutletServer
    outlet: OutletServer
    wire: Canary

    def read(self, url: str, resolve: Callable[[str], list[str]], *hosts: str, private: bool = False) -> str:
        config = Config(fetch_private_networks=private, fetch_timeout_seconds=5)
        with Fetcher(config, resolve=resolve, wire=self.wire, tls=TRUST) as fetcher:
            try:
                fetcher.fetch(Wanted(url=url, hosts=AnyHost(hosts)), now=NOW)
            except Unreadable as trouble:
                return outcome_of(trouble)
        return "taken"


class AnyHost(frozenset[str]):
    """A list of registered hosts that holds everything: only the guard of addresses is left."""

    def __contains__(self, _: object) -> bool:
        return True


@pytest.fixture
def trap() -> Iterator[Trap]:
    with serving() as canary, serving() as outlet:
        canary.publish("/", b"secret")
        yield Trap(canary, outlet, Canary(canary.port, outlet.port))


def loopback(_: str) -> list[str]:
    return ["127.0.0.1"]


def test_no_spelling_of_this_machine_reaches_it(trap: Trap, material: Path) -> None:
    table: list[str] = json.loads((material / "hostile/ssrf/refuse.json").read_text("utf-8"))
    urls = [*table, *(f"{scheme}://{host}/" for scheme in ("http", "https") for host in SPELLINGS)]
    assert len(urls) >= 60
    assert {trap.read(url, loopback) for url in urls} <= {"refused"}
    assert not trap.wire.reached
    assert not trap.canary.asked


def test_no_redirect_reaches_this_machine(trap: Trap, material: Path) -> None:
    table: list[str] = json.loads((material / "hostile/ssrf/refuse.json").read_text("utf-8"))
    goals = [*table, *(f"http://{host}/" for host in SPELLINGS), "//127.0.0.1/", "http:127.0.0.1", "http:///127.0.0.1"]
    told = {_led_to(trap, number, goal) for number, goal in enumerate(goals)}
    assert told <= {"refused", "portal", "gone", "protocol"}  # "gone": a relative path on the outlet itself
    assert not trap.wire.reached
    assert not trap.canary.asked


def _led_to(trap: Trap, number: int, goal: str) -> str:
    safe = goal.encode("utf-8").decode("latin-1").replace("\r", "%0D").replace("\n", "%0A")
    trap.outlet.behave(f"/{number}", redirect(safe))

    def resolve(host: str) -> list[str]:
        return [PUBLIC] if host == "bao.example" else ["127.0.0.1"]

    return trap.read(f"http://bao.example/{number}", resolve)


def test_the_control_without_the_guard_reaches_the_canary(trap: Trap) -> None:
    assert trap.read("http://127.0.0.1/", loopback, private=True) == "taken"
    assert trap.read("http://bao.example/", loopback, private=True) == "taken"
    assert len(trap.canary.asked) == 2


@pytest.mark.proof
def test_a_name_that_changes_its_address_never_leads_inside(trap: Trap) -> None:
    """DNS rebinding: public when it is looked at, loopback later; each try in another way."""
    trap.outlet.behave("/again", _go_on_elsewhere)
    trap.outlet.publish("/end", b"<rss></rss>")
    told = [_rebind(trap, number) for number in range(1000 if FULL else 60)]
    assert set(told) <= {"refused", "taken"}
    assert told.count("refused") >= len(told) // 2
    assert len(trap.outlet.asked) >= len(told) // 4  # many a first step was well; the second led inside
    assert not trap.wire.reached
    assert not trap.canary.asked


def _rebind(trap: Trap, number: int) -> str:
    inside = LOOPBACK[number % len(LOOPBACK)]
    ways: tuple[Iterable[Sequence[str]], ...] = (
        itertools.chain([[PUBLIC]], itertools.repeat([inside])),  # public once, then loopback
        itertools.repeat([PUBLIC, inside]),  # both at once
        itertools.cycle([[PUBLIC], [inside]]),
        itertools.repeat([inside]),
    )
    answers = iter(ways[number // len(LOOPBACK) % len(ways)])
    return trap.read("http://bao.example/again", lambda _: list(next(answers)))


def _go_on_elsewhere(handler: Handler) -> None:
    """Closes the line, so that the next step needs a new look-up of the name."""
    redirect("http://www.bao.example/end", Connection="close")(handler)
    handler.close_connection = True


def test_the_control_that_looks_a_name_up_twice_is_led_inside(trap: Trap) -> None:
    class Naive(GuardedBackend):
        def check(self, host: str) -> list[str]:
            super().check(host)
            return self._resolve(host)

    answers = iter([[PUBLIC], ["127.0.0.1"]])
    backend = Naive(resolve=lambda _: next(answers), wire=trap.wire)
    with httpcore2.ConnectionPool(network_backend=backend) as pool:
        assert pool.request("GET", "http://bao.example/").content == b"secret"
    assert trap.wire.reached == ["127.0.0.1"]


BOMB = """
import resource, sys, time
from config import Config
from feeds.wire.fetch import Fetcher, Wanted
from tests.feeds.conftest import NOW
url, small = sys.argv[1:]
with Fetcher(Config(fetch_private_networks=True)) as fetcher:
    fetcher.fetch(Wanted(url=small, hosts={"127.0.0.1"}), now=NOW)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    try:
        fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
    except Exception as error:
        print(error)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, time.monotonic() - started)
"""


@pytest.mark.proof
@pytest.mark.parametrize("gzipped", [True, False], ids=["packed", "plain"])
def test_a_bomb_is_cut_before_it_grows(outlet: OutletServer, gzipped: bool) -> None:
    """At most 60 MB of growth and 10 s; the whole proof unpacks 1 GB."""
    megabytes = (1000 if gzipped else 300) if FULL else 100
    habit = (
        send(200, _pack(megabytes), Content_Encoding="gzip") if gzipped else zeros(megabytes * MILLION, gzipped=False)
    )
    bomb = outlet.behave("/bomb", habit)
    small = outlet.behave("/small", send(200, b"<rss></rss>"))
    done = subprocess.run(
        [sys.executable, "-c", BOMB, bomb, small], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    said, _, figures = done.stdout.strip().rpartition("\n")
    growth, seconds = map(float, figures.split())
    assert said == "The answer was larger than the limit; it was not read."
    assert growth <= 60
    assert seconds <= 10


def _pack(megabytes: int) -> bytes:
    """Zeros, packed bit by bit: the machine that makes the bomb shall not burst."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(b"\0" * MILLION) for _ in range(megabytes)), packer.flush()])


def test_an_answer_of_endless_headers_is_cut(outlet: OutletServer) -> None:
    def habit(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(20_000):
            handler.wfile.write(b"Set-Cookie: n%d=%s\r\n" % (number, b"x" * 100))

    url = outlet.behave("/x", habit)
    with Fetcher(Config(fetch_private_networks=True)) as fetcher, pytest.raises(Unreadable) as caught:
        fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
    assert outcome_of(caught.value) in ("protocol", "connection")
