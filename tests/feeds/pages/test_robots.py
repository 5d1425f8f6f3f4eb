"""robots.txt (RFC 9309): what it forbids is not read, what cannot be known is left alone; it is asked once a day."""

from datetime import timedelta
from pathlib import Path

import pytest

from feeds.pages.robot_rules import MOST, may_read
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import OutletServer, send
from tests.feeds.page_desk import LATER, Reader, open_reader


@pytest.fixture
def reader(outlet: OutletServer, tmp_path: Path) -> Reader:
    return open_reader(outlet, tmp_path / "var")


def test_a_page_that_is_forbidden_to_programs_is_not_asked(reader: Reader) -> None:
    reader.outlet.publish("/robots.txt", b"User-agent: *\nDisallow: /cau", "text/plain")
    assert reader.read().outcome == "robots"
    assert "/cau.html" not in reader.outlet.paths()


@pytest.mark.parametrize(
    "rules",
    [
        b"User-agent: *\nDisallow: /quan-tri",
        b"User-agent: *\nDisallow: /\n\nUser-agent: bantin\nAllow: /",
        b"<html>not at all</html>",
        b"",
        b"\xff\xfe\x00broken",
    ],
)
def test_other_rules_let_it_through(reader: Reader, rules: bytes) -> None:
    reader.outlet.publish("/robots.txt", rules, "text/plain")
    assert reader.read().outcome == "ok"


def test_they_are_asked_once_a_day(reader: Reader) -> None:
    reader.outlet.publish("/robots.txt", b"User-agent: *\nAllow: /", "text/plain")
    for hours in (0, 5, 23):
        reader.read(now=NOW + timedelta(hours=hours))
    assert reader.outlet.paths().count("/robots.txt") == 1
    reader.read(now=NOW + timedelta(hours=25))
    assert reader.outlet.paths().count("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_lets_everybody_in(reader: Reader, status: int) -> None:
    reader.outlet.behave("/robots.txt", send(status))
    assert reader.read().outcome == "ok"


def test_while_they_cannot_be_known_the_page_is_left_alone(reader: Reader) -> None:
    reader.outlet.behave("/robots.txt", send(503))
    assert reader.read().outcome == "robots_away"
    assert "/cau.html" not in reader.outlet.paths()
    del reader.outlet.habits["/robots.txt"]
    assert reader.read(now=LATER).outcome == "ok"


def test_what_was_kept_counts_on_while_the_site_is_away(reader: Reader) -> None:
    reader.outlet.publish("/robots.txt", b"User-agent: *\nDisallow: /cau", "text/plain")
    reader.read()
    reader.outlet.behave("/robots.txt", send(500))
    assert reader.read(now=NOW + timedelta(days=3)).outcome == "robots"
    assert reader.read(now=NOW + timedelta(days=40)).outcome == "robots_away"


def test_rules_beyond_half_a_megabyte_are_not_looked_at() -> None:
    rules = b"User-agent: *\nDisallow: /a\n" + b"#" * MOST + b"\nDisallow: /b\n"
    assert not may_read(rules, "https://bao.example.vn/a.html")
    assert may_read(rules, "https://bao.example.vn/b.html")


def test_patterns_made_to_take_long_do_not() -> None:
    rules = b"User-agent: *\n" + b"".join(b"Disallow: /" + b"*a" * 40 + b"$\n" for _ in range(50))
    assert may_read(rules, "https://bao.example.vn/" + "a" * 2_000 + "!")
