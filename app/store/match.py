"""What is asked of the index of words: terms, joined by all, any and without; put for FTS5 or for tsquery."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, column, func, literal_column, table
from sqlalchemy.orm import Session

from app.desk.folding import fold, is_marked, plain

INDEX = table("story_fts", column("rowid"), column("document"))


@dataclass(frozen=True, slots=True)
class Term:
    """Words in this order, as they stand in the index: with marks only where they occur with them.

    `where` is title, story (title and summary) or empty for the whole text; `begins`: the last word may go on.
    """

    words: tuple[str, ...]
    where: str = ""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class But:
    """The first without the second."""

    kept: "Match"
    without: "Match"


Match = Term | All | Either | But


def term(text: str, *, where: str = "") -> Term | None:
    """The words as they were typed; None when there are none."""
    words = tuple((plain(text) if is_marked(text) else fold(text)).split())
    return Term(words, where) if words else None


def folded_term(text: str, *, begins: bool = False) -> Term | None:
    """The words however they are written; None when there are none."""
    words = tuple(fold(text).split())
    return Term(words, begins=begins) if words else None


def all_of(parts: Sequence[Match | None]) -> Match | None:
    """Joined so that every one must fit; None when there is none."""
    real = tuple(part for part in parts if part)
    return real[0] if len(real) == 1 else All(real) if real else None


def any_of(parts: Sequence[Match | None]) -> Match | None:
    """Joined so that one must fit; None when there is none."""
    real = tuple(part for part in parts if part)
    return real[0] if len(real) == 1 else Either(real) if real else None


def fits(session: Session, match: Match) -> ColumnElement[bool]:
    """The condition on INDEX."""
    if session.get_bind().dialect.name == "sqlite":
        return literal_column("story_fts").op("MATCH", is_comparison=True)(_fts5(match))
    simple: Any = literal_column("'simple'::regconfig")
    return INDEX.c.document.op("@@", is_comparison=True)(func.to_tsquery(simple, _tsquery(match)))


def _fts5(match: Match) -> str:
    if isinstance(match, Term):
        column_filter = {"title": "{title} : ", "story": "{title summary} : ", "": ""}[match.where]
        return f'{column_filter}"{" ".join(match.words)}"{" *" if match.begins else ""}'
    if isinstance(match, But):
        return f"(({_fts5(match.kept)}) NOT ({_fts5(match.without)}))"
    joint = " AND " if isinstance(match, All) else " OR "
    return "(" + joint.join(_fts5(part) for part in match.parts) + ")"


def _tsquery(match: Match) -> str:
    if isinstance(match, Term):
        weights = {"title": "A", "story": "AB", "": ""}[match.where]
        star = "*" if match.begins else ""
        flags = [f":{mark}" if mark else "" for mark in [weights] * (len(match.words) - 1) + [star + weights]]
        return "(" + " <-> ".join(f"{word}{flag}" for word, flag in zip(match.words, flags, strict=True)) + ")"
    if isinstance(match, But):
        return f"({_tsquery(match.kept)} & !{_tsquery(match.without)})"
    joint = " & " if isinstance(match, All) else " | "
    return "(" + joint.join(_tsquery(part) for part in match.parts) + ")"
