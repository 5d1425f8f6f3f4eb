"""An upgrade is whole or not there at all, on both databases, and stands on a checked backup."""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pysqlite3 import dbapi2
from sqlalchemy import inspect, text
from sqlalchemy.engine.interfaces import ReflectedColumn

from app.models.errors import Refused
from app.models.tables import metadata
from app.store import backup
from app.store.database import Database
from app.store.upgrade import MIGRATIONS, newest, upgrade
from tests.databases import PostgresTemplate, Template, new_postgres
from tests.people import NOW

# A child that upgrades and dies at the n-th statement, by our way or by Alembic's own.
CHILD = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from sqlalchemy import event
    from alembic import command
    from alembic.config import Config
    from app.store.database import Database
    from app.store.upgrade import MIGRATIONS, upgrade
    from tests.people import NOW

    way, url, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
    database = Database.at(url)
    done = 0

    def count(*_):
        global done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", count)
    if way == "ours":
        upgrade(database, now=NOW, backups=Path("unused"))
    else:  # what Alembic does on SQLite when nobody tells it otherwise: each statement for itself
        from sqlalchemy import create_engine
        from alembic.migration import MigrationContext
        from alembic.operations import Operations
        import alembic.op
        from importlib import import_module
        from pysqlite3 import dbapi2
        engine = create_engine(url, module=dbapi2)
        event.listen(engine, "before_cursor_execute", count)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"fn": lambda rev, ctx: [step]})
            step = type("Step", (), {})
            with Operations.context(context), context.begin_transaction():
                import_module("app.store.migrations.versions.0001_first").upgrade()
    print(done)
""")


@pytest.fixture
def empty(template: Template, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, once of each kind."""
    if isinstance(template, PostgresTemplate):
        with new_postgres(template.url) as url:
            database = Database.at(url)
            yield database
            database.close()
        return
    database = Database.at(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    yield database
    database.close()


INDEX = "story_fts"  # the search index: a table of each database's own kind, in no model


def tables(database: Database) -> set[str]:
    with database.reading() as session:
        names = inspect(session.connection()).get_table_names()
    return {name for name in names if not name.startswith(INDEX)}


def is_modelled(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind in ("table", "index") and name and INDEX in name)


def triggers(database: Database) -> set[str]:
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if database.file
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with database.reading() as session:
        return set(session.scalars(text(question)))


def die_at(statement: int, url: str, *, way: str = "ours") -> int | None:
    """Upgrades in a child that is killed before this statement; the number of statements when it lived on."""
    command = [sys.executable, "-c", CHILD, way, url, str(statement)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == -signal.SIGKILL:
        return None
    assert not done.returncode, done.stderr
    return int(done.stdout)


def test_the_migrated_schema_is_the_one_the_models_describe(empty: Database) -> None:
    upgrade(empty, now=NOW, backups=Path("unused"))
    with empty.reading() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_server_default": True, "include_object": is_modelled}
        )
        assert compare_metadata(context, metadata) == []
    assert tables(empty) == {*metadata.tables, "alembic_version"}
    assert "approval_by_second_person" in triggers(empty)


def test_the_migrated_schema_is_the_same_to_the_last_column(empty: Database, tmp_path: Path) -> None:
    """`compare_metadata` overlooks some things; two databases laid side by side show them."""
    upgrade(empty, now=NOW, backups=Path("unused"))
    if not empty.file:
        pytest.skip("compared on SQLite")
    made = Database.at(f"sqlite:///{tmp_path / 'made.sqlite'}")
    with made.writing() as session:
        metadata.create_all(session.connection())
    assert _described(empty) == _described(made)
    made.close()


def _described(database: Database) -> dict[str, object]:
    def column(found: ReflectedColumn) -> tuple[object, ...]:
        return (found["name"], str(found["type"]), found["nullable"], found["default"])

    with database.reading() as session:
        see = inspect(session.connection())
        return {
            table: (
                sorted(map(column, see.get_columns(table)), key=str),
                see.get_pk_constraint(table),
                sorted(see.get_foreign_keys(table), key=str),
                sorted(see.get_unique_constraints(table), key=str),
                sorted(see.get_indexes(table), key=str),
                sorted(see.get_check_constraints(table), key=str),
            )
            for table in see.get_table_names()
            if table != "alembic_version" and not table.startswith(INDEX)
        }


def test_upgrading_twice_changes_nothing(empty: Database, tmp_path: Path) -> None:
    assert upgrade(empty, now=NOW, backups=tmp_path) is None
    before = (tables(empty), triggers(empty))
    assert upgrade(empty, now=NOW, backups=tmp_path) is None
    assert (tables(empty), triggers(empty)) == before


def test_a_newer_database_is_refused_and_left_alone(each_database: Database, tmp_path: Path) -> None:
    with each_database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = (tables(each_database), triggers(each_database))
    with pytest.raises(Refused, match="newer version"):
        upgrade(each_database, now=NOW, backups=tmp_path / "backups")
    assert (tables(each_database), triggers(each_database)) == before
    assert not (tmp_path / "backups").exists()


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "bantin.sqlite"
    file.write_bytes(b"This is a photo of a loom, not a database. " * 50)
    database = Database.at(f"sqlite:///{file}")
    with pytest.raises(Refused, match=r"bantin\.sqlite"):
        upgrade(database, now=NOW, backups=tmp_path)
    database.close()
    assert file.read_bytes().startswith(b"This is a photo")


def test_before_an_upgrade_a_checked_backup_is_made(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:  # as if an older program had left it
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(Exception, match="nonsense"):
        upgrade(database, now=NOW, backups=tmp_path / "backups", target="nonsense")
    made = list((tmp_path / "backups").glob("*.sqlite"))
    assert [path.name for path in made] == ["20261123T020000-0001.sqlite"]
    backup.check_database(made[0])


def test_killed_at_any_statement_the_old_schema_stands_and_the_second_try_works(tmp_path: Path) -> None:
    whole = die_at(0, f"sqlite:///{tmp_path / 'whole.sqlite'}")
    assert whole is not None
    assert whole > 60
    for number, statement in enumerate((2, 5, whole // 3, whole // 2, whole - 20, whole - 1, whole)):
        database = Database.at(f"sqlite:///{tmp_path / f'{number}.sqlite'}")
        assert die_at(statement, database.url) is None
        assert not tables(database)
        upgrade(database, now=NOW, backups=tmp_path)
        assert tables(database) == {*metadata.tables, "alembic_version"}
        assert "approval_by_second_person" in triggers(database)
        database.close()


def test_left_to_itself_alembic_leaves_half_a_schema(tmp_path: Path) -> None:
    """The control: the same kill with Alembic's own way on SQLite."""
    file = tmp_path / "control.sqlite"
    assert die_at(30, f"sqlite:///{file}", way="theirs") is None
    connection = dbapi2.connect(str(file))
    (count,) = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()
    connection.close()
    assert 0 < count < len(metadata.tables)


def test_killed_on_postgresql_the_old_schema_stands(empty: Database) -> None:
    if empty.file:
        pytest.skip("SQLite has its own test")
    assert die_at(40, empty.url) is None
    assert not tables(empty)
    upgrade(empty, now=NOW, backups=Path("unused"))
    assert tables(empty) == {*metadata.tables, "alembic_version"}


def test_todays_revision_is_read_off_the_files_as_alembic_finds_it() -> None:
    alembic = Config()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    assert newest() == ScriptDirectory.from_config(alembic).get_current_head()
