"""Outlets of the official press and their doors."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Outlet(Base):
    """A press or State body. Kept in step with the catalogue; `hosts` decide who may wear its badge."""

    __tablename__ = "outlet"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    credit: Mapped[str]
    site: Mapped[str]
    hosts: Mapped[list[str]]
    agreement: Mapped[bool] = mapped_column(default=False)  # a written agreement to reprint is on file


class Source(Base):
    """One door of an outlet and its health."""

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(primary_key=True)
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    name: Mapped[str]
    url: Mapped[str]
    grade: Mapped[str]
    enabled: Mapped[bool]
    etag: Mapped[str | None] = mapped_column(default=None)  # null until a server sends one
    last_modified: Mapped[str | None] = mapped_column(default=None)  # null until a server sends one
    body_digest: Mapped[str | None] = mapped_column(default=None)  # null until the first reading
    outcome: Mapped[str | None] = mapped_column(default=None)  # null until the first reading
    message: Mapped[str | None] = mapped_column(default=None)  # msgid of the last trouble; null while well
    failures: Mapped[int] = mapped_column(default=0)  # readings in a row that failed
    read_at: Mapped[datetime | None] = mapped_column(default=None)  # null until the first reading
    new_at: Mapped[datetime | None] = mapped_column(default=None)  # null until it brought a new story
    next_try_at: Mapped[datetime | None] = mapped_column(default=None)  # null when it may be read at once
