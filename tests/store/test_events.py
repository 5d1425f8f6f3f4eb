"""The log: every change leaves a line, and no line can be changed, taken out or cut off unseen."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.store import events
from app.store.database import Database
from tests.people import AN
from tests.scenario import Desk


@pytest.fixture
def log(desk: Desk) -> Database:
    desk.has_approved()
    return desk.database


def first_broken(database: Database) -> int | None:
    with database.reading() as session:
        return events.first_broken(session)


def tamper(database: Database, statement: str) -> None:
    """What somebody with the file in his hands can do: take the triggers away, then write."""
    with database.writing() as session:
        for verb in ("update", "delete", "insert"):
            session.execute(text(f"DROP TRIGGER event_never_{verb}"))
        session.execute(text(statement))


def test_an_honest_log_is_whole(log: Database) -> None:
    assert first_broken(log) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'article.returned' WHERE seq = 3",
        "UPDATE event SET kind = 'no.such.kind' WHERE seq = 3",
        "UPDATE event SET person_id = NULL WHERE seq = 3",
        "UPDATE event SET via = 'terminal' WHERE seq = 3",
        "UPDATE event SET fields = '{}' WHERE seq = 3",
        "UPDATE event SET fields = '[]' WHERE seq = 3",
        "UPDATE event SET at = '2026-11-23T02:00:00.000001+00:00' WHERE seq = 3",
        "UPDATE event SET hash = 'x' WHERE seq = 3",
        "UPDATE event SET previous = 'x' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 3",
        "UPDATE event SET seq = 100 WHERE seq = 3",
    ],
)
def test_a_changed_line_is_found_at_its_place(log: Database, statement: str) -> None:
    tamper(log, statement)
    assert first_broken(log) in (3, 4)


@pytest.mark.parametrize("change", ["fields = 'no json'", "at = 'yesterday'"])
def test_a_line_that_cannot_be_read_is_no_crash(log: Database, change: str) -> None:
    tamper(log, f"UPDATE event SET {change} WHERE seq = 3")
    assert first_broken(log) in (1, 2, 3)


@pytest.mark.parametrize("statement", ["DELETE FROM event WHERE seq > 5", "DELETE FROM event"])
def test_a_log_that_was_cut_off_is_found(log: Database, statement: str) -> None:
    tamper(log, statement)
    assert first_broken(log) in (1, 6)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (lambda desk, article: desk.edits(article, kicker="Mới"), "article.edited"),
        (lambda desk, article: desk.sends_back(article), "article.returned"),
        (lambda desk, article: desk.withdraws(article), "article.withdrawn"),
        (lambda desk, article: desk.places(desk.opens_issue(), article), "article.placed"),
    ],
)
def test_every_step_leaves_a_line(desk: Desk, step: Callable[[Desk, str], object], kind: str) -> None:
    article = desk.has_approved()
    step(desk, article)
    with desk.database.reading() as session:
        line = events.last_of(session, kind)
        assert line is not None
        assert line in events.of_subject(session, article)
        assert events.latest(session, limit=1)[0].hash == events.head(session)
        assert line.via == "web"


def test_a_refused_step_leaves_no_line(desk: Desk) -> None:
    article = desk.writes(by=AN)
    with desk.database.reading() as session:
        before = events.head(session)
    with pytest.raises(Exception, match="cannot take the step"):
        desk.approves(article)
    with desk.database.reading() as session:
        assert events.head(session) == before


def test_no_line_holds_a_word_of_the_article(desk: Desk) -> None:
    desk.has_approved(headline="Chữ bí ẩn của bài", body="Đoạn văn bí ẩn.")
    with desk.database.reading() as session:
        assert not [line.fields for line in events.latest(session) if "bí ẩn" in str(line.fields)]
