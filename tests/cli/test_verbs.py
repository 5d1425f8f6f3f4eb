"""Each verb loads its own room only, and --help still knows them all."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import ROOMS
from app.paths import ROOT
from tests.cli.terminal import Call

# What belongs to the browser, the printer and the taking apart of foreign bytes; and what only an upgrade needs.
HEAVY = {"flask", "waitress", "apscheduler", "jinja2", "pikepdf", "PIL", "fontTools", "weasyprint", "feedparser"}
HEAVY |= {"alembic", "lxml", "nh3", "protego", "docx"}


def test_every_room_offers_the_verbs_it_is_asked_for_and_no_more() -> None:
    rooms = {path.stem for path in (ROOT / "app" / "cli").glob("*.py") if "\nVERBS = [" in path.read_text("utf-8")}
    assert set(ROOMS) == rooms
    for room, verbs in ROOMS.items():
        assert tuple(verb.name for verb in importlib.import_module(f"app.cli.{room}").VERBS) == verbs, room
