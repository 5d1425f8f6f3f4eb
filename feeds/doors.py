"""Which sources are read, and how: what the catalogue says of them, and what the office set or added itself."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models import outlet as rows
from app.models.outlet import SourceKind
from app.store import memory, sources
from app.store.memory import Memory
from feeds.batch import VERSION
from feeds.catalogue import Catalogue, Outlet, Quirks, Source
from feeds.wire.fetch import FEED_TYPES, PAGE_TYPES, Wanted

_FIELDS = {field.name for field in fields(Quirks)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A source to read: the catalogue's word on it, or the office's own; its row, and what is remembered of it."""

    outlet: Outlet
    source: Source
    row: rows.Source
    memory: Memory

    @property
    def way(self) -> str:
        """How its items are read now; it changes with the program and with what the office sets."""
        return hashlib.blake2b(
            f"{VERSION} {self.source.kind} {self.source.quirks!r}".encode(), digest_size=8
        ).hexdigest()

    @property
    def is_read_as_before(self) -> bool:
        """Otherwise what has not changed since is read anew all the same."""
        return self.memory.way == self.way

    @property
    def wanted(self) -> Wanted:
        """What to ask the outlet for."""
        quirks = self.source.quirks
        before = self.row if self.is_read_as_before else None
        return Wanted(
            url=self.source.url,
            hosts=self.outlet.hosts,
            accept=PAGE_TYPES if self.is_section else FEED_TYPES,
            kind="page" if self.is_section else "feed",
            etag=before.etag if before else None,
            last_modified=before.last_modified if before else None,
            user_agent=quirks.user_agent,
            visit_first=quirks.visit_first,
            cookies=self.memory.cookies,
        )

    @property
    def is_section(self) -> bool:
        """Whether it is a page of headlines instead of a feed."""
        return self.source.kind == SourceKind.SECTION


def doors(
    session: Session, catalogue: Catalogue, *, now: datetime, only: Collection[str] | None, due_only: bool
) -> list[Door]:
    """In the order of the catalogue, the office's own sources after it. Raises NotFound for an unknown id in `only`.

    A source that left the catalogue is not read: nobody vouches for its hosts any more. Nor is what people bring.
    """
    remembered = memory.recall(session)
    wanted = {row.id: row for row in _wanted(session, now, only, due_only)}
    listed = [
        (outlet, replace(source, quirks=merge(source.quirks, wanted[source.id].quirks)), wanted[source.id])
        for outlet in catalogue.outlets
        for source in outlet.sources
        if source.id in wanted
    ]
    own = [row for row in wanted.values() if row.own and row.kind != SourceKind.HAND]
    added = [(outlet_of(session, catalogue, row), _source(row), row) for row in own]
    return [
        Door(outlet=outlet, source=source, row=row, memory=remembered.get(row.id, Memory()))
        for outlet, source, row in [*listed, *added]
        if outlet is not None
    ]


def merge(quirks: Quirks, over: Mapping[str, Any] | None) -> Quirks:
    """What the office set of a source goes over what the catalogue says."""
    values = {key: value for key, value in (over or {}).items() if key in _FIELDS}
    values |= {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return replace(quirks, **values)


def outlet_of(session: Session, catalogue: Catalogue, row: rows.Source) -> Outlet | None:
    """The outlet of a source the office added: one of the catalogue's, or a site of its own with its own hosts only."""
    if listed := catalogue.outlet(row.outlet_id):
        return listed
    outlet = session.get(rows.Outlet, row.outlet_id)
    if outlet is None or outlet.official:  # an official outlet that left the list has nobody who vouches for it
        return None
    return Outlet(
        id=outlet.id,
        name=outlet.name,
        credit=outlet.credit,
        site=outlet.site,
        hosts=frozenset(outlet.hosts),
        official=False,
    )


def _wanted(session: Session, now: datetime, only: Collection[str] | None, due_only: bool) -> Sequence[rows.Source]:
    if only is not None:
        return [sources.get(session, source_id) for source_id in only]
    return sources.due(session, now=now) if due_only else sources.enabled(session)


def _source(row: rows.Source) -> Source:
    return Source(
        id=row.id,
        outlet_id=row.outlet_id,
        name=row.name,
        url=row.url,
        grade=row.grade,
        quirks=merge(Quirks(), row.quirks),
        kind=row.kind,
    )
