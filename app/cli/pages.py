"""`page`: the outlet's own page of one story, read now."""

import hashlib

import click

from app.cli.frame import Terminal, verb
from app.store import assets, pages, stories
from app.store.folder import Folder
from feeds.catalogue import load_catalogue
from feeds.outcomes import OUTCOMES
from feeds.pages.records import MEDIA_TYPE, is_intact
from feeds.pages.visits import read_pages


@click.command()
@click.argument("story_id", metavar="ID")
@click.option("--kept", is_flag=True, help="Show what was kept, without asking the outlet again.")
@verb
def page(terminal: Terminal, story_id: str, kept: bool) -> None:
    """Read the outlet's own page of one story now: its full text, with the evidence kept."""
    folder = terminal.open()
    with folder.database.reading() as session:
        stories.get(session, story_id)  # an unknown story is told before anything is asked for
    outcome = ""
    if not kept:
        (report,) = read_pages(
            folder.database,
            terminal.config,
            load_catalogue(terminal.config),
            folder.assets,
            [story_id],
            now=terminal.now,
            via="terminal",
        )
        outcome = report.outcome
    with folder.database.reading() as session:
        readings = pages.readings(session, story_id)
    rows = [
        {
            "number": reading.number,
            "url": reading.url,
            "title": reading.title,
            "standfirst": reading.standfirst,
            "text": reading.text,
            "author": reading.author,
            "published_at": reading.published_at.isoformat() if reading.published_at else None,
            "fetched_at": reading.fetched_at.isoformat(),
            "read_by": reading.read_by,
            "differs": reading.differs,
            "evidence": reading.evidence,
            "intact": _is_intact(folder, reading.evidence),
        }
        for reading in readings
    ]
    told = OUTCOMES.get(outcome)
    lines = [terminal.say(told.msgid), *([terminal.say(told.advice)] if told.advice else [])] if told else []
    if readings:
        newest = readings[0]
        lines += [newest.title, "", newest.standfirst, "", newest.text, "", newest.evidence]
    terminal.show({"story": story_id, "outcome": outcome or None, "readings": rows}, *lines)


def _is_intact(folder: Folder, evidence: str) -> bool:
    """Whether the kept file is still what its name says; of an answer of a server, also what it says of itself."""
    if not folder.assets.has(evidence):
        return False
    data = folder.assets.get(evidence)
    with folder.database.reading() as session:
        is_record = assets.describe(session, evidence).media_type == MEDIA_TYPE
    return is_intact(data, evidence) if is_record else hashlib.sha256(data).hexdigest() == evidence


VERBS = [page]
