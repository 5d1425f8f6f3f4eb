"""An issue of the sample office, brought to a stage once and copied for each test that needs it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from app.cli.sample_desk import SampleDesk
from app.models.issue import Issue, Seal
from app.models.office import Mode
from app.store.folder import Folder
from config import Config

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)


@dataclass(frozen=True)
class Made:
    """A closed data folder and what was made in it."""

    path: Path
    issue: Issue
    sealed: Seal | None = None

    @contextmanager
    def copy(self, to: Path) -> Iterator[SampleDesk]:
        """The same folder again, opened."""
        shutil.copytree(self.path, to)
        folder = Folder.open(Config(data_dir=to), now=NOW)
        try:
            yield SampleDesk(folder=folder, now=NOW)
        finally:
            folder.database.close()


def compose(path: Path) -> Made:
    """The sample issue with its eight approved articles, not yet sealed."""
    folder = Folder.open(Config(data_dir=path), now=NOW)
    desk = SampleDesk(folder=folder, now=NOW)
    desk.set_up(Mode.DEMO)
    desk.read()
    written = desk.write()
    desk.approve(written)
    issue = desk.compose(written, day=DAY)
    folder.database.close()
    return Made(path, issue)


def seal(path: Path, composed: Made) -> Made:
    """The same issue sealed, with all its proofs."""
    with composed.copy(path) as desk:
        sealed = desk.seal(composed.issue)
    return Made(path, composed.issue, sealed)
