"""The append-only log and the growing numbers: both only inside a writing transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.desk.events import GENESIS, chain
from app.desk.policy import Actor
from app.models.event import Counter, Event


def next_number(session: Session, name: str) -> int:
    """The next number of this counter; holds it until the transaction ends."""
    raised = session.execute(
        update(Counter).where(Counter.name == name).values(value=Counter.value + 1).returning(Counter.value)
    ).scalar_one_or_none()
    if raised is not None:
        return raised
    session.add(Counter(name=name, value=1))
    session.flush()
    return 1


def record(session: Session, kind: str, *, actor: Actor, now: datetime, **fields: Any) -> Event:
    """Adds one line to the log. The fields must be those of its kind in app/desk/events.py."""
    seq = next_number(session, "event")
    previous = head(session)
    hash_ = chain(previous=previous, seq=seq, kind=kind, person=actor.person_id, via=actor.via, fields=fields, at=now)
    event = Event(
        seq=seq,
        office=actor.office,
        kind=kind,
        person_id=actor.person_id,
        via=actor.via,
        fields=fields,
        at=now,
        previous=previous,
        hash=hash_,
    )
    session.add(event)
    session.flush()
    return event


def head(session: Session) -> str:
    """The hash of the last line; 64 zeros before the first."""
    return session.scalar(select(Event.hash).order_by(Event.seq.desc()).limit(1)) or GENESIS


def latest(session: Session, *, limit: int = 100, before: int | None = None) -> Sequence[Event]:
    """The newest lines first."""
    query = select(Event).order_by(Event.seq.desc()).limit(limit)
    return session.scalars(query.where(Event.seq < before) if before else query).all()


def last_of(session: Session, kind: str) -> Event | None:
    """The newest line of this kind, or None."""
    return session.scalar(select(Event).where(Event.kind == kind).order_by(Event.seq.desc()).limit(1))


def of_subject(session: Session, subject: str, *, limit: int = 50) -> Sequence[Event]:
    """The lines about one article or issue, newest first."""
    lines = session.scalars(select(Event).order_by(Event.seq.desc()).limit(5000))
    mine = [line for line in lines if subject in (line.fields.get("article"), line.fields.get("issue"))]
    return mine[:limit]


def first_broken(session: Session) -> int | None:
    """The number of the first line that does not fit the chain, or None when the whole log is intact.

    Of a line that cannot even be read, the number is that of a line shortly before it.
    """
    previous, seq = GENESIS, 0
    try:
        for line in session.scalars(select(Event).order_by(Event.seq)).yield_per(1000):
            seq += 1
            if (line.seq, line.previous, line.hash) != (seq, previous, _expected(line, previous)):
                return seq
            previous = line.hash
    except (KeyError, ValueError, TypeError):  # a line that cannot even be read, or of no kind we know
        return seq + 1
    written = session.scalar(select(Counter.value).where(Counter.name == "event")) or 0
    return None if seq == written else seq + 1


def _expected(line: Event, previous: str) -> str:
    return chain(
        previous=previous,
        seq=line.seq,
        kind=line.kind,
        person=line.person_id,
        via=line.via,
        fields=line.fields,
        at=line.at,
    )
