"""Which sources are read: the catalogue's, with what the office set over it, and those the office added itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import outlet as rows
from feeds.catalogue import Quirks
from feeds.doors import Door, doors, merge
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    opened = open_desk(tmp_path, listing(outlet, "bao"))
    yield opened
    opened.database.close()


def found(desk: Desk) -> dict[str, Door]:
    with desk.database.reading() as session:
        wanted = doors(session, desk.catalogue, now=NOW, only=None, due_only=False)
        return {door.source.id: door for door in wanted}


def add(desk: Desk, outlet: OutletServer, *, hosts: list[str], official: bool = False, kind: str = "feed") -> None:
    """What anh Bảo Khánh added: the site of his district."""
    with desk.database.writing() as session:
        site = outlet.url("/")
        session.add(rows.Outlet(id="huyen", name="Huyện", credit="Huyện", site=site, hosts=hosts, official=official))
        session.flush()
        session.add(
            rows.Source(
                id="huyen-tin",
                outlet_id="huyen",
                name="Tin",
                url=outlet.url("/huyen.rss"),
                grade="A",
                enabled=True,
                kind=kind,
                own=True,
                quirks={"identity": "guid", "summary_prefix": ["HUYEN"], "unknown": 1},
            )
        )


def test_what_the_office_set_goes_over_the_catalogue(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.get_one(rows.Source, "bao-home").quirks = {"identity": "title", "strip": ["<div class='x'"]}
    quirks = found(desk)["bao-home"].source.quirks
    assert (quirks.identity, quirks.strip, quirks.letters) == ("title", ("<div class='x'",), "")


def test_nothing_set_and_strange_keys_change_nothing() -> None:
    assert merge(Quirks(letters="vni"), None) == Quirks(letters="vni")
    assert merge(Quirks(), {"colour": "red"}) == Quirks()


def test_a_site_the_office_added_is_read_without_a_badge(desk: Desk, outlet: OutletServer) -> None:
    add(desk, outlet, hosts=["127.0.0.1"])
    outlet.publish("/huyen.rss", feed(item("Tin", "https://huyen.example/1.html", summary="HUYEN - Mưa to.")))
    assert not found(desk)["huyen-tin"].outlet.official
    report = desk.read(only=["huyen-tin"])
    assert report.new == 1
    assert desk.stories()[0].summary == "Mưa to."


def test_a_site_the_office_added_is_asked_on_its_own_hosts_alone(desk: Desk, outlet: OutletServer) -> None:
    add(desk, outlet, hosts=["huyen.example"])
    outlet.publish("/huyen.rss", feed(item("Tin", "https://huyen.example/1.html")))
    assert desk.read(only=["huyen-tin"]).sources[0].outcome == "refused"
    assert outlet.asked == []


def test_nobody_vouches_for_an_official_outlet_that_left_the_list(desk: Desk, outlet: OutletServer) -> None:
    add(desk, outlet, hosts=["127.0.0.1"], official=True)
    assert list(found(desk)) == ["bao-home"]


def test_what_people_bring_is_never_fetched(desk: Desk, outlet: OutletServer) -> None:
    add(desk, outlet, hosts=["127.0.0.1"], kind="hand")
    assert list(found(desk)) == ["bao-home"]


def test_a_page_of_headlines_is_asked_for_as_a_page(desk: Desk, outlet: OutletServer) -> None:
    add(desk, outlet, hosts=["127.0.0.1"], kind="section")
    door = found(desk)["huyen-tin"]
    assert door.is_section
    assert (door.wanted.kind, door.wanted.accept.partition(",")[0]) == ("page", "text/html")
