"""How readings of sources ended: their health, the readings worth keeping, and the rhythm learned from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.desk.cadence import VIETNAM
from app.desk.decide import next_try
from app.desk.health import NETWORK, OURS, WAITING, Facts, shares
from app.desk.rhythm import learn
from app.models.outlet import Outlet, Source, SourceReading
from app.models.story import Story

KEPT = timedelta(days=400)  # readings at the longest: a monthly source has brought a dozen stories by then
SHOWN = timedelta(days=45)  # and at the least: the strip of the page shows thirty days
LEARNED_FROM = 400  # arrivals


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How one reading of a source ended. The three tokens let the outlet answer “nothing new” next time.

    `asked` is how many seconds the outlet wants to be left alone.
    """

    outcome: str
    message: str | None  # msgid of the trouble; None while well
    failed: bool
    new: int = 0
    changed: int = 0
    asked: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None


def note(session: Session, source_id: str, health: Health, *, now: datetime, every: timedelta, asked: int = 0) -> None:
    """Keeps the health of one source, as note_all; `asked` may also be given here."""
    _write(session, [(source_id, health)], now=now, every=every, asked=asked)


def note_all(session: Session, ended: Iterable[tuple[str, Health]], *, now: datetime, every: timedelta) -> None:
    """Keeps the health of many sources in a handful of statements, whatever their number.

    After a failure a source's tokens stay: what it last said is still what we hold. A source that was not asked at
    all, for the day's bytes are spent, keeps everything but the word of it.
    """
    _write(session, list(ended), now=now, every=every, asked=0)


def readings(session: Session, *, since: datetime) -> dict[str, list[tuple[datetime, int, str]]]:
    """(time, new, outcome) of every kept reading since then, by source, in order of time.

    Of each source the last reading before it comes first: what ended so then went on.
    """
    kept = SourceReading
    last = select(kept.source_id, func.max(kept.at).label("at")).where(kept.at < since).group_by(kept.source_id)
    before = last.subquery()
    earlier = select(kept.source_id, kept.at, kept.outcome).join(
        before, (before.c.source_id == kept.source_id) & (before.c.at == kept.at)
    )
    found: dict[str, list[tuple[datetime, int, str]]] = {}
    for source, at, outcome in session.execute(earlier):
        found[source] = [(at, 0, outcome)]
    query = select(kept.source_id, kept.at, kept.new, kept.outcome).where(kept.at >= since).order_by(kept.at)
    for source, at, new, outcome in session.execute(query):
        found.setdefault(source, []).append((at, new, outcome))
    return found


def facts(session: Session) -> list[tuple[Source, Outlet, Facts]]:
    """Every source with its outlet and what its health is judged by: those that are on first, then by name."""
    query = select(Source, Outlet).join(Outlet, Outlet.id == Source.outlet_id)
    query = query.order_by(Source.enabled.desc(), Outlet.name, Source.name)
    return [(s, o, _facts(s)) for s, o in session.execute(query)]


