"""Rules the desk made for incoming stories, what they did, and what the desk's own picks taught."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Rule(Base):
    """One filter with its actions: app/desk/filters.py says what both mean. Applied in the order of `place`."""

    __tablename__ = "rule"

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    name: Mapped[str]
    place: Mapped[int]
    conditions: Mapped[dict[str, Any]]
    actions: Mapped[dict[str, Any]]
    enabled: Mapped[bool]
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)  # null while it stands; what it did stays told


class RuleRun(Base):
    """A rule sent over the stories that were there already, or what it did there taken back; done in small steps."""

    __tablename__ = "rule_run"

    id: Mapped[str] = mapped_column(primary_key=True)
    rule_id: Mapped[str] = mapped_column(ForeignKey("rule.id"), index=True)
    undoes: Mapped[str | None] = mapped_column(default=None)  # the run it takes back; null when it applies the rule
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    since: Mapped[datetime | None] = mapped_column(default=None)  # stories first seen since then; null for all
    total: Mapped[int]  # stories it was to touch when it was asked for
    touched: Mapped[int] = mapped_column(default=0)
    below: Mapped[int]  # what is left has a smaller first_seen_seq than this
    ended_at: Mapped[datetime | None] = mapped_column(default=None)  # null while it is under way


class RuleHit(Base):
    """What a rule did to a story, and what the story was before, so that it can be told and undone."""

    __tablename__ = "rule_hit"

    rule_id: Mapped[str] = mapped_column(ForeignKey("rule.id"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True, index=True)
    at: Mapped[datetime]
    # What the actions changed, as [before, after]: triage, starred, person; and the tags added, as a list.
    before: Mapped[dict[str, Any]]
    run_id: Mapped[str | None] = mapped_column(default=None, index=True)  # null when the story had just come in
    undone_at: Mapped[datetime | None] = mapped_column(default=None)  # null while it stands


class LearnedWord(Base):
    """A word or pair of words that told kept stories from passed-over ones, with the points it gives."""

    __tablename__ = "learned_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    kept: Mapped[int]
    passed: Mapped[int]
    points: Mapped[float]
    enabled: Mapped[bool] = mapped_column(default=True)
