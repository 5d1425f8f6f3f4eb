"""The bytes of one day on a line paid by volume: pictures wait first, then pages, then feeds, until tomorrow."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.models.errors import Unreadable
from app.models.outlet import Traffic
from app.store import traffic
from config import Config
from feeds.outcomes import outcome_of
from feeds.wire.budget import Budget, Kind, day_of
from feeds.wire.fetch import Fetcher, Wanted
from feeds.wire.line import open_line
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, listing, open_desk
from tests.feeds.outlet_server import OutletServer

FEED = b"<rss><channel><item><title>Tin</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("spent", "may"),
    [
        (0, {"feed", "page", "picture"}),
        (59, {"feed", "page", "picture"}),
        (60, {"feed", "page"}),
        (80, {"feed"}),
        (99, {"feed"}),
        (100, set()),
        (500, set()),
    ],
)
def test_text_comes_before_pictures_and_the_last_fifth_is_for_feeds(spent: int, may: set[Kind]) -> None:
    budget = Budget(limit=100, spent=spent)
    kinds: tuple[Kind, ...] = ("feed", "page", "picture")
    assert {kind for kind in kinds if budget.may_fetch(kind)} == may


def test_without_a_limit_everything_may_come() -> None:
    assert Budget(limit=0, spent=10**12).may_fetch("picture")


def test_what_came_in_this_reading_counts_at_once(outlet: OutletServer) -> None:
    url = outlet.publish("/rss", FEED)
    with Fetcher(Config(fetch_private_networks=True), budget=Budget(limit=400)) as fetcher:
        fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
        fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
        with pytest.raises(Unreadable) as caught:
            fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
    assert outcome_of(caught.value) == "budget"
    assert len(outlet.asked) == 2


def test_the_day_is_viet_nams() -> None:
    assert day_of(NOW.replace(hour=16, minute=59)) == "2026-11-23"
    assert day_of(NOW.replace(hour=17)) == "2026-11-24"


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Desk:
    return open_desk(tmp_path / "var", listing(outlet, "bao"))


def ask(desk: Desk, url: str, config: Config, *, days: int = 0) -> str:
    now = NOW + timedelta(days=days)
    with open_line(desk.database, config, now=now) as fetcher:
        try:
            fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=now)
        except Unreadable as trouble:
            return outcome_of(trouble)
    return "taken"


def test_a_reading_leaves_one_row_of_the_day_and_none_for_nothing(desk: Desk, outlet: OutletServer) -> None:
    url = outlet.publish("/rss", FEED)
    with open_line(desk.database, desk.config, now=NOW):
        pass
    with desk.database.reading() as session:
        assert session.scalars(select(Traffic)).all() == []
    assert [ask(desk, url, desk.config) for _ in range(3)] == ["taken"] * 3
    with desk.database.reading() as session:
        [row] = session.scalars(select(Traffic))
    assert row.day == "2026-11-23"
    assert 500 < row.bytes < 2_000
    assert outlet.asked[0][1]["user-agent"] == "bantin/0.1 (Ban Dan toc tinh Thu)"


def test_what_is_spent_today_is_not_asked_for_and_goes_on_tomorrow(desk: Desk, outlet: OutletServer) -> None:
    url = outlet.publish("/rss", FEED)
    metered = replace(desk.config, fetch_daily_megabytes=1)
    with desk.database.writing() as session:
        traffic.add(session, day_of(NOW), 1_000_001)
    assert ask(desk, url, metered) == "budget"
    assert outlet.asked == []
    assert ask(desk, url, metered, days=1) == "taken"


def test_bytes_are_written_down_also_when_the_reading_falls_over(desk: Desk, outlet: OutletServer) -> None:
    url = outlet.publish("/rss", FEED)

    def falls_over() -> None:
        with open_line(desk.database, desk.config, now=NOW) as fetcher:
            fetcher.fetch(Wanted(url=url, hosts={"127.0.0.1"}), now=NOW)
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        falls_over()
    with desk.database.reading() as session:
        assert traffic.received(session, day_of(NOW)) > 200
