"""Runs the migrations that a database still lacks, with Alembic; app/store/upgrade.py knows when."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config as Alembic
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.models.errors import Refused
from app.store.backup import copy_database
from app.store.database import Database
from app.store.triggers import create_triggers
from app.store.upgrade import MIGRATIONS


def migrate(database: Database, at: str | None, target: str, *, now: datetime, backups: Path) -> Path | None:
    """From revision `at`, None being an empty database, in one transaction. Returns the backup made before.

    Raises Refused when nobody here knows this revision.
    """
    alembic = Alembic()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(alembic)
    if at is not None and at not in {revision.revision for revision in script.walk_revisions()}:
        raise Refused("This data folder was made by a newer version of the program. Nothing was changed.")
    backup = copy_database(database, backups / f"{now:%Y%m%dT%H%M%S}-{at}.sqlite") if at and database.file else None
    with database.engine.connect() as connection:
        _run(connection, alembic, target)
    return backup


def _run(connection: Connection, alembic: Alembic, target: str) -> None:
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
