"""What was composed once is not composed again, and anything that changes it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from config import Config
from outbox import booklet, plans
from outbox.runs import Job

Snapshot = dict[str, Any]


def run_of(snapshot: Snapshot, design: str) -> dict[str, Any]:
    """The first run of this design."""
    return next(run for run in snapshot["runs"] if run["design"] == design)


def test_a_run_that_only_moved_is_known(snapshot: Snapshot, assets: Callable[[str], bytes], config: Config) -> None:
    run = run_of(snapshot, "feature")
    booklet.measure(snapshot, run, assets, config)
    assert plans.find(Job(snapshot, {**run, "page": 9}, assets, config))


def test_one_changed_letter_is_composed_anew(
    snapshot: Snapshot, assets: Callable[[str], bytes], config: Config
) -> None:
    run = run_of(snapshot, "feature")
    booklet.measure(snapshot, run, assets, config)
    snapshot["articles"][run["articles"][0]]["headline"] += "!"
    assert plans.find(Job(snapshot, run, assets, config)) is None


def test_a_cover_is_never_taken_from_memory(snapshot: Snapshot, assets: Callable[[str], bytes], tmp_path: Path) -> None:
    run = run_of(snapshot, "cover")
    booklet.measure(snapshot, run, assets, Config(data_dir=tmp_path))
    assert plans.find(Job(snapshot, run, assets, Config(data_dir=tmp_path))) is None
