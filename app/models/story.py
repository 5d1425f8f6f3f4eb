"""What the outlets published: immutable, with every revision and its evidence."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Computed, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class Triage(StrEnum):
    """What the desk decided about a story."""

    NEW = "new"
    KEPT = "kept"
    LATER = "later"
    DROPPED = "dropped"


class Story(Base):
    """One piece of news of one source. Its text is that of the newest revision; newness is `first_seen_seq`."""

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("source_id", "identity"),
        Index("ix_story_triage_seq", "triage", "first_seen_seq"),
        Index("ix_story_triage_standing", "triage", "standing", "first_seen_seq"),
        Index("ix_story_first_seen_at", "first_seen_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"), index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    identity: Mapped[str]  # the key the outlet's item is known by: see app/desk/decide.py
    url: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    author: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(default="vi")
    digest: Mapped[str]  # of title and summary of the newest revision
    published_at: Mapped[datetime | None]  # null when the outlet gave no readable date
    published_raw: Mapped[str]
    first_seen_at: Mapped[datetime]
    first_seen_seq: Mapped[int] = mapped_column(unique=True)
    folded: Mapped[str]  # title and summary without marks, for search
    score: Mapped[int] = mapped_column(default=0)
    seen_day: Mapped[int] = mapped_column(default=0, server_default="0")  # of first sight; 0 where age does not count
    # The order of the list: a point is worth as much as being PACE days younger (app/desk/rank.py).
    standing: Mapped[int] = mapped_column(Computed("3 * score + seen_day", persisted=True), init=False)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)  # {label, points}
    triage: Mapped[Triage] = mapped_column(by_value(Triage), default=Triage.NEW)
    cluster_id: Mapped[str | None] = mapped_column(
        default=None, index=True
    )  # null while no other story tells the same event
    starred: Mapped[bool] = mapped_column(default=False, server_default=false())
    garbled: Mapped[str | None] = mapped_column(default=None)  # the letter code it seems to be in; null if none
    brought_by: Mapped[str | None] = mapped_column(default=None)  # the person who brought it by hand; null from a feed


class StoryTag(Base):
    """A word the desk put on a story."""

    __tablename__ = "story_tag"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)


class Assignment(Base):
    """Who is to look at a story."""

    __tablename__ = "story_assignment"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]


class StoryPage(Base):
    """The article's own page as it stood at one time: its full text, and the evidence it was read from."""

    __tablename__ = "story_page"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    title: Mapped[str]
    standfirst: Mapped[str]
    text: Mapped[str]  # paragraphs, with an empty line between
    author: Mapped[str]
    published_raw: Mapped[str]
    published_at: Mapped[datetime | None]  # null when the page gives no readable time
    digest: Mapped[str]  # of title, standfirst and text
    read_by: Mapped[str]  # "recipe", "general" or "hand"
    evidence: Mapped[str]  # sha256 of the kept record: the answer as it came, with its headers and time
    fetched_at: Mapped[datetime]
    differs: Mapped[bool] = mapped_column(default=False, server_default=false())  # the two readers disagree on the text


class PageVisit(Base):
    """Whether somebody waits for the article's page of a story, and how it last ended: see feeds/outcomes.py."""

    __tablename__ = "page_visit"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    asked_at: Mapped[datetime | None] = mapped_column(default=None, index=True)  # null unless somebody waits for it
    asked_by: Mapped[str | None] = mapped_column(default=None)  # the person who asked last; null for the timer
    outcome: Mapped[str | None] = mapped_column(default=None)  # null until the first reading
    read_at: Mapped[datetime | None] = mapped_column(default=None)  # null until the first reading


class StorySentence(Base):
    """The sentences of a story by their hash, so that who copied whom can be told."""

    __tablename__ = "story_sentence"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)


class StoryLink(Base):
    """An earlier story this one seems to speak of as well, though they were not put together: a weaker hint."""

    __tablename__ = "story_link"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(primary_key=True, index=True)  # no key: its own writing may have failed
    percent: Mapped[int]  # how like they are


class Alias(Base):
    """A further key a story of this source is known by, so that a changed id does not double it."""

    __tablename__ = "story_alias"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), index=True)


class Revision(Base):
    """What the outlet said at one time, with the evidence it was read from."""

    __tablename__ = "story_revision"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    digest: Mapped[str]
    evidence: Mapped[str]  # sha256 of the raw item as it came, kept among the assets
    fetched_from: Mapped[str]
    fetched_at: Mapped[datetime]


class StoryPicture(Base):
    """A picture the outlet showed with a story."""

    __tablename__ = "story_picture"

    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")
    asset: Mapped[str | None] = mapped_column(default=None, index=True)  # null until it was fetched
    trouble: Mapped[str | None] = mapped_column(default=None)  # msgid why it could not be fetched; null while well
    screen: Mapped[str | None] = mapped_column(default=None)  # the small size for lists; null until it was made
    credit: Mapped[str | None] = mapped_column(default=None)  # null when the outlet names nobody


class Asset(Base):
    """A file kept by its content: pictures and evidence. The bytes lie in data_dir/assets."""

    __tablename__ = "asset"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int | None] = mapped_column(default=None)  # null unless it is a picture
    height: Mapped[int | None] = mapped_column(default=None)  # null unless it is a picture
    kept_at: Mapped[datetime]
    look: Mapped[str | None] = mapped_column(String(16), default=None)  # perceptual hash in hex; null unless a picture
    # sha256 of the first kept picture that looks like this one; null when it is itself the first.
    first_like: Mapped[str | None] = mapped_column(default=None, index=True)