def _facts(source: Source) -> Facts:
    return Facts(
        enabled=source.enabled,
        outcome=source.outcome,
        failures=source.failures,
        read_at=source.read_at,
        new_at=source.new_at,
        first_at=source.first_at,
        newest_at=source.newest_at,
        failing_since=source.failing_since,
        patience_hours=source.patience_hours,
        rests_weekends=source.rests_weekends,
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """What the row of a source said before this reading."""

    outcome: str | None
    failures: int
    failing_since: datetime | None
    first_at: datetime | None
    read_at: datetime | None
    new_at: datetime | None
    patience: float | None


def _write(
    session: Session, ended: Sequence[tuple[str, Health]], *, now: datetime, every: timedelta, asked: int
) -> None:
    session.flush()
    ids = [source_id for source_id, _ in ended]
    columns = (
        *(Source.id, Source.outcome, Source.failures, Source.failing_since),
        *(Source.first_at, Source.read_at, Source.new_at, Source.patience_hours),
    )
    before = {row[0]: _Before(*row[1:]) for row in session.execute(select(*columns).where(Source.id.in_(ids)))}
    ended = [(source_id, health) for source_id, health in ended if source_id in before]
    waiting = [{"id": i, "outcome": h.outcome, "message": h.message} for i, h in ended if h.outcome in WAITING]
    read = [(i, h) for i, h in ended if h.outcome not in WAITING]
    if any(not health.failed for _, health in read):
        _release(session)
    rows = [_row(i, h, before[i], now, next_try_of(h, before[i], now, every, asked)) for i, h in read]
    # Rows of one shape go as one statement with many values.
    failed = [row for row in rows if "etag" not in row]
    quiet = [row for row in rows if "etag" in row and "new_at" not in row]
    fresh = [row for row in rows if "new_at" in row]
    for batch in (waiting, failed, quiet, fresh):
        if batch:
            session.execute(update(Source), batch)
    _keep(session, [(i, h) for i, h in read if h.new or h.changed or h.outcome != before[i].outcome], before, now)
    for source_id, health in read:
        if health.new and _is_worth_learning(before[source_id], now):
            _learn(session, source_id, now)
    if waiting:
        session.execute(update(Source).where(Source.id.in_([row["id"] for row in waiting])).values(asked_at=None))


def next_try_of(health: Health, before: _Before, now: datetime, every: timedelta, asked: int) -> datetime | None:
    """When the source is due again. What is wrong on our side is no reason to stay away from an outlet."""
    failures = before.failures + 1 if health.failed and health.outcome not in OURS else 0
    return next_try(now, failures=failures, every=every, asked=max(asked, health.asked))


def _row(source_id: str, health: Health, before: _Before, now: datetime, due: datetime | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": source_id,
        "outcome": health.outcome,
        "message": health.message,
        "read_at": now,
        "first_at": before.first_at or now,
        "asked_at": None,
        "next_try_at": due,
        "failures": before.failures + 1 if health.failed else 0,
        "failing_since": (before.failing_since or now) if health.failed else None,
    }
    if not health.failed:
        row |= {"etag": health.etag, "last_modified": health.last_modified, "body_digest": health.body_digest}
    if health.new:
        row["new_at"] = now
    return row


def _keep(session: Session, worth: Sequence[tuple[str, Health]], before: Mapping[str, _Before], now: datetime) -> None:
    """A second reading at the same moment is the better word on it."""
    if not worth:
        return
    session.execute(
        delete(SourceReading).where(SourceReading.at == now, SourceReading.source_id.in_([i for i, _ in worth]))
    )
    rows = [
        {
            "source_id": source_id,
            "at": now,
            "outcome": health.outcome,
            "new": health.new,
            "changed": health.changed,
            "previous_at": before[source_id].read_at,
        }
        for source_id, health in worth
    ]
    session.execute(insert(SourceReading), rows)


def _release(session: Session) -> None:
    """The line works again: sources that only met a dead one need not wait until their turn comes."""
    last = session.scalars(select(Source.outcome).where(Source.enabled, Source.outcome.is_not(None))).all()
    if shares([outcome for outcome in last if outcome]) == "network":
        waiting = update(Source).where(Source.outcome.in_(NETWORK))
        session.execute(waiting.values(next_try_at=None).execution_options(synchronize_session=False))


def _is_worth_learning(before: _Before, now: datetime) -> bool:
    """Once a day is enough for a source whose rhythm is known."""
    if before.new_at is None or before.patience is None:
        return True
    return before.new_at.astimezone(VIETNAM).date() != now.astimezone(VIETNAM).date()


def _learn(session: Session, source_id: str, now: datetime) -> None:
    """From the times it brought something; before there are enough of them, from the dates in its feed."""
    came = select(SourceReading.at, SourceReading.previous_at)
    came = came.where(SourceReading.source_id == source_id, SourceReading.new > 0)
    rows = session.execute(came.order_by(SourceReading.at.desc()).limit(LEARNED_FROM)).all()
    arrivals, looked = [at for at, _ in rows], {at: earlier for at, earlier in rows if earlier}
    enough = arrivals[-1] if len(arrivals) == LEARNED_FROM else now - KEPT
    old = delete(SourceReading).where(SourceReading.source_id == source_id)
    session.execute(old.where(SourceReading.at < min(enough, now - SHOWN)))
    brought = select(Story.published_at).where(Story.first_seen_at == now, Story.source_id == source_id)
    dates = [at for at in session.scalars(brought.where(Story.published_at.is_not(None))) if at]
    found = learn(arrivals, looked=looked) or (learn(dates) if len(arrivals) <= 1 else None)
    values: dict[str, Any] = {}
    if found:
        values = {"rhythm_hours": found.usual, "patience_hours": found.patience, "rests_weekends": found.rests}
    newest = max([*dates, *session.scalars(select(Source.newest_at).where(Source.id == source_id))], key=_or_never)
    if newest:
        values["newest_at"] = newest
    if values:
        session.execute(update(Source).where(Source.id == source_id).values(values))


def _or_never(at: datetime | None) -> float:
    return at.timestamp() if at else float("-inf")
