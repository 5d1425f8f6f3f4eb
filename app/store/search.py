"""The index over the words of every story: FTS5 on SQLite, tsvector on PostgreSQL; and how it is asked.

Each text stands in the index twice: folded, so that “dong bao” finds “đồng bào”, and with its marks, so that “Tày”
can be told from “tay”.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, select, text
from sqlalchemy.orm import Session

from app.desk.folding import fold, fold_and_plain, is_marked
from app.desk.query import Query
from app.models.story import Story
from app.store.conditions import conditions, first_since
from app.store.match import INDEX, But, Match, all_of, any_of, fits, folded_term, term

BETWEEN = "zqz"  # stands between the folded text and the marked one, so that no phrase reaches across
LONGEST_BODY = 100_000  # letters; PostgreSQL refuses a document of more than a megabyte
TIGHT = 2  # the first tiers: the words side by side, with their marks or without; looser ones only fill a page up
BY_WORDS: ColumnElement[int] = literal_column("+story_fts.rowid", Integer)


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one story, as they are or folded; `seq` is its first_seen_seq."""

    seq: int
    title: str
    summary: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found: 0 word by word with the marks, 1 word by word, 2 all the words, 3 words that go on."""

    tier: int
    story: Story


def index(session: Session, entries: Iterable[Entry]) -> None:
    """Puts stories into the index, in place of what it held of them."""
    values = [
        {"seq": e.seq, "title": _both(e.title), "summary": _both(e.summary), "body": _both(e.body[:LONGEST_BODY])}
        for e in entries
    ]
    if not values:
        return
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DELETE FROM story_fts WHERE rowid = :seq"), values)
        session.execute(
            text("INSERT INTO story_fts(rowid, title, summary, body) VALUES (:seq, :title, :summary, :body)"), values
        )
        return
    session.execute(
        text(
            "INSERT INTO story_fts(rowid, document) VALUES (:seq, setweight(to_tsvector('simple', :title), 'A') || "
            "setweight(to_tsvector('simple', :summary), 'B') || to_tsvector('simple', :body)) "
            "ON CONFLICT (rowid) DO UPDATE SET document = excluded.document"
        ),
        values,
    )


def find(session: Session, query: Query, *, limit: int, after: tuple[int, int] | None = None) -> list[Hit]:
    """The stories that fit: the words side by side first, then all of them anywhere; the newest first in each.

    `after` is (tier, first_seen_seq) of the last story of the page before: stories that leave or enter the list
    between two pages make none be skipped or shown twice, and a late page costs no more than the first.
    """
    found: list[Hit] = []
    start, below = after or (0, None)
    for tier, match in tiers(query):
        if tier < start or len(found) >= limit or (tier >= TIGHT > start and after):
            continue
        asked = _where(session, query, match)
        if below is not None and tier == start:
            asked.append(_place(match) < below)
        rows = session.scalars(
            _from(select(Story), match).where(*asked).order_by(_place(match).desc()).limit(limit - len(found))
        )
        found += [Hit(tier, story) for story in rows]
    return found


def count(session: Session, query: Query, *, at_most: int, page: int) -> int:
    """How many stories `find` would show in all with this many a page, counted no further than `at_most`."""
    total = 0
    for tier, match in tiers(query):
        if total >= (page if tier >= TIGHT else at_most):
            break
        few = _from(select(Story.id), match).where(*_where(session, query, match)).limit(at_most - total).subquery()
        total += session.scalar(select(func.count()).select_from(few)) or 0
    return total


def tiers(query: Query) -> list[tuple[int, Match | None]]:
    """What is asked of the index, the closest fit first; no story fits two of them. None asks nothing of it."""
    if not query.sought:
        return [(0, None)]
    whole = (query.words, *query.phrases)
    marked = all_of([term(text) for text in whole]) if any(map(is_marked, whole)) else None
    close = all_of([folded_term(text) for text in whole])
    found: list[tuple[int, Match | None]] = [(0, marked)] if marked else []
    found.append((1, _without(close, marked)))
    words = fold(query.words).split()
    phrases = [folded_term(text) for text in query.phrases]
    every = all_of([*map(folded_term, words), *phrases])
    if len(words) > 1:
        found.append((2, _without(every, close)))
    if len("".join(words)) > 1:
        beginning = all_of([*map(folded_term, words[:-1]), _begins(words[-1]), *phrases])
        found.append((3, _without(beginning, every)))
    return [(tier, match) for tier, match in found if match]


def _begins(word: str) -> Match | None:
    """A word that may go on; one letter alone begins half the language and is waited for."""
    return folded_term(word, begins=True) if len(word) > 1 else None


def _without(match: Match | None, other: Match | None) -> Match | None:
    return But(match, other) if match and other else match


def _where(session: Session, query: Query, match: Match | None) -> list[ColumnElement[bool]]:
    unwanted = any_of([term(text) for text in query.without])
    asked = conditions(query)
    if match:
        if query.first:  # FTS5 leaves out what came in earlier without a look at the stories
            asked.append(INDEX.c.rowid >= first_since(query.first))
        return [fits(session, _without(match, unwanted) or match), *asked]
    if unwanted:
        asked.append(Story.first_seen_seq.not_in(select(INDEX.c.rowid).where(fits(session, unwanted))))
    return asked


def _from(query: Select[Any], match: Match | None) -> Select[Any]:
    """The plus keeps SQLite from walking through the stories and asking the index of words about each."""
    return query.select_from(INDEX).join(Story, Story.first_seen_seq == BY_WORDS) if match else query


def _place(match: Match | None) -> ColumnElement[int]:
    """The column that both orders and is known without a look at the story."""
    return INDEX.c.rowid if match else Story.first_seen_seq.expression


def _both(text: str) -> str:
    folded, marked = fold_and_plain(text)
    return folded if folded == marked else f"{folded} {BETWEEN} {marked}"
