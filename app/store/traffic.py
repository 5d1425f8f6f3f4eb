"""How many bytes came from outside on which day."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.outlet import Traffic


def received(session: Session, day: str) -> int:
    """Bytes of one day (ISO, Viet Nam's time)."""
    return session.scalar(select(Traffic.bytes).where(Traffic.day == day)) or 0


def add(session: Session, day: str, size: int) -> None:
    """Adds bytes to a day; nothing is written for nothing."""
    if not size:
        return
    if session.get(Traffic, day) is None:
        session.add(Traffic(day=day, bytes=size))
    else:  # in the database, for another reader may add at the same time
        session.execute(update(Traffic).where(Traffic.day == day).values(bytes=Traffic.bytes + size))
    session.flush()
