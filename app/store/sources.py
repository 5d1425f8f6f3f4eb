"""The doors of the outlets: kept in step with the catalogue, with their health."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk.decide import next_try
from app.desk.policy import Actor, require
from app.models.errors import NotFound
from app.models.outlet import Outlet, Source
from app.models.story import Story, Triage
from app.store.events import record


def outlets(session: Session) -> Sequence[Outlet]:
    """Every outlet, by name."""
    return session.scalars(select(Outlet).order_by(Outlet.name)).all()


def listing(session: Session) -> Sequence[tuple[Source, Outlet]]:
    """Every source with its outlet: those that are on first, then by name."""
    query = select(Source, Outlet).join(Outlet, Outlet.id == Source.outlet_id)
    return [(s, o) for s, o in session.execute(query.order_by(Source.enabled.desc(), Outlet.name, Source.name))]


def enabled(session: Session) -> Sequence[Source]:
    """The sources that are read."""
    return session.scalars(select(Source).where(Source.enabled).order_by(Source.id)).all()


def get(session: Session, source_id: str) -> Source:
    """Raises NotFound."""
    source = session.get(Source, source_id)
    if source is None:
        raise NotFound("There is no source “%(id)s”.", id=source_id)
    return source


def sync(session: Session, outlets: Iterable[Outlet], sources: Iterable[Source]) -> None:
    """Adds what the catalogue has and the database lacks, and follows changed names and addresses.

    What the office switched on or off stays as it is; nothing is ever deleted.
    """
    for outlet in outlets:
        kept = session.get(Outlet, outlet.id)
        if kept is None:
            session.add(outlet)
        else:
            kept.name, kept.credit, kept.site, kept.hosts = outlet.name, outlet.credit, outlet.site, outlet.hosts
    session.flush()
    for source in sources:
        known = session.get(Source, source.id)
        if known is None:
            session.add(source)
        else:
            known.name, known.url, known.grade = source.name, source.url, source.grade
    session.flush()


def switch(session: Session, source_id: str, *, on: bool, actor: Actor, now: datetime) -> Source:
    """Switches a source on or off."""
    require(actor, "source.manage")
    source = get(session, source_id)
    source.enabled = on
    source.next_try_at = None
    record(session, "source.switched", actor=actor, now=now, source=source_id, enabled=on)
    return source


def counts(session: Session, *, since: datetime) -> dict[str, tuple[int, int]]:
    """Per outlet id: stories first seen since then, and how many of them the desk kept."""
    kept = func.count().filter(Story.triage == Triage.KEPT)
    query = select(Story.outlet_id, func.count(), kept).where(Story.first_seen_at >= since).group_by(Story.outlet_id)
    return {outlet: (int(count), int(chosen)) for outlet, count, chosen in session.execute(query)}


def due(session: Session, *, now: datetime) -> Sequence[Source]:
    """The sources that are read and need not wait."""
    return [source for source in enabled(session) if source.next_try_at is None or source.next_try_at <= now]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How one reading of a source ended. The three tokens let the outlet answer “nothing new” next time."""

    outcome: str
    message: str | None  # msgid of the trouble; None while well
    failed: bool
    new: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None


def note(session: Session, source_id: str, health: Health, *, now: datetime, every: timedelta, asked: int = 0) -> None:
    """Keeps the health of a source. After a failure its tokens stay: what it last said is still what we hold."""
    source = get(session, source_id)
    source.outcome, source.message, source.read_at = health.outcome, health.message, now
    source.failures = source.failures + 1 if health.failed else 0
    source.next_try_at = next_try(now, failures=source.failures, every=every, asked=asked)
    if health.new:
        source.new_at = now
    if not health.failed:
        source.etag, source.last_modified = health.etag, health.last_modified
        source.body_digest = health.body_digest
