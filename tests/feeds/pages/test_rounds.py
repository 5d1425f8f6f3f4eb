"""The timer's rounds: pages somebody waits for at once, then a few suggested ones, never many of a host."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.desk.policy import Actor
from app.models.person import Role
from app.store import pages, stories, traffic
from app.store.folder import Folder
from feeds.pages import rounds as page_rounds
from feeds.pages.visits import PER_HOST
from feeds.wire.budget import day_of
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer

AN = Actor(person_id=None, name="Hoài An", role=Role.EDITOR, office="x", via="web")
TEXT = "Cây cầu treo dài 96 m qua suối Rạt vừa thông xe sau tám tháng thi công. Bà con rất mừng."


@pytest.fixture
def desk(outlet: OutletServer, tmp_path: Path) -> Desk:
    """Five stories of one outlet, all with nine points."""
    items = [item(f"Tin số {n} về cầu treo", outlet.url(f"/{n}.html")) for n in range(5)]
    outlet.publish("/bao.rss", feed(*items))
    for n in range(5):
        page = f"<html><body><main><h1>Tin {n}</h1><p>{TEXT} {n}</p></main></body></html>"
        outlet.publish(f"/{n}.html", page.encode(), "text/html; charset=utf-8")
    desk = open_desk(tmp_path / "var", listing(outlet, "bao"))
    desk.read()
    with desk.database.writing() as session:
        for story in desk.stories():
            stories.get(session, story.id).score = 9
    return desk


def folder(desk: Desk, *, most: int = 6) -> Folder:
    config = replace(desk.config, fetch_pages_each_reading=most)
    return Folder(config=config, database=desk.database, assets=desk.assets)


def test_a_round_reads_a_few_pages_of_a_host_and_the_next_one_goes_on(desk: Desk, outlet: OutletServer) -> None:
    office = folder(desk)
    assert page_rounds.suggested_slot(office, NOW)
    assert page_rounds.read_suggested(office, desk.catalogue, NOW) == {"pages": PER_HOST, "new": PER_HOST}
    assert page_rounds.read_suggested(office, desk.catalogue, NOW) == {"pages": 2, "new": 2}
    assert page_rounds.suggested_slot(office, NOW) is None
    assert sorted(path for path in outlet.paths() if path.endswith(".html")) == [f"/{n}.html" for n in range(5)]
    assert outlet.most_busy <= 2


def test_an_office_may_switch_it_off(desk: Desk) -> None:
    assert page_rounds.suggested_slot(folder(desk, most=0), NOW) is None


def test_what_somebody_waits_for_is_due_at_once_and_then_done(desk: Desk, outlet: OutletServer) -> None:
    office, story = folder(desk, most=0), desk.stories()[3]
    assert page_rounds.asked_slot(office, NOW) is None
    with desk.database.writing() as session:
        pages.ask(session, story.id, actor=AN, now=NOW)
    assert page_rounds.asked_slot(office, NOW)
    assert page_rounds.read_asked(office, desk.catalogue, NOW) == {"pages": 1, "new": 1}
    assert page_rounds.asked_slot(office, NOW) is None
    assert [outlet.url(path) for path in outlet.paths() if path.endswith(".html")] == [story.url]


def test_a_day_whose_bytes_are_spent_waits_for_tomorrow(desk: Desk, outlet: OutletServer) -> None:
    office = folder(desk)
    spent = replace(office.config, fetch_daily_megabytes=1)
    with desk.database.writing() as session:
        pages.ask(session, desk.stories()[0].id, actor=AN, now=NOW)
    from_today(desk, 900_000)
    page_rounds.read_asked(Folder(config=spent, database=desk.database, assets=desk.assets), desk.catalogue, NOW)
    with desk.database.reading() as session:
        visit = pages.visit(session, desk.stories()[0].id)
        assert visit
        assert visit.outcome == "budget"
    assert not [path for path in outlet.paths() if path.endswith(".html")]


def from_today(desk: Desk, size: int) -> None:
    with desk.database.writing() as session:
        traffic.add(session, day_of(NOW), size)
