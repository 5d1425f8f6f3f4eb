"""The ground of every table: dataclass rows, aware UTC times, enums stored by value. Knows no Flask."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, dataclass_transform

from sqlalchemy import Dialect, Enum, MetaData, String
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCTime(TypeDecorator[datetime]):
    """An aware time, stored as ISO text in UTC with microseconds, so that order of text is order of time."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the library's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the library's signature
        return None if value is None else datetime.fromisoformat(value)


def by_value(kind: type[StrEnum]) -> Enum:
    """A column of this enum that stores the value, not the name."""
    return Enum(
        kind,
        values_callable=lambda k: [m.value for m in k],
        native_enum=False,
        length=24,
        create_constraint=True,
        name=kind.__name__.lower(),
    )


# Told to the type checker as well: it does not see that kw_only reaches the subclasses.
@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Rows are dataclasses, usable without a session."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: UTCTime(),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(),
        list[dict[str, Any]]: JSON(),
    }
