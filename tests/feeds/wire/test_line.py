"""Whole readings over a line that is metered, behind a sign-in page, or wants a cookie: what the desk then holds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.health import shares
from app.store import traffic
from feeds.wire.budget import day_of
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import Handler, OutletServer, redirect, send
from tests.feeds.wire.test_strangers import SIGN_IN

NAMES = ("dat-do", "rung-xanh", "song-be")


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Desk:
    for name in NAMES:
        news = item(f"Bà con {name} được mùa điều", outlet.url(f"/{name}-tin-1234567.html"))
        outlet.publish(f"/{name}.rss", feed(news))
    return open_desk(tmp_path / "var", listing(outlet, *NAMES))


def outcomes(desk: Desk) -> set[str | None]:
    return {desk.source(f"{name}-home").outcome for name in NAMES}


def test_a_network_that_wants_a_sign_in_is_told_once_and_costs_nothing(desk: Desk, outlet: OutletServer) -> None:
    for name in NAMES:
        outlet.behave(f"/{name}.rss", send(200, SIGN_IN, Content_Type="text/html"))
    report = desk.read()
    assert {source.outcome for source in report.sources} == {"portal"}
    assert shares([outcome for outcome in outcomes(desk) if outcome]) == "portal"
    outlet.habits.clear()  # somebody signed in: nobody waits, all is there
    assert desk.read(now=NOW + timedelta(minutes=30), due_only=True).new == 3


def test_a_spent_day_waits_and_goes_on_by_itself_tomorrow(desk: Desk, outlet: OutletServer) -> None:
    metered = Desk(replace(desk.config, fetch_daily_megabytes=1), desk.database, desk.assets, desk.catalogue)
    with desk.database.writing() as session:
        traffic.add(session, day_of(NOW), 1_000_000)
    assert {source.outcome for source in metered.read().sources} == {"budget"}
    assert outlet.asked == []
    assert {desk.source(f"{name}-home").failures for name in NAMES} == {0}
    assert metered.read(now=NOW + timedelta(days=1), due_only=True).new == 3


def test_a_reading_adds_its_bytes_to_the_day(desk: Desk, outlet: OutletServer) -> None:
    desk.read()
    with desk.database.reading() as session:
        first = traffic.received(session, day_of(NOW))
    assert 3 * 300 < first < 6_000
    desk.read(now=NOW + timedelta(minutes=30))
    with desk.database.reading() as session:
        again = traffic.received(session, day_of(NOW)) - first
    assert 0 < again < first  # “not modified” is short


def test_the_cookie_of_a_source_lives_between_two_readings(tmp_path: Path, outlet: OutletServer) -> None:
    def army(handler: Handler) -> None:
        news = feed(item("Bộ đội giúp bà con gặt lúa", outlet.url("/tin-7654321.html")))
        has_key = "key=42" in handler.headers.get("Cookie", "")
        (send(200, news, Content_Type="application/rss+xml") if has_key else redirect("/qdnd.rss"))(handler)

    outlet.behave("/qdnd.rss", army)
    outlet.behave("/rss", redirect("/rss", Set_Cookie="key=42; Path=/"))
    desk = open_desk(tmp_path / "var", listing(outlet, "qdnd", more=f'visit_first = "{outlet.url("/rss")}"'))
    assert desk.read().new == 1
    assert outlet.paths() == ["/rss", "/qdnd.rss"]
    outlet.asked.clear()
    desk.read(now=NOW + timedelta(minutes=30))
    assert outlet.paths() == ["/qdnd.rss"]
