"""The ledger of the timer: one row a job and slot, so that nothing runs twice or is missed unseen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.event import Run
from app.models.ids import new_id


def claim(session: Session, job: str, slot: str, *, now: datetime) -> str | None:
    """The id of the run when this slot is ours to run, or None when it has been run or is being run."""
    if session.scalar(select(Run.id).where(Run.job == job, Run.slot == slot)):
        return None
    run = Run(id=new_id(now), job=job, slot=slot, started_at=now)
    session.add(run)
    try:
        session.flush()
    except IntegrityError:  # another process claimed it between the two lines
        session.rollback()
        return None
    return run.id


def finish(session: Session, run_id: str, *, outcome: str, detail: dict[str, Any], now: datetime) -> None:
    """Notes how a run ended."""
    run = session.get(Run, run_id)
    if run is not None:
        run.ended_at, run.outcome, run.detail = now, outcome, detail


def last(session: Session, job: str) -> Run | None:
    """The newest run of a job that ended, or None."""
    query = select(Run).where(Run.job == job, Run.ended_at.is_not(None)).order_by(Run.started_at.desc()).limit(1)
    return session.scalar(query)


def latest(session: Session, *, limit: int = 20) -> Sequence[Run]:
    """The newest runs first."""
    return session.scalars(select(Run).order_by(Run.started_at.desc()).limit(limit)).all()


def forget_unfinished(session: Session) -> int:
    """Gives back slots that were claimed and never ended because the program was killed; returns how many.

    Call it only at the start, while holding the lock on the data folder.
    """
    unfinished = session.scalars(select(Run).where(Run.ended_at.is_(None))).all()
    for run in unfinished:
        session.delete(run)
    return len(unfinished)
