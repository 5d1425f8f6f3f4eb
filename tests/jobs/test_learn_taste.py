"""Every morning the timer learns from the desk's picks, and what is kept between readings stays right."""

from datetime import timedelta
from pathlib import Path

from app.jobs import JOBS, Works, run_due
from app.models.story import Triage
from app.store import runs, stories, topics
from app.store.assets import Assets
from app.store.folder import Folder
from config import Config
from feeds.catalogue import Catalogue
from tests.people import AN, Clock
from tests.scenario import Desk

(JOB,) = (job for job in JOBS if job.name == "learn_taste")


def test_the_timer_learns_once_a_day_and_scores_anew(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    kept = [desk.receives(f"Cồng chiêng vang ở sóc {n}") for n in range(12)]
    passed = [desk.receives(f"Cổ phiếu tăng phiên {n}") for n in range(12)]
    for chosen, to in ((kept, Triage.KEPT), (passed, Triage.DROPPED)):
        with desk.database.writing() as session:
            stories.triage(session, chosen, to, actor=desk.actor(AN), now=clock.tick())
    folder = Folder(config=Config(data_dir=tmp_path), database=desk.database, assets=Assets(tmp_path / "assets"))
    works = Works(folder=folder, catalogue=Catalogue(outlets=()), clock=clock)
    clock.tick(days=1)
    assert run_due(works, JOB)
    assert not run_due(works, JOB)
    with desk.database.reading() as session:
        assert topics.learned(session)
        (run,) = [run for run in runs.latest(session, limit=5) if run.job == "learn_taste"]
        assert run.detail["words"] > 0
        assert stories.get(session, kept[0]).score > 0
    clock.now += timedelta(days=1)
    assert run_due(works, JOB)
