"""The engine and its two doors: `reading()` never writes, `writing()` is one short transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from config import Config

# SQLite 3.7.0 to 3.51.2 can corrupt a WAL database (the “WAL-reset bug” of its page on WAL), but for these lines.
WAL_RESET_MENDED = (3, 51, 3)
WAL_RESET_BACKPORTS = ((3, 50, 7), (3, 44, 6))
BUSY_MILLISECONDS = 10_000
WRITING = 0x62616E74  # PostgreSQL's lock of whoever writes; any number no other program takes


@dataclass(frozen=True)
class Database:
    """The one database of an office. `warning` is a msgid for the banner, empty while all is well."""

    engine: Engine
    url: str
    warning: str = ""

    @classmethod
    def open(cls, config: Config) -> "Database":
        """Opens, never creates tables: see `app.store.upgrade`."""
        if not config.database_url:
            config.data_dir.mkdir(parents=True, exist_ok=True)
        return cls.at(config.database)

    @classmethod
    def at(cls, url: str) -> "Database":
        """Opens the database of this SQLAlchemy address."""
        if make_url(url).get_backend_name() != "sqlite":
            return cls(engine=_postgres(url), url=url)
        safe = wal_is_safe(dbapi2.sqlite_version_info)
        warning = "" if safe else "This SQLite has a known fault; the database runs in its slow, safe mode."
        return cls(engine=sqlite_engine(url, wal=safe), url=url, warning=warning)

    @property
    def file(self) -> Path | None:
        """The database file; None on a database server."""
        name = make_url(self.url).database
        return Path(name) if self.engine.dialect.name == "sqlite" and name else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that cannot write."""
        yield from self._door("reading")

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; commits at the end, rolls back on any error."""
        yield from self._door("writing")

    def _door(self, door: str) -> Iterator[Session]:
        with Session(self.engine.execution_options(door=door), expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may run in WAL mode with more than one connection."""
    if version >= WAL_RESET_MENDED:
        return True
    return any(version[:2] == mended[:2] and version >= mended for mended in WAL_RESET_BACKPORTS)


def sqlite_engine(url: str, *, wal: bool) -> Engine:
    """Our SQLite: durable at each commit, foreign keys on, transactions begun by us and not by the driver."""
    engine = create_engine(url, module=dbapi2)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _pragmas(wal):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("door") != "reading"
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _pragmas(wal: bool) -> tuple[str, ...]:
    # FULL, not NORMAL: in WAL mode NORMAL loses acknowledged edits at a power cut.
    journal = (
        ("journal_mode = WAL", "synchronous = FULL") if wal else ("journal_mode = TRUNCATE", "synchronous = EXTRA")
    )
    return (f"busy_timeout = {BUSY_MILLISECONDS}", *journal, "foreign_keys = ON")


def _postgres(url: str) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("door") == "reading":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        else:  # one writer at a time, as on SQLite: what a rule has read still holds when it writes
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})")

    return engine
