"""Databases for the tests: made once with the schema and the people of one office, then copied for each test."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url

from app.store.database import Database
from app.store.upgrade import upgrade
from tests.people import NOW, furnish
from tests.postgres import running_postgres

_names = itertools.count()


@dataclass(frozen=True)
class SqliteTemplate:
    """A finished database file, copied for each test."""

    file: Path

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Database]:
        """A database of its own in this folder."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "bantin.sqlite"
        shutil.copy(self.file, target)
        database = Database.at(f"sqlite:///{target}")
        try:
            yield database
        finally:
            database.close()


@dataclass(frozen=True)
class PostgresTemplate:
    """A finished database on a throw-away server, copied by the server for each test."""

    url: str
    name: str

    @contextmanager
    def copy(self, _folder: Path) -> Iterator[Database]:
        """A database of its own on the server."""
        with new_postgres(self.url, template=self.name) as url:
            database = Database.at(url)
            try:
                yield database
            finally:
                database.close()


Template = SqliteTemplate | PostgresTemplate


@contextmanager
def new_postgres(server: str, *, template: str = "template0") -> Iterator[str]:
    """The address of a new database on the server; dropped after."""
    name = f"bantin_{next(_names)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def sqlite_template(folder: Path, fill: Callable[[Database], None] = furnish) -> SqliteTemplate:
    """Makes the file that the tests copy."""
    file = folder / "template.sqlite"
    database = Database.at(f"sqlite:///{file}")
    upgrade(database, now=NOW, backups=folder)
    fill(database)
    database.close()
    return SqliteTemplate(file)


@contextmanager
def postgres_template(
    binaries: Path, folder: Path, fill: Callable[[Database], None] = furnish
) -> Iterator[PostgresTemplate]:
    """Starts a server with one finished database on it."""
    with running_postgres(binaries) as server, new_postgres(server) as url:
        database = Database.at(url)
        upgrade(database, now=NOW, backups=folder)
        fill(database)
        database.close()
        yield PostgresTemplate(url=server, name=str(make_url(url).database))


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
