"""What every room's tests share: a clock that stands still, a database of its own, an office with people in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.database import Database
from tests.databases import SqliteTemplate, Template, postgres_template, sqlite_template
from tests.people import Clock
from tests.postgres import find_binaries
from tests.scenario import Desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The same office on both kinds of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_template(binaries, tmp_path_factory.mktemp("postgres")) as made:
        yield made


@pytest.fixture
def database(sqlite: SqliteTemplate, tmp_path: Path) -> Iterator[Database]:
    """The office's database on SQLite."""
    with sqlite.copy(tmp_path / "var") as copy:
        yield copy


@pytest.fixture
def each_database(template: Template, tmp_path: Path) -> Iterator[Database]:
    """The office's database, once on SQLite and once on PostgreSQL."""
    with template.copy(tmp_path / "var") as copy:
        yield copy


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    """The office at work, on SQLite."""
    return Desk(database, clock)


@pytest.fixture
def each_desk(each_database: Database, clock: Clock) -> Desk:
    """The office at work, once on SQLite and once on PostgreSQL."""
    return Desk(each_database, clock)
