"""A door the office added is read like any other; it wears a badge only on an outlet's exact host."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.policy import Actor
from app.models.errors import Refused
from app.models.outlet import Outlet, Source
from app.models.person import Role
from app.store import office, people
from feeds.sources.opml import read_opml
from feeds.sources.own import add_source, write_list
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, open_desk
from tests.feeds.outlet_server import OutletServer

LISTED = '[[outlet]]\nid = "sm"\nname = "Báo Sao Mai"\nsite = "https://saomai.vn"\n'
HEADLINES = "".join(
    f'<article><h3><a href="/lang-{n}-12345{n}.html">Bà con làng Bù Rên làm đường số {n}</a></h3></article>'
    for n in range(3)
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "var", LISTED)
    yield desk
    desk.database.close()


def an(desk: Desk) -> Actor:
    with desk.database.writing() as session:
        person = people.add(
            session,
            name="Hoài An",
            post="Biên tập viên",
            role=Role.EDITOR,
            passphrase="bốn từ thật dễ nhớ",
            office=office.load(session).code,
            actor=None,
            now=NOW,
        )
        return people.acting(person, "web")


def added(desk: Desk, actor: Actor, url: str, *, kind: str = "feed", name: str = "Tin", site: str = "Làng") -> Source:
    with desk.database.writing() as session:
        return add_source(
            session, desk.catalogue, url=url, name=name, site_name=site, kind=kind, private=True, actor=actor, now=NOW
        )


def test_an_own_feed_and_an_own_page_of_headlines_are_read(desk: Desk, outlet: OutletServer) -> None:
    actor = an(desk)
    outlet.publish("/rss", feed(item("Cầu mới qua suối Rạt", outlet.url("/cau-1234567.html"))))
    outlet.publish("/tin", f"<title>Làng</title>{HEADLINES}".encode(), "text/html; charset=utf-8")
    added(desk, actor, outlet.url("/rss"))
    added(desk, actor, outlet.url("/tin"), kind="section", name="Chuyên mục")
    assert {report.outcome for report in desk.read().sources} == {"ok"}
    assert len(desk.stories()) == 4
    with desk.database.reading() as session:
        assert not any(session.get_one(Outlet, story.outlet_id).official for story in desk.stories())
    outlet.publish("/tin", b"<title>Lang</title><p>...</p>", "text/html; charset=utf-8")
    assert "section_empty" in {report.outcome for report in desk.read().sources}


def test_only_the_exact_host_of_an_outlet_gives_its_badge(desk: Desk) -> None:
    actor = an(desk)
    assert added(desk, actor, "https://saomai.vn/rss").outlet_id == "sm"
    other = added(desk, actor, "https://tin.example/rss", site="Tin nhanh BÁO SAO MAI")
    with desk.database.reading() as session:
        site = session.get_one(Outlet, other.outlet_id)
        assert (site.name, site.official, site.hosts) == (
            "tin.example",
            False,
            ["tin.example", "www.tin.example"],
        )
    for fake in ("https://saomai.com/rss", "https://sao-mai.vn/rss", "https://saomai.vn.tin24.com/rss"):
        with pytest.raises(Refused):
            added(desk, actor, fake)


def test_the_list_that_goes_out_holds_what_the_office_added(desk: Desk) -> None:
    added(desk, an(desk), "https://tin.example/rss", name="Tin & bài", site="Trang làng")
    with desk.database.reading() as session:
        (one,) = read_opml(write_list(session, now=NOW))
    assert (one.url, one.name, one.folder) == ("https://tin.example/rss", "Tin & bài", "Trang làng")
