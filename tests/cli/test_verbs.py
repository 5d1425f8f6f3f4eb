"""Each verb loads its own room only, and --help still knows them all."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import ROOMS, main
from app.paths import ROOT
from tests.cli.terminal import Program

# What belongs to the browser, the printer and the taking apart of foreign bytes; and what only an upgrade needs.
HEAVY = {"flask", "waitress", "apscheduler", "jinja2", "pikepdf", "fontTools", "weasyprint", "feedparser"}
HEAVY |= {"alembic", "lxml", "nh3", "protego", "docx"}


def test_every_room_offers_the_verbs_it_is_asked_for_and_no_more() -> None:
    rooms = {path.stem for path in (ROOT / "app" / "cli").glob("*.py") if "\nVERBS = [" in path.read_text("utf-8")}
    assert set(ROOMS) == rooms
    for room, verbs in ROOMS.items():
        assert tuple(verb.name for verb in importlib.import_module(f"app.cli.{room}").VERBS) == verbs, room


@pytest.mark.parametrize("room", ["stories", "health"])
def test_a_verb_loads_nothing_that_others_need(room: str) -> None:
    script = f"import sys, app.cli.main, app.cli.{room}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not HEAVY & set(done.stdout.split())


def test_the_help_names_every_verb_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert not [verb for verbs in ROOMS.values() for verb in verbs if f"\n  {verb} " not in said]
    assert "Lấy tin từ các nguồn ngay bây giờ." in said


def test_a_verb_nobody_knows_is_named(tmp_path: Path) -> None:
    answer = Program(tmp_path)("dance")
    assert answer.code == 2
    assert "dance" in answer.err
