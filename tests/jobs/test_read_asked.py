"""A source somebody wants read at once is read at the next turn of the timer, once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app import jobs
from app.jobs import Works, run_due
from app.models.person import Role
from app.store import office, people, sources
from app.store.folder import Folder
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer, serving
from tests.people import AN, NOW, PASSPHRASE, Clock

JOB = next(job for job in jobs.JOBS if job.name == "read_asked")


@pytest.fixture
def outlet() -> Iterator[OutletServer]:
    with serving() as server:
        server.publish("/bao.rss", feed(item("Bà con Bù Đăng được mùa điều", "https://bao.example/tin-1234567.html")))
        yield server


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Desk:
    desk = open_desk(tmp_path / "var", listing(outlet, "bao", "khac"))
    with desk.database.writing() as session:
        house = office.load(session)
        people.add(
            session, name=AN, post="", role=Role.EDITOR, passphrase=PASSPHRASE, office=house.code, actor=None, now=NOW
        )
    return desk


@pytest.fixture
def works(desk: Desk, clock: Clock) -> Works:
    folder = Folder(config=desk.config, database=desk.database, assets=desk.assets)
    return Works(folder=folder, catalogue=desk.catalogue, clock=clock)


def ask(desk: Desk, clock: Clock, source: str = "bao-home") -> None:
    """Chị Hoài An presses the button."""
    now = clock.tick(seconds=5)
    with desk.database.reading() as session:
        an = people.acting(people.by_name(session, AN), "web")
    with desk.database.writing() as session:
        sources.ask(session, source, actor=an, now=now)


def test_it_is_read_once_and_no_other_source_with_it(
    desk: Desk, works: Works, clock: Clock, outlet: OutletServer
) -> None:
    assert not run_due(works, JOB)
    ask(desk, clock)
    assert run_due(works, JOB)
    assert not run_due(works, JOB)
    assert outlet.paths() == ["/bao.rss"]
    assert [story.title for story in desk.stories()] == ["Bà con Bù Đăng được mùa điều"]
    ask(desk, clock)
    assert run_due(works, JOB)
    assert len(outlet.asked) == 2


def test_a_source_that_is_off_or_must_wait_is_read_all_the_same(
    desk: Desk, works: Works, clock: Clock, outlet: OutletServer
) -> None:
    with desk.database.writing() as session:
        source = sources.get(session, "bao-home")
        source.enabled, source.next_try_at = False, clock.now + timedelta(days=1)
    ask(desk, clock)
    assert run_due(works, JOB)
    assert outlet.paths() == ["/bao.rss"]


def test_a_source_that_left_the_catalogue_is_not_waited_for_for_ever(desk: Desk, works: Works, clock: Clock) -> None:
    ask(desk, clock)
    gone = Works(folder=works.folder, catalogue=type(works.catalogue)(outlets=()), clock=clock)
    assert run_due(gone, JOB)
    assert not run_due(gone, JOB)
