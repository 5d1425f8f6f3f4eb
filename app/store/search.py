"""The index over the words of every story: FTS5 on SQLite, tsvector on PostgreSQL; text goes in and out folded."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """The folded words of one story; `seq` is its first_seen_seq."""

    seq: int
    title: str
    summary: str
    body: str = ""


def index(session: Session, entries: Iterable[Entry]) -> None:
    """Puts stories into the index, in place of what it held of them."""
    values = [{"seq": e.seq, "title": e.title, "summary": e.summary, "body": e.body} for e in entries]
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
