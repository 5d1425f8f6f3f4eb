"""Lets a measurement speak past pytest's silence, and writes docs/promises.md when the run is over."""

from datetime import datetime

import pytest

from feeds.dates import VIETNAM
from tests.bench.figures import Promised, Row, Told, machine, write_rows

ROWS = pytest.StashKey[list[Row]]()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Prints one figure."""

    def tell(what: str, figure: float, unit: str = "s") -> None:
        with capsys.disabled():
            print(f"\n  {figure:8.2f} {unit}  {what}", end="")  # noqa: T201  a measurement is read on the terminal

    return tell


@pytest.fixture
def promised(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Promised:
    """Prints how a promise fared and keeps the row until the end of the run."""
    path = request.path.relative_to(request.config.rootpath)
    measured = f"{datetime.now(VIETNAM):%d/%m/%Y}, {machine()}"

    def note(name: str, what: str, *, target: str, figure: str, kept: bool) -> None:
        word = "yes" if kept else "NO"
        row = Row(
            name=name, what=what, target=target, figure=figure, kept=word, command=f"`./test {path}`", measured=measured
        )
        request.config.stash.setdefault(ROWS, []).append(row)
        with capsys.disabled():
            print(f"\n  {name}: {figure}  (target {target}; kept: {word})", end="")  # noqa: T201

    return note


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was measured goes into the table, also when a later measurement failed."""
    if rows := session.config.stash.get(ROWS, []):
        write_rows(rows)
