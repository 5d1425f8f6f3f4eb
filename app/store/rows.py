"""Many new rows of one table at once, at the cost of the database and little more."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy.orm import DeclarativeBase, Session


def insert_rows(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]], *, made: Insert | None = None
) -> None:
    """Inserts rows that all name the same columns; `made` is a dialect's own statement for the same table.

    SQLAlchemy works each row out by itself; here the statement and the conversions of its types are asked for once.
    """
    if not rows:
        return
    table = cast(Table, model.__table__)
    statement = insert(table) if made is None else made
    session.flush()
    connection = session.connection()
    compiled = statement.compile(dialect=connection.dialect, column_keys=[*rows[0]])
    places: list[str] = getattr(compiled, "positiontup", None) or []
    # Another way to name values, columns that have values of their own, or one column alone.
    if set(places) != rows[0].keys() or len(places) < 2:
        connection.execute(statement, [*rows])
        return
    types = [table.c[name].type.dialect_impl(connection.dialect) for name in places]
    converters = [type_.bind_processor(connection.dialect) for type_ in types]
    values: list[tuple[Any, ...]] = [*map(itemgetter(*places), rows)]
    if any(converters):
        values = [tuple([to(v) if to else v for v, to in zip(row, converters, strict=True)]) for row in values]
    connection.exec_driver_sql(str(compiled), values)
