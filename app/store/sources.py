"""The doors of the outlets: kept in step with the catalogue, with their health."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.desk.policy import Actor, require
from app.models.errors import NotFound, Refused
from app.models.outlet import Outlet, Source
from app.models.story import Story, Triage
from app.store.events import record
from app.store.source_health import Health as Health  # a source's health is asked for under the name of the source
from app.store.source_health import note as note
from app.store.source_health import note_all as note_all


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
    held = [*session.scalars(select(Outlet)), *session.scalars(select(Source))]  # held: then no row is asked for alone
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
            known.name, known.url, known.grade, known.kind = source.name, source.url, source.grade, source.kind
    session.flush()
    held.clear()


def switch(session: Session, source_id: str, *, on: bool, actor: Actor, now: datetime) -> Source:
    """Switches a source on or off."""
    require(actor, "source.manage")
    source = get(session, source_id)
    source.enabled = on
    source.next_try_at = None
    record(session, "source.switched", actor=actor, now=now, source=source_id, enabled=on)
    return source


def set_quirks(session: Session, source_id: str, quirks: dict[str, str], *, actor: Actor, now: datetime) -> Source:
    """What the office says of an odd source, over the catalogue; the values are checked before (feeds/sources)."""
    require(actor, "source.manage")
    source = get(session, source_id)
    before = source.quirks or {}
    fields = sorted(name for name in {*before, *quirks} if before.get(name, "") != quirks.get(name, ""))
    if fields:
        source.quirks, source.next_try_at = quirks or None, None
        record(session, "source.changed", actor=actor, now=now, source=source_id, fields=fields)
    return source


def counts(session: Session, *, since: datetime) -> dict[str, tuple[int, int]]:
    """Per outlet id: stories first seen since then, and how many of them the desk kept."""
    kept = func.count().filter(Story.triage == Triage.KEPT)
    query = select(Story.outlet_id, func.count(), kept).where(Story.first_seen_at >= since).group_by(Story.outlet_id)
    return {outlet: (int(count), int(chosen)) for outlet, count, chosen in session.execute(query)}


def due(session: Session, *, now: datetime) -> Sequence[Source]:
    """The sources that are read and need not wait."""
    return [source for source in enabled(session) if source.next_try_at is None or source.next_try_at <= now]


def ask(session: Session, source_id: str, *, actor: Actor, now: datetime) -> None:
    """Somebody wants this source read at once; the timer does it within seconds, switched on or not."""
    require(actor, "source.manage")
    get(session, source_id).asked_at = now
    record(session, "source.asked", actor=actor, now=now, source=source_id)


def asked(session: Session) -> Sequence[Source]:
    """The sources somebody wants read at once, the longest waiting first."""
    return session.scalars(select(Source).where(Source.asked_at.is_not(None)).order_by(Source.asked_at)).all()


def forget_asked(session: Session, source_ids: Sequence[str]) -> None:
    """Nobody waits for these any more."""
    session.execute(update(Source).where(Source.id.in_(source_ids)).values(asked_at=None))


def add(session: Session, source: Source, outlet: Outlet, *, actor: Actor, now: datetime) -> Source:
    """A door the office found itself. `outlet` is made when it is not there yet; of one that is, only the id counts.

    Raises Refused when this address is read already.
    """
    require(actor, "source.manage")
    known = session.scalar(select(Source).where(Source.url == source.url, Source.kind == source.kind))
    if known is not None:
        raise Refused("This address is among the sources already, as “%(name)s”.", name=known.name)
    if session.get(Outlet, outlet.id) is None:
        session.add(outlet)
        session.flush()
    source.outlet_id, source.own = outlet.id, True
    session.add(source)
    session.flush()
    record(session, "source.added", actor=actor, now=now, source=source.id, outlet=outlet.id)
    return source
