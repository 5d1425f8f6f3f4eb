"""Our own articles: the row says where an article stands, the operations hold its words."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class Stage(StrEnum):
    """Where an article stands: app/desk/stages.py says which step leads where."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PLACED = "placed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Article(Base):
    """What we say. `stage` is a fact of the workflow; the words are in the operations."""

    __tablename__ = "article"

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    lang: Mapped[str]
    stage: Mapped[Stage] = mapped_column(by_value(Stage))
    seq: Mapped[int] = mapped_column(unique=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(default="")  # the sentence it was returned or withdrawn with
    remark_by: Mapped[str | None] = mapped_column(
        ForeignKey("person.id"), default=None
    )  # null while there is no remark


class ArticleStory(Base):
    """A story an article is built on, at the revision it was read at."""

    __tablename__ = "article_story"

    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True)
    revision: Mapped[int]


class Approval(Base):
    """A second person's signature over everything a reader can see. Never changed, never deleted."""

    __tablename__ = "approval"

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    content_hash: Mapped[str]
    content: Mapped[dict[str, Any]]
    seq: Mapped[int] = mapped_column(unique=True)
    approved_at: Mapped[datetime]
    via: Mapped[str]


class Justification(Base):
    """Why a finding was let stand; it holds for these exact words only."""

    __tablename__ = "justification"

    id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(index=True)  # id of the article or issue
    kind: Mapped[str]
    words: Mapped[str]
    reason: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
