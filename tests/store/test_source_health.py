"""What a reading leaves behind: the health of its source, the readings worth keeping, the rhythm, the day's bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from app.desk.health import State, judge
from app.models.outlet import Outlet, Source, SourceReading, Traffic
from app.store import source_health, sources, traffic
from app.store.database import Database
from app.store.source_health import Health
from tests.people import NOW

EVERY = timedelta(minutes=30)


def well(new: int = 0, **more: Any) -> Health:
    return Health(outcome="ok" if new else "same", message=None, failed=False, new=new, **more)


def down(outcome: str = "timeout", **more: Any) -> Health:
    return Health(outcome=outcome, message="The outlet did not finish answering in time.", failed=True, **more)


def furnish(database: Database) -> Database:
    outlet = Outlet(id="sao-mai", name="Báo Sao Mai", credit="Báo Sao Mai", site="https://x.vn", hosts=["x.vn"])
    with database.writing() as session:
        made = [
            Source(id=f"s{n}", outlet_id="sao-mai", name=f"Mục {n}", url=f"https://x.vn/{n}", grade="A", enabled=True)
            for n in range(40)
        ]
        sources.sync(session, [outlet], made)
    return database


@pytest.fixture
def doors(database: Database) -> Database:
    """An outlet with forty sources."""
    return furnish(database)


@pytest.fixture
def each_doors(each_database: Database) -> Database:
    """The same, once on SQLite and once on PostgreSQL."""
    return furnish(each_database)


def note(database: Database, health: Health, at: datetime = NOW, *ids: str) -> None:
    with database.writing() as session:
        source_health.note_all(session, [(i, health) for i in ids or ("s1",)], now=at, every=EVERY)


def source(database: Database, source_id: str = "s1") -> Source:
    with database.reading() as session:
        return sources.get(session, source_id)


def kept(database: Database) -> list[tuple[str, int]]:
    with database.reading() as session:
        return [(r.outcome, r.new) for r in session.scalars(select(SourceReading).order_by(SourceReading.at))]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(conn: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield said
    event.remove(database.engine, "before_cursor_execute", hear)


def test_quiet_sources_are_noted_in_a_handful_of_statements(doors: Database) -> None:
    everyone = [f"s{n}" for n in range(40)]
    note(doors, well(etag='"a"'), NOW, *everyone)
    with counted(doors) as said:
        note(doors, well(etag='"b"'), NOW + EVERY, *everyone)
    writes = [statement for statement in said if statement.startswith(("UPDATE", "INSERT", "DELETE"))]
    assert len(writes) == 1
    assert {source(doors, i).etag for i in everyone} == {'"b"'}
    assert len(kept(doors)) == 40  # the first readings; the quiet ones are not worth a row


def test_only_what_changes_is_kept_of_the_readings(each_doors: Database) -> None:
    for n, health in enumerate((well(3), well(), well(), down(), down(), down("dns"), well(), well(2))):
        note(each_doors, health, NOW + n * EVERY)
    assert kept(each_doors) == [("ok", 3), ("same", 0), ("timeout", 0), ("dns", 0), ("same", 0), ("ok", 2)]


def test_a_failing_source_keeps_its_tokens_and_waits_longer_each_time(doors: Database) -> None:
    note(doors, well(1, etag='"a"', body_digest="d"))
    waits = []
    for n in range(1, 9):
        at = NOW + n * timedelta(hours=13)
        note(doors, down(), at)
        due = source(doors).next_try_at
        waits.append(due - at if due else timedelta())
    found = source(doors)
    assert (found.etag, found.body_digest, found.failures, found.failing_since) == (
        '"a"',
        "d",
        8,
        NOW + timedelta(hours=13),
    )
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=12)
    note(doors, well(), NOW + timedelta(days=9))
    assert (source(doors).failures, source(doors).failing_since, source(doors).next_try_at) == (0, None, None)


@pytest.mark.parametrize("outcome", ["portal", "clock", "proxy", "disk_full"])
def test_trouble_of_our_own_makes_no_outlet_wait(doors: Database, outcome: str) -> None:
    for n in range(6):
        note(doors, down(outcome), NOW + n * EVERY)
    assert (source(doors).failures, source(doors).next_try_at) == (6, None)


def test_when_the_network_is_back_all_sources_are_read_soon(each_doors: Database) -> None:
    everyone = [f"s{n}" for n in range(40)]
    for n in range(6):
        note(each_doors, down("dns"), NOW + n * EVERY, *everyone)
    assert source(each_doors).next_try_at
    note(each_doors, well(), NOW + timedelta(hours=4), "s7")
    assert source(each_doors).next_try_at is None
    note(each_doors, down("dns"), NOW + timedelta(hours=5))
    note(each_doors, well(), NOW + timedelta(hours=5), *[i for i in everyone if i != "s1"])
    note(each_doors, down("dns"), NOW + timedelta(hours=6))
    note(each_doors, well(), NOW + timedelta(hours=7), "s7")
    assert source(each_doors).next_try_at  # one outlet that is away is asked less and less, though the line is good


def test_readings_do_not_pile_up(doors: Database) -> None:
    with doors.writing() as session:
        for n in range(source_health.LEARNED_FROM + 40):
            source_health.note(session, "s1", well(1), now=NOW + n * timedelta(hours=6), every=EVERY)
    assert source_health.LEARNED_FROM <= len(kept(doors)) <= source_health.LEARNED_FROM + 4


def test_the_outlet_is_left_alone_for_as_long_as_it_asks(doors: Database) -> None:
    note(doors, down("slow_down", asked=3600))
    assert source(doors).next_try_at == NOW + timedelta(hours=1)


def test_a_source_that_was_not_asked_keeps_all_but_the_word_of_it(doors: Database) -> None:
    note(doors, well(1, etag='"a"'))
    note(doors, Health(outcome="budget", message="Wait.", failed=False), NOW + EVERY)
    found = source(doors)
    assert (found.outcome, found.message, found.etag, found.read_at) == ("budget", "Wait.", '"a"', NOW)
    note(doors, well(), NOW + 2 * EVERY)
    assert source(doors).outcome == "same"


def test_the_rhythm_is_learned_as_stories_come(each_doors: Database) -> None:
    for hour in range(0, 24 * 8, 2):
        note(each_doors, well(1), NOW + timedelta(hours=hour))
    found = source(each_doors)
    assert (found.rhythm_hours, found.patience_hours) == (2.0, 24.0)
    late = NOW + timedelta(hours=24 * 8 + 30)
    note(each_doors, well(), late)
    with each_doors.reading() as session:
        [facts] = [facts for one, _, facts in source_health.facts(session) if one.id == "s1"]
    assert judge(facts, now=late).state == State.SILENT


def test_two_readings_at_one_moment_are_one(doors: Database) -> None:
    note(doors, well(1))
    note(doors, down())
    assert kept(doors) == [("timeout", 0)]


def test_a_failure_that_began_earlier_is_seen_in_the_days_after(doors: Database) -> None:
    note(doors, well(2), NOW - timedelta(days=50))
    note(doors, down(), NOW - timedelta(days=40))
    note(doors, well(1), NOW - timedelta(days=2))
    with doors.reading() as session:
        found = source_health.readings(session, since=NOW - timedelta(days=30))
    assert [(outcome, new) for _, new, outcome in found["s1"]] == [("timeout", 0), ("ok", 1)]


def test_bytes_are_counted_by_day_and_nothing_is_written_for_nothing(doors: Database) -> None:
    for size in (0, 700, 300, 0):
        with doors.writing() as session:
            traffic.add(session, "2026-11-23", size)
    with doors.reading() as session:
        assert (traffic.received(session, "2026-11-23"), traffic.received(session, "2026-11-24")) == (1000, 0)
        assert len(session.scalars(select(Traffic)).all()) == 1
