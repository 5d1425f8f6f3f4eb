"""`bantin health`: for scripts and for people."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.store import source_health
from app.store.folder import Folder
from app.store.source_health import Health
from config import Config
from feeds.outcomes import OUTCOMES
from tests.cli.terminal import Program
from tests.people import NOW

KEYS = {
    *("id", "outlet", "name", "state", "outcome", "message", "advice", "since", "last_read", "last_new", "next_try"),
    *("rhythm_hours", "failures"),
}
EVERY = timedelta(minutes=30)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path / "var")
    typed = "bốn từ thật dễ nhớ\n"
    assert program("setup", "--person", "Minh Tâm", typed=typed).code == 0
    return program


def ends(program: Program, source: str, outcome: str) -> None:
    folder = Folder.open(Config(data_dir=program.data_dir), now=NOW)
    meaning = OUTCOMES[outcome]
    with folder.database.writing() as session:
        health = Health(outcome=outcome, message=meaning.msgid, failed=meaning.failed)
        source_health.note(session, source, health, now=NOW, every=EVERY)
    folder.database.close()


def test_every_source_is_told_and_those_in_need_first(program: Program) -> None:
    rows = program.ask("health")
    assert {frozenset(row) for row in rows} == {frozenset(KEYS)}
    assert {row["state"] for row in rows} == {"new", "off"}
    sick = next(row["id"] for row in rows if row["state"] == "new")
    ends(program, sick, "portal")
    first = program.ask("health")[0]
    assert (first["id"], first["state"], first["outcome"], first["failures"]) == (sick, "error", "portal", 1)
    assert first["message"] == OUTCOMES["portal"].msgid
    assert first["advice"] == OUTCOMES["portal"].advice
    assert first["since"] == first["last_read"] == NOW.isoformat()


def test_a_person_reads_plain_lines(program: Program) -> None:
    sick = program.ask("health")[0]["id"]
    ends(program, sick, "gone")
    line = program("health").out.splitlines()[0]
    assert line.startswith(f"✗  {sick}  ")
    assert "Tìm lại địa chỉ nguồn của báo." in line
