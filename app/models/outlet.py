"""Outlets of the official press and their doors; also the sites an office added itself, which wear no badge."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, false, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SourceKind(StrEnum):
    """What kind of door a source is."""

    FEED = "feed"
    SECTION = "section"  # a page of headlines, where an outlet has no feed
    HAND = "hand"  # what people bring: pasted text, a link, a file


class Outlet(Base):
    """A press or State body. Kept in step with the catalogue; `hosts` decide who may wear its badge."""

    __tablename__ = "outlet"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    credit: Mapped[str]
    site: Mapped[str]
    hosts: Mapped[list[str]]
    agreement: Mapped[bool] = mapped_column(default=False)  # a written agreement to reprint is on file
    official: Mapped[bool] = mapped_column(default=True, server_default=true())  # on the list: wears its badge
    # Article pages in a row that the outlet's recipe could not read: its layout has changed.
    layout_misses: Mapped[int] = mapped_column(default=0, server_default="0")


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
    first_at: Mapped[datetime | None] = mapped_column(default=None)  # null until the first reading
    new_at: Mapped[datetime | None] = mapped_column(default=None)  # null until it brought a new story
    next_try_at: Mapped[datetime | None] = mapped_column(default=None)  # null when it may be read at once
    kind: Mapped[str] = mapped_column(default="feed", server_default="feed")  # a SourceKind
    own: Mapped[bool] = mapped_column(default=False, server_default=false())  # added by this office, in no catalogue
    # What the office set over the catalogue's: fields of feeds.catalogue.Quirks; null while it set nothing.
    quirks: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    rhythm_hours: Mapped[float | None] = mapped_column(default=None)  # null until learned: app/desk/rhythm.py
    patience_hours: Mapped[float | None] = mapped_column(default=None)  # null until learned: then it counts as silent
    rests_weekends: Mapped[bool] = mapped_column(default=False, server_default=false())  # Saturdays, Sundays count not
    newest_at: Mapped[datetime | None] = mapped_column(default=None)  # null until it brought a story with a date
    failing_since: Mapped[datetime | None] = mapped_column(default=None)  # null while the last reading was well
    asked_at: Mapped[datetime | None] = mapped_column(default=None)  # null unless somebody asked to read it at once


class SourceReading(Base):
    """A reading of a source worth keeping: one that brought something, or ended otherwise than the one before."""

    __tablename__ = "source_reading"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    new: Mapped[int]
    changed: Mapped[int]
    previous_at: Mapped[datetime | None] = mapped_column(default=None)  # null when it was the source's first reading


class SourceMemory(Base):
    """What spares work at the next reading of a source: the items already parsed, and the cookies it gave us."""

    __tablename__ = "source_memory"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    items: Mapped[list[str]] = mapped_column(default_factory=list)  # short digests of the raw items last seen
    cookies: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)


class SiteRules(Base):
    """What the robots.txt of a site says, as it was last read; asked for again after a day."""

    __tablename__ = "site_rules"

    origin: Mapped[str] = mapped_column(primary_key=True)  # scheme, host and port
    rules: Mapped[str]  # empty where there are none
    read_at: Mapped[datetime]


class Traffic(Base):
    """Bytes received from outside on one day (ISO, Viet Nam's time), for lines that are paid by volume."""

    __tablename__ = "traffic"

    day: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int]
