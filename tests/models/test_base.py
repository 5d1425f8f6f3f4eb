"""How the nouns are stored: aware times in UTC, enums by value, rows as plain values."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Enum, inspect, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from app.models.article import Stage
from app.models.base import UTCTime
from app.models.errors import BantinError, NotFound, Refused
from app.models.event import Event, Run
from app.models.ids import new_id
from app.models.operation import Head
from app.models.tables import MODULES, metadata
from app.store.database import Database
from tests.people import NOW
from tests.scenario import Desk

MOMENTS = st.builds(
    lambda microsecond, zone: (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microsecond)).astimezone(zone),
    st.integers(86_400_000_000, 7_000 * 365 * 86_400_000_000),
    st.sampled_from([UTC, timezone(timedelta(hours=7))]),
)


@given(MOMENTS, MOMENTS)
def test_times_come_back_as_they_were_and_sort_as_text(one: datetime, other: datetime) -> None:
    kind, dialect = UTCTime(), sqlite.dialect()
    stored = kind.process_bind_param(one, dialect)
    assert stored is not None
    assert kind.process_result_value(stored, dialect) == one
    assert (stored < str(kind.process_bind_param(other, dialect))) == (one < other)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    run = Run(id="r", job="j", slot="s", started_at=datetime(2026, 11, 23))  # noqa: DTZ001  the mistake itself
    with pytest.raises(StatementError, match="without a zone"), database.writing() as session:
        session.add(run)


def test_every_enum_is_stored_by_value_and_checked(desk: Desk) -> None:
    article = desk.writes()
    desk.submits(article)
    with desk.database.reading() as session:
        assert session.execute(text("SELECT stage FROM article")).scalar() == Stage.SUBMITTED.value
    columns = [column for table in metadata.tables.values() for column in table.columns]
    for kind in (column.type for column in columns if isinstance(column.type, Enum)):
        assert kind.enum_class
        assert kind.enums == [member.value for member in kind.enum_class]
        assert kind.create_constraint
        assert not kind.native_enum


def test_a_row_is_a_plain_value_without_a_database() -> None:
    head = Head(noun="article", key="k", lang="vi", field="headline", op_id="o", root="k", since=1)
    assert head.field == "headline"
    with pytest.raises(TypeError):
        Head("article", "k")  # type: ignore[call-arg]


def test_every_time_column_is_aware_and_every_table_is_known() -> None:
    kinds = {str(column): type(column.type) for t in metadata.tables.values() for column in t.columns}
    times = {name: kind for name, kind in kinds.items() if name.endswith(("_at", ".at"))}
    assert set(times.values()) == {UTCTime}
    assert {module.__name__.rsplit(".", 1)[1] for module in MODULES} >= {"article", "issue", "story", "parcel"}


def test_nullable_is_only_what_is_declared_so() -> None:
    nullable = {c.name for c in inspect(Event).local_table.columns if c.nullable}
    assert nullable == {"person_id"}


class TestKeys:
    @given(MOMENTS, st.binary(min_size=10, max_size=10))
    def test_a_key_is_a_uuid_of_version_seven_with_its_time(self, moment: datetime, chance: bytes) -> None:
        key = uuid.UUID(new_id(moment, lambda _: chance))
        assert (key.version, key.variant) == (7, uuid.RFC_4122)
        assert abs((key.int >> 80) - moment.timestamp() * 1000) <= 1
        assert str(key) == new_id(moment, lambda _: chance)

    def test_the_example_of_the_standard(self) -> None:
        moment = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)  # RFC 9562, appendix A.6
        chance = (0xCC3 << 64 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
        assert new_id(moment, lambda _: chance) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"

    def test_later_keys_sort_later_and_none_is_made_twice(self) -> None:
        keys = [new_id(NOW + timedelta(milliseconds=n)) for n in range(500)]
        assert keys == sorted(keys)
        assert len({new_id(NOW) for _ in range(5_000)}) == 5_000


class TestErrors:
    def test_an_error_is_a_sentence_with_its_values(self) -> None:
        error = Refused("There is no preset “%(preset)s”.", preset="đồng-nai")
        assert str(error) == "There is no preset “đồng-nai”."
        assert (error.msgid, error.values) == ("There is no preset “%(preset)s”.", {"preset": "đồng-nai"})

    def test_a_sentence_without_values_may_hold_a_percent_sign(self) -> None:
        assert str(NotFound("100 % gone")) == "100 % gone"

    def test_there_are_few_kinds(self) -> None:
        assert len(BantinError.__subclasses__()) <= 8
