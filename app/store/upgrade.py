"""Brings the database to today's schema: whole or not at all, after a verified backup."""

import importlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from app.models.errors import Refused
from app.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATOR = "app.store.migrator"  # by name: it loads Alembic, which a database of today does without


def upgrade(database: Database, *, now: datetime, backups: Path, target: str = "head") -> Path | None:
    """Migrates in one transaction. Returns the backup made before, or None for a new or current database.

    Raises Refused when the database was made by a newer program, or is damaged.
    """
    at = _revision(database)
    if at == (newest() if target == "head" else target):
        return None
    made: Path | None = importlib.import_module(MIGRATOR).migrate(database, at, target, now=now, backups=backups)
    return made


def newest() -> str:
    """Today's revision: each migration's file begins with its own."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("*_*.py"))


def _revision(database: Database) -> str | None:
    try:
        with database.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            at: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return at
    except OperationalError:  # locked, full or out of reach: whoever started the program is told by name
        raise
    except DatabaseError as error:
        name = database.file.name if database.file else "bantin"
        raise Refused("%(name)s is damaged or not a bantin database.", name=name) from error
