"""The timer's jobs for pages: due when somebody waits, done once, and never in anybody's way."""

from pathlib import Path

import pytest

from app import jobs
from app.jobs import Works, run_due
from app.store import pages
from app.store.assets import Assets
from app.store.database import Database
from app.store.folder import Folder
from config import Config
from feeds.catalogue import Catalogue
from tests.people import AN, Clock
from tests.scenario import Desk


@pytest.fixture
def works(database: Database, clock: Clock, tmp_path: Path) -> Works:
    config = Config(data_dir=tmp_path / "var")
    folder = Folder(config=config, database=database, assets=Assets(tmp_path / "var" / "assets"))
    return Works(folder=folder, catalogue=Catalogue(outlets=()), clock=clock)


def test_a_page_somebody_waits_for_is_tried_once_and_what_came_of_it_is_noted(
    works: Works, desk: Desk, clock: Clock
) -> None:
    (job,) = (job for job in jobs.JOBS if job.name == "read_asked_pages")
    story = desk.receives("Cầu treo qua suối Rạt")
    assert not run_due(works, job)
    actor = desk.actor(AN)
    with desk.database.writing() as session:
        pages.ask(session, story, actor=actor, now=clock.now)
    assert run_due(works, job)
    assert not run_due(works, job)
    with desk.database.reading() as session:
        visit = pages.visit(session, story)
        assert visit
        assert (visit.outcome, visit.asked_at) == ("refused", None)  # an outlet on no list: nobody vouches for it
