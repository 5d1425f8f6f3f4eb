"""Thousands of new stories at once: whoever waits gets the text now and the groups later."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from app.models.event import Counter
from feeds.harvest import GROUPED, group_waiting
from feeds.intake import read_sources
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer

LATER = NOW + timedelta(minutes=30)


def grouped(desk: Desk) -> int:
    with desk.database.reading() as session:
        return session.scalars(select(Counter.value).where(Counter.name == "grouped")).one()


def test_groups_of_a_first_load_wait_for_the_desk_and_none_is_left_out(tmp_path: Path, outlet: OutletServer) -> None:
    desk = open_desk(tmp_path, listing(outlet, "bao"))
    many = [item(f"Tin số {n}", f"https://bao.example/{n}.html") for n in range(2 * GROUPED + 5)]
    outlet.publish("/bao.rss", feed(*many))
    report = read_sources(desk.database, desk.config, desk.catalogue, desk.assets, now=NOW, patience=0.0)
    assert (report.new, len(desk.stories()), grouped(desk)) == (len(many), len(many), GROUPED)
    read_sources(desk.database, desk.config, desk.catalogue, desk.assets, now=NOW, patience=0.0)
    assert grouped(desk) == GROUPED  # somebody waits, and nothing came
    desk.read(now=LATER)  # the timer's: nobody waits
    assert grouped(desk) == len(many)


def test_whoever_asks_for_groups_gets_all_of_them(tmp_path: Path, outlet: OutletServer) -> None:
    desk = open_desk(tmp_path, listing(outlet, "bao"))
    many = [item(f"Tin số {n}", f"https://bao.example/{n}.html") for n in range(2 * GROUPED + 5)]
    outlet.publish("/bao.rss", feed(*many))
    read_sources(desk.database, desk.config, desk.catalogue, desk.assets, now=NOW, patience=0.0)
    group_waiting(desk.database, desk.assets, now=LATER)
    assert grouped(desk) == len(many)
    group_waiting(desk.database, desk.assets, now=LATER)
    assert grouped(desk) == len(many)
