"""`clusters` and `suggest`: what a script gets, and what a person reads."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.store import clusters, stories
from app.store.database import Database
from config import Config
from tests.cli.terminal import Program
from tests.people import Clock
from tests.scenario import Desk

SHAPE = {
    "id",
    "title",
    "summary",
    "outlet",
    "url",
    "published_at",
    "first_seen",
    "pictures",
    "score",
    "reasons",
    "cluster",
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    made = Program(tmp_path / "du-lieu")
    made.ask("setup", "--person", "Minh Tâm", "--preset", "dong-nai-2025", BANTIN_NEW_PASSPHRASE="ba con suối nhỏ xa")
    return made


@pytest.fixture
def shelf(program: Program) -> Desk:
    """The same folder, where stories come in; the program looks at the clock on the wall."""
    return Desk(Database.open(Config(data_dir=program.data_dir)), Clock(now=datetime.now(UTC)))


def fill(desk: Desk) -> tuple[str, str, str]:
    one, two, other = desk.receives("Cầu mới"), desk.receives("Cầu treo (TTXVN)"), desk.receives("Rẫy điều")
    with desk.database.writing() as session:
        clusters.settle(session, [(one, one), (two, one)], [])
        for story, score in ((one, 3), (two, 5), (other, 7)):
            row = stories.get(session, story)
            row.score, row.reasons = score, [{"label": "rẫy vườn", "points": score}]
    desk.database.close()
    return one, two, other


def test_events_of_several_stories_are_listed_with_how_many_tell_them(program: Program, shelf: Desk) -> None:
    one, two, _ = fill(shelf)
    (row,) = program.ask("clusters")
    assert row["stories"] == [one, two]
    assert (row["outlets"], row["independent"]) == (1, 1)
    assert set(row) == {"stories", "outlets", "independent", "copies"}
    assert "1 báo cùng đưa, 1 độc lập" in program("clusters").out


def test_a_desk_without_events_lists_none(program: Program) -> None:
    assert program.ask("clusters") == []
    assert program.ask("suggest") == []


def test_suggestions_come_best_first_one_of_each_event_with_their_reasons(program: Program, shelf: Desk) -> None:
    _, two, other = fill(shelf)
    rows = program.ask("suggest", "--limit", "2")
    assert [row["id"] for row in rows] == [other, two]
    assert set(rows[0]) >= SHAPE
    assert rows[0]["reasons"] == [{"label": "rẫy vườn", "points": 7}]
    assert "[rẫy vườn +7]" in program("suggest").out
    assert len(program.ask("suggest", "--limit", "1")) == 1
