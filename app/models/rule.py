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


class RuleHit(Base):
    """What a rule did to a story, and what the story was before, so that it can be told and undone."""

    __tablename__ = "rule_hit"

    rule_id: Mapped[str] = mapped_column(ForeignKey("rule.id"), primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("story.id"), primary_key=True, index=True)
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]]  # what the actions changed: triage, starred, person, tags added


class LearnedWord(Base):
    """A word or pair of words that told kept stories from passed-over ones, with the points it gives."""

    __tablename__ = "learned_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    kept: Mapped[int]
    passed: Mapped[int]
    points: Mapped[float]
    enabled: Mapped[bool] = mapped_column(default=True)
