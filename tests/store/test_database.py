"""Two doors: one cannot write, the other lets in one writer at a time; and a database whose SQLite is safe."""

import threading
import time
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.models.event import Counter
from app.store.database import Database, sqlite_engine, wal_is_safe
from app.store.events import next_number
from config import Config


def pragma(database: Database, name: str) -> object:
    with database.reading() as session:
        return session.execute(text(f"PRAGMA {name}")).scalar()


def test_reading_cannot_write(each_database: Database) -> None:
    with pytest.raises(DBAPIError), each_database.reading() as session:
        session.execute(text("UPDATE office SET name = 'Khác'"))
    with each_database.writing() as session:  # the control: the other door can
        session.execute(text("UPDATE office SET name = 'Khác'"))
    with each_database.reading() as session:
        assert session.execute(text("SELECT name FROM office")).scalar() == "Khác"


def test_a_connection_that_has_read_can_write_again(each_database: Database) -> None:
    for _ in range(3):
        with each_database.reading() as session:
            session.execute(text("SELECT 1"))
        with each_database.writing() as session:
            next_number(session, "thu")
    with each_database.reading() as session:
        assert session.get_one(Counter, "thu").value == 3


def test_an_error_takes_everything_back(each_database: Database) -> None:
    with pytest.raises(IntegrityError), each_database.writing() as session:
        session.add_all([Counter(name="thu", value=1), Counter(name="thu", value=2)])
    with each_database.reading() as session:
        assert session.get(Counter, "thu") is None


def test_the_writer_holds_the_lock_from_its_first_moment(each_database: Database) -> None:
    """What a writer has read still holds when it writes: a second one waits until it is done."""
    inside, order = threading.Event(), []

    def second() -> None:
        inside.wait(5)
        with each_database.writing() as session:
            next_number(session, "thu")
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with each_database.writing() as session:
        session.execute(text("SELECT 1"))  # has written nothing yet
        inside.set()
        time.sleep(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_reader_is_not_kept_waiting_and_sees_only_what_was_committed(each_database: Database) -> None:
    with each_database.writing() as writer:
        writer.execute(text("UPDATE office SET name = 'Chưa xong'"))
        started = time.monotonic()
        with each_database.reading() as reader:
            assert reader.execute(text("SELECT name FROM office")).scalar() == "Ban Dân tộc tỉnh"
        assert time.monotonic() - started < 2


def test_many_writers_lose_no_number(each_database: Database) -> None:
    def count() -> None:
        for _ in range(10):
            with each_database.writing() as session:
                next_number(session, "thu")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with each_database.reading() as session:
        assert session.get_one(Counter, "thu").value == 40


def test_edits_survive_a_power_cut_and_links_are_kept(database: Database) -> None:
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 2  # FULL
    assert pragma(database, "foreign_keys") == 1
    assert dbapi2.sqlite_version_info >= (3, 51, 3)
    assert database.warning == ""


def test_an_unsafe_sqlite_runs_without_wal(tmp_path: Path) -> None:
    engine = sqlite_engine(f"sqlite:///{tmp_path / 'old.sqlite'}", wal=False)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3  # EXTRA
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
        ((3, 51, 2), False),
        ((3, 51, 0), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 44, 5), False),
        ((3, 45, 9), False),
        ((3, 40, 1), False),
    ],
)
def test_the_gate_knows_which_sqlite_has_the_fault(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_a_database_locked_by_another_program_is_told_not_waited_for_for_ever(database: Database) -> None:
    with database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA busy_timeout = 50")
    other = dbapi2.connect(str(database.file))
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(OperationalError, match="locked"), database.writing() as session:
            next_number(session, "thu")
    finally:
        other.close()


def test_opening_makes_the_folder_but_no_tables(tmp_path: Path) -> None:
    database = Database.open(Config(data_dir=tmp_path / "moi"))
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0
    assert database.file == tmp_path / "moi" / "bantin.sqlite"
    database.close()
