"""The append-only log, and the ledger of what the timer ran."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Event(Base):
    """One line of the log: ids, field names and hashes, never text or a recipient's data. Chained by hash."""

    __tablename__ = "event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str]
    kind: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # null for the timer
    via: Mapped[str]
    fields: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class Run(Base):
    """One slot of one job of the timer; the unique key is what keeps it from running twice."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    job: Mapped[str]
    slot: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)  # null while it runs, or when it was killed
    outcome: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)


class Counter(Base):
    """The growing numbers of the office, raised inside the writing transaction."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
