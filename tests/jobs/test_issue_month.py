"""The timer and the people through one number: the deadline, the signature, the shelf, the next number."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import jobs
from app.jobs import Works, run_due
from app.models.issue import IssueStage
from app.models.parcel import ParcelState
from app.store import issues, parcels
from feeds.catalogue import Catalogue
from tests.outbox.sample_issue import Made, compose
from tests.people import Clock


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample issue of Wednesday 25 November, composed two days before."""
    return compose(tmp_path_factory.mktemp("composed") / "var")


def pass_time(works: Works, clock: Clock, *, until: datetime, step: timedelta = timedelta(hours=1)) -> list[str]:
    """Asks every job once an hour, as the scheduler does more often; the names of those that did something."""
    ran: list[str] = []
    while clock.now < until:
        clock.now += step
        ran += [job.name for job in jobs.JOBS if run_due(works, job)]
    return ran


def stage_of(works: Works, made: Made) -> IssueStage:
    with works.folder.database.reading() as session:
        return issues.get(session, made.issue.id).stage


def test_from_the_deadline_to_the_shelf_and_the_next_number(composed: Made, tmp_path: Path) -> None:
    clock = Clock()
    clock.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    with composed.copy(tmp_path / "var") as desk:
        works = Works(folder=desk.folder, catalogue=Catalogue(outlets=()), clock=lambda: clock.now)

        pass_time(works, clock, until=datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
        assert stage_of(works, composed) == IssueStage.DRAFT  # 15:00 in Viet Nam: copy is still open

        assert "render_proofs" in pass_time(works, clock, until=datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
        with desk.folder.database.reading() as session:
            sealed = issues.latest_seal(session, composed.issue.id)
            assert sealed is not None
            assert (sealed.sealed_by, len(issues.proofs(session, sealed.id))) == (None, 18)

        pass_time(works, clock, until=datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
        assert stage_of(works, composed) == IssueStage.SEALED  # it never signs

        desk.sign(composed.issue, sealed)
        assert "make_parcels" in pass_time(works, clock, until=datetime(2026, 11, 25, 4, 0, tzinfo=UTC))
        assert stage_of(works, composed) == IssueStage.RELEASED

        pass_time(works, clock, until=datetime(2026, 11, 26, 0, 0, tzinfo=UTC))
        with desk.folder.database.reading() as session:
            assert {parcel.state for parcel in parcels.listing(session)} == {ParcelState.MADE}
            following = issues.open_issue(session)
        assert following is not None
        assert (following.number, following.issue_date.isoformat()) == (12, "2026-12-04")
