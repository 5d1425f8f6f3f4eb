"""What the database refuses even to plain SQL, on both kinds of database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.tables import metadata
from app.store.database import Database
from app.store.triggers import APPEND_ONLY, KEPT
from tests.scenario import Desk


@pytest.fixture
def full(each_desk: Desk) -> Database:
    """An office with at least one row in every table that only grows."""
    story = each_desk.receives("Xã vùng sâu có điện lưới")
    article = each_desk.has_approved(credit="Theo Báo Sao Mai")
    each_desk.starts(stories=(story,))
    issue = each_desk.opens_issue()
    each_desk.places(issue, article)
    seal = each_desk.seals(issue)
    each_desk.proofs(seal)
    each_desk.signs(issue, shown=seal.snapshot_hash)
    return each_desk.database


def test_what_was_written_is_neither_changed_nor_deleted(full: Database) -> None:
    for table, key in APPEND_ONLY.items():
        for statement in (f"UPDATE {table} SET {key[0]} = {key[0]}", f"DELETE FROM {table}"):
            with full.reading() as session:
                assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar(), table
            with pytest.raises(DBAPIError, match="append-only"), full.writing() as session:
                session.execute(text(statement))


def test_a_table_that_may_change_does_change(full: Database) -> None:
    with full.writing() as session:  # the control: the same statement on another table
        assert session.execute(text("UPDATE head SET root = root")).rowcount  # type: ignore[attr-defined]


def test_nothing_is_replaced_under_its_own_key(full: Database) -> None:
    if full.file is None:
        pytest.skip("PostgreSQL knows no INSERT OR REPLACE")
    for table, key in APPEND_ONLY.items():
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        with pytest.raises(DBAPIError, match="append-only"), full.writing() as session:
            session.execute(text(statement))
        assert key


def test_the_kept_columns_are_all_but_the_mark_of_waiting() -> None:
    columns = {column.name for column in metadata.tables["operation"].columns}
    assert columns - set(KEPT["operation"].split(", ")) == {"waiting"}


def test_only_the_mark_of_waiting_may_change_in_an_operation(full: Database) -> None:
    with full.writing() as session:
        session.execute(text("UPDATE operation SET waiting = NOT waiting"))
    for change in ("value = 'khác'", "waiting = NOT waiting, value = 'khác'"):
        with pytest.raises(DBAPIError, match="append-only"), full.writing() as session:
            session.execute(text(f"UPDATE operation SET {change}"))
