"""`clusters`, `suggest`: which stories tell one event, and what to look at first."""

from datetime import timedelta
from typing import Any

import click

from app.cli.frame import Terminal, verb
from app.cli.stories import describe
from app.desk.reports import Report
from app.models.story import Story
from app.store import clusters as events
from app.store import sources as doors
from app.store import topics
from feeds.harvest import group_waiting


@click.command()
@click.option("--days", default=21, show_default=True, help="Only events told within so many days.")
@click.option("--limit", type=int, help="How many at the most; all without it.")
@verb
def clusters(terminal: Terminal, days: int, limit: int | None) -> None:
    """List events told by several stories, and how many outlets report them by themselves."""
    folder = terminal.open()
    group_waiting(folder.database, folder.assets, now=terminal.now)
    with folder.database.reading() as session:
        groups = events.listing(session, since=terminal.now - timedelta(days=days), limit=limit)
        found = list(zip(groups, events.reports(session, groups), strict=True))
        names = {outlet.id: outlet.name for outlet in doors.outlets(session)}
    rows = [_row(members, report) for members, report in found]
    lines = [line for members, report in found for line in _lines(terminal, members, report, names)]
    terminal.show(rows, *lines)


@click.command()
@click.option("--limit", default=20, show_default=True, help="How many at the most.")
@verb
def suggest(terminal: Terminal, limit: int) -> None:
    """List what to look at first, one story of each event, with the reasons."""
    folder = terminal.open()
    group_waiting(folder.database, folder.assets, now=terminal.now)
    with folder.database.reading() as session:
        found = topics.suggested(session, now=terminal.now, limit=limit)
        rows = describe(terminal, session, found)
    lines = [f"{row['score']:>3}  {row['id']}  {row['outlet']}: {row['title']}  {_why(row['reasons'])}" for row in rows]
    terminal.show(rows, *lines)


def _row(members: list[Story], report: Report) -> dict[str, Any]:
    return {
        "stories": [story.id for story in members],
        "outlets": report.outlets,
        "independent": report.independent,
        "copies": [{"story": copy.story, "of": copy.of, "credit": copy.credit} for copy in report.copies],
    }


def _lines(terminal: Terminal, members: list[Story], report: Report, names: dict[str, str]) -> list[str]:
    said = terminal.say(
        "%(outlets)d outlets, %(independent)d by themselves",
        outlets=report.outlets,
        independent=report.independent,
    )
    copied = {copy.story: copy.credit for copy in report.copies}
    told = [
        f"  {s.id}  {names.get(s.outlet_id, s.outlet_id)}: {s.title}{_mark(terminal, copied, s.id)}" for s in members
    ]
    return [said, *told]


def _mark(terminal: Terminal, copied: dict[str, str], story: str) -> str:
    if story not in copied:
        return ""
    credit = copied[story]
    return f"  ({terminal.say('copies %(house)s', house=credit) if credit else terminal.say('word for word')})"


def _why(reasons: list[dict[str, Any]]) -> str:
    return " ".join(f"[{reason['label']} {reason['points']:+d}]" for reason in reasons)


VERBS = [clusters, suggest]
