"""The timer on a clock that the test moves: every slot once, what was missed once, and never a signature."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import jobs
from app.jobs import Job, Works, run_due
from app.models.errors import Refused
from app.models.event import Run
from app.models.issue import IssueStage, Signature
from app.store import issues, runs
from app.store.assets import Assets
from app.store.database import Database
from app.store.folder import Folder
from config import Config
from feeds.catalogue import Catalogue
from tests.people import Clock
from tests.scenario import Desk

FINDINGS = "%(count)d findings must be mended or justified first: %(kinds)s."


@pytest.fixture
def works(database: Database, clock: Clock, tmp_path: Path) -> Works:
    """An office without sources that is printed every Friday."""
    config = Config(data_dir=tmp_path / "var", periodicity="week")
    folder = Folder(config=config, database=database, assets=Assets(tmp_path / "var" / "assets"))
    return Works(folder=folder, catalogue=Catalogue(outlets=()), clock=clock)


def all_runs(works: Works) -> list[Run]:
    with works.folder.database.reading() as session:
        return list(session.scalars(select(Run).order_by(Run.started_at)))


def turn(works: Works) -> list[str]:
    """Asks every job once, as the scheduler does; the names of those that ran."""
    return [job.name for job in jobs.JOBS if run_due(works, job)]


def test_a_month_without_anybody(works: Works, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    while clock.now < datetime(2026, 12, 1, 0, 0, tzinfo=UTC):
        turn(works)
        clock.tick(hours=4)

    ran = all_runs(works)
    assert all(run.ended_at for run in ran)
    assert not [run for run in ran if run.outcome == "failed"]
    by_job = Counter(run.job for run in ran)
    assert (by_job["open_issue"], by_job["propose"]) == (30, 30)  # 07:00 in Viet Nam is past the morning's hour
    assert by_job["back_up"] == 31  # the noon before the first turn was missed, and caught up once
    assert max(Counter((run.job, run.slot) for run in ran).values()) == 1
    with works.folder.database.reading() as session:
        (issue,) = issues.listing(session)  # an unsigned number is open, so no second one is opened
        assert (issue.number, issue.issue_date.isoformat(), issue.stage) == (1, "2026-11-06", IssueStage.DRAFT)
        assert not session.scalars(select(Signature)).all()
    proofs = [run for run in ran if run.job == "render_proofs"]
    assert len(proofs) == 26  # from the deadline of Friday's number, 5 November at 16:00, once a day: nothing to print
    assert {run.detail.get("trouble") for run in proofs} == {FINDINGS}
    kept = list((works.folder.backups / "hang-ngay").glob("bantin-*.sqlite"))
    assert len(kept) == jobs.KEPT_BACKUPS


def test_three_days_switched_off_are_caught_up_once(works: Works, clock: Clock) -> None:
    assert "back_up" in turn(works)
    clock.tick(days=3)
    assert "back_up" in turn(works)
    assert "back_up" not in turn(works)
    assert len([run for run in all_runs(works) if run.job == "back_up"]) == 2


def test_a_clock_that_jumped_back_stops_the_timer_and_a_right_one_starts_it(works: Works, clock: Clock) -> None:
    turn(works)
    clock.tick(days=-1000)
    assert turn(works) == []
    clock.tick(days=1001)
    assert "back_up" in turn(works)


def test_a_job_that_fails_is_noted_and_the_next_slot_runs(works: Works, clock: Clock) -> None:
    def refuses(_works: Works, _now: datetime) -> dict[str, Any]:
        raise Refused("A person needs a name.")

    def breaks(_works: Works, _now: datetime) -> dict[str, Any]:
        raise ZeroDivisionError

    for name, work, outcome in (("refuses", refuses, "trouble"), ("breaks", breaks, "failed")):
        job = Job(name, lambda _works, now: f"{now:%H:%M}", work)
        assert run_due(works, job)
        assert not run_due(works, job)
        clock.tick()
        assert run_due(works, job)
        assert {run.outcome for run in all_runs(works) if run.job == name} == {outcome}


def test_a_slot_that_was_killed_runs_again_after_the_start(works: Works, clock: Clock) -> None:
    job = Job("once", lambda _works, _now: "the-slot", lambda _works, _now: {})
    with works.folder.database.writing() as session:
        runs.claim(session, "once", "the-slot", now=clock.now)  # and then the program was killed
    assert not run_due(works, job)
    with works.folder.database.writing() as session:
        runs.forget_unfinished(session)
    assert run_due(works, job)


def test_the_timer_proposes_what_is_approved_and_places_nothing(works: Works, desk: Desk, clock: Clock) -> None:
    article = desk.has_approved()
    clock.tick(days=1)
    turn(works)
    (proposed,) = [run for run in all_runs(works) if run.job == "propose"]
    assert proposed.detail["articles"] == [article]
    with works.folder.database.reading() as session:
        issue = issues.open_issue(session)
        assert issue is not None
    assert desk.order(issue.id) == []
    assert clock.now - proposed.started_at < timedelta(minutes=1)
