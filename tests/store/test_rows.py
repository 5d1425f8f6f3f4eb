"""Many rows at once: the same rows as one by one, on both databases."""

from datetime import UTC, datetime

from sqlalchemy import select

from app.models.event import Counter
from app.models.outlet import Outlet, Source, SourceReading
from app.store.database import Database
from app.store.rows import insert_rows

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_times_lists_and_absent_values_come_back_as_they_went_in(each_database: Database) -> None:
    with each_database.writing() as session:
        session.add(Outlet(id="bao-rung", name="Báo Rừng", credit="Rừng", site="https://rung.example/", hosts=["a"]))
        session.flush()
        session.add(
            Source(id="rung", outlet_id="bao-rung", name="Tin", url="https://rung.example/rss", grade="A", enabled=True)
        )
        row = {"source_id": "rung", "at": AT, "outcome": "ok", "new": 2, "changed": 0, "previous_at": None}
        insert_rows(session, SourceReading, [row, row | {"at": AT.replace(hour=9), "previous_at": AT}])
    with each_database.reading() as session:
        kept = session.execute(select(SourceReading.at, SourceReading.previous_at, SourceReading.new))
        assert [*kept] == [(AT, None, 2), (AT.replace(hour=9), AT, 2)]


def test_no_rows_are_no_question(each_database: Database) -> None:
    with each_database.writing() as session:
        insert_rows(session, Counter, [])
        insert_rows(session, Counter, [{"name": "story", "value": 7}])
        assert session.scalars(select(Counter.value).where(Counter.name == "story")).one() == 7
