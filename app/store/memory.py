"""What is remembered of each source between two readings: the items already parsed, and the cookies it gave us."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.models.outlet import SourceMemory


@dataclass(frozen=True, slots=True)
class Memory:
    """`items` are the short digests of the raw items last seen, `cookies` as feeds/wire/jar.py keeps them.

    `way` names how the items were read: with another version of the program or other quirks they are read anew.
    """

    items: tuple[str, ...] = ()
    cookies: Mapping[str, Any] = field(default_factory=dict)
    way: str = ""


def recall(session: Session) -> dict[str, Memory]:
    """What is remembered, by source."""
    columns = (SourceMemory.source_id, SourceMemory.items, SourceMemory.cookies)
    rows = session.execute(select(*columns))
    return {source: Memory(tuple(items[1:]), cookies, "".join(items[:1])) for source, items, cookies in rows}


def keep(session: Session, memories: Iterable[tuple[str, Memory]]) -> None:
    """Remembers this of each source in place of what was."""
    rows = [{"source_id": source, "items": [m.way, *m.items], "cookies": dict(m.cookies)} for source, m in memories]
    if rows:
        session.execute(delete(SourceMemory).where(SourceMemory.source_id.in_([row["source_id"] for row in rows])))
        session.execute(insert(SourceMemory), rows)
