"""Brings the database to today's schema: whole or not at all, after a verified backup."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config as Alembic
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from app.models.errors import Refused
from app.store.backup import copy_database
from app.store.database import Database
from app.store.triggers import create_triggers

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(database: Database, *, now: datetime, backups: Path, target: str = "head") -> Path | None:
    """Migrates in one transaction. Returns the backup made before, or None for a new or current database.

    Raises Refused when the database was made by a newer program, or is damaged.
    """
    alembic = Alembic()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(alembic)
    goal = script.get_current_head() if target == "head" else target
    at = _revision(database)
    if at == goal:
        return None
    if at is not None and at not in {revision.revision for revision in script.walk_revisions()}:
        raise Refused("This data folder was made by a newer version of the program. Nothing was changed.")
    backup = copy_database(database, backups / f"{now:%Y%m%dT%H%M%S}-{at}.sqlite") if at and database.file else None
    with database.engine.connect() as connection:
        _migrate(connection, alembic, target)
    return backup


def _revision(database: Database) -> str | None:
    try:
        with database.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError:  # locked, full or out of reach: whoever started the program is told by name
        raise
    except DatabaseError as error:
        name = database.file.name if database.file else "bantin"
        raise Refused("%(name)s is damaged or not a bantin database.", name=name) from error


def _migrate(connection: Connection, alembic: Alembic, target: str) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if (
        sqlite
    ):  # rebuilding a parent table with foreign keys on would empty its children; the switch needs no transaction
        raw = connection.connection.dbapi_connection
        if raw is None:
            raise Refused("The database closed while it was being upgraded.")
        raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            alembic.attributes["connection"] = connection
            command.upgrade(alembic, target)
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise Refused("The upgrade would break links between records. Nothing was changed.")
            create_triggers(connection)
    finally:
        if sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys = ON")
