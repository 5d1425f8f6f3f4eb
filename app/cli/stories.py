"""`read`, `stories`, `story`, `sources`: what came in."""

from typing import Any

import click
from sqlalchemy.orm import Session

from app.cli.frame import Terminal, verb
from app.desk.cadence import VIETNAM
from app.desk.query import parse
from app.desk.rank import aged
from app.machine import preload_only
from app.models.story import Story
from app.store import sources as doors
from app.store import stories as shelf
from app.store.known_names import known_names
from app.store.search import find
from app.words import say
from feeds import intake
from feeds.catalogue import load_catalogue
from feeds.harvest import group_waiting
from feeds.outcomes import OUTCOMES
from feeds.registry import register

PATIENCE = 0.5  # seconds for grouping: enough for some hundred stories; nobody waits for the hints of a first load


@click.command()
@click.option("--source", "only", multiple=True, metavar="ID", help="Read this source only; may be given again.")
@verb
def read(terminal: Terminal, only: tuple[str, ...]) -> None:
    """Read the outlets' feeds now."""
    preload_only("feeds.reading", "feeds.pictures")  # no page is set
    folder, catalogue = terminal.open(), load_catalogue(terminal.config)
    with folder.database.writing() as session:
        register(session, catalogue)
    report = intake.read_sources(
        folder.database,
        terminal.config,
        catalogue,
        folder.assets,
        now=terminal.now,
        only=only or None,
        via="terminal",
        patience=PATIENCE,
    )
    rows = [
        {"id": s.id, "outcome": s.outcome, "new": s.new, "changed": s.changed, "seconds": round(s.seconds, 3)}
        for s in report.sources
    ]
    lines = [f"{s.id}: {terminal.say(OUTCOMES[s.outcome].msgid)} (+{s.new}, ~{s.changed})" for s in report.sources]
    total = terminal.say("%(new)d new stories, %(changed)d changed.", new=report.new, changed=report.changed)
    terminal.show({"sources": rows, "new": report.new, "changed": report.changed}, *lines, total)


@click.command()
@click.option("--search", default="", metavar="Q", help="Words and operators, as in the search box of the desk.")
@click.option("--limit", default=50, show_default=True, help="How many at the most.")
@verb
def stories(terminal: Terminal, search: str, limit: int) -> None:
    """List stories, the best scored first; with --search, those that fit, the closest first."""
    folder = terminal.open()
    group_waiting(folder.database, folder.assets, now=terminal.now)
    with folder.database.reading() as session:
        query = parse(search, names=known_names(session), today=terminal.now.astimezone(VIETNAM).date())
        found = (
            [hit.story for hit in find(session, query, limit=limit)]
            if search
            else shelf.listing(session, by_score=True, limit=limit)
        )
        rows = describe(terminal, session, found)
    for mistake in query.mistakes:
        click.echo(say(mistake, terminal.config.language), err=True)
    terminal.show(rows, *(f"{row['score']:>3}  {row['id']}  {row['outlet']}: {row['title']}" for row in rows))


@click.command()
@click.argument("story_id", metavar="ID")
@verb
def story(terminal: Terminal, story_id: str) -> None:
    """Show one story with its revisions."""
    folder = terminal.open()
    group_waiting(folder.database, folder.assets, now=terminal.now)
    with folder.database.reading() as session:
        found = shelf.get(session, story_id)
        row = describe(terminal, session, [found])[0]
        revisions = shelf.revisions(session, story_id)
    row["revisions"] = [
        {"number": r.number, "title": r.title, "fetched_at": r.fetched_at.isoformat(), "evidence": r.evidence}
        for r in revisions
    ]
    terminal.show(row, row["title"], row["summary"], row["url"], f"{row['outlet']} · {row['published_at'] or '?'}")


@click.command(name="sources")
@click.option("--on", "on", metavar="ID", help="Switch a source on.")
@click.option("--off", "off", metavar="ID", help="Switch a source off.")
@click.option("--by", "by", metavar="NAME", help="Whose hand this is; needed to switch.")
@verb
def sources(terminal: Terminal, on: str | None, off: str | None, by: str | None) -> None:
    """List the sources and their health, or switch one."""
    folder = terminal.open()
    with folder.database.writing() as session:
        register(session, load_catalogue(terminal.config))
    if on or off:
        if not by:
            raise click.UsageError("--on and --off need --by NAME.")
        actor = terminal.actor(folder, by)
        with folder.database.writing() as session:
            doors.switch(session, on or off or "", on=bool(on), actor=actor, now=terminal.now)
    with folder.database.reading() as session:
        found = doors.listing(session)
    rows = [
        {
            "id": s.id,
            "outlet": o.name,
            "name": s.name,
            "url": s.url,
            "grade": s.grade,
            "enabled": s.enabled,
            "outcome": s.outcome,
            "read_at": s.read_at.isoformat() if s.read_at else None,
        }
        for s, o in found
    ]
    lines = [
        f"{'●' if row['enabled'] else '○'} {row['id']}  {row['outlet']} – {row['name']}  {row['outcome'] or ''}"
        for row in rows
    ]
    terminal.show(rows, *lines)


def describe(terminal: Terminal, session: Session, found: Any) -> list[dict[str, Any]]:
    """Stories in the shape that scripts rely on; `score` and `reasons` tell what the age of each costs as well."""
    pictures = shelf.pictures(session, [s.id for s in found])
    outlets = {outlet.id: outlet.name for outlet in doors.outlets(session)}
    return [_row(terminal, s, outlets, [p.url for p in pictures[s.id]]) for s in found]


def _row(terminal: Terminal, s: Story, outlets: dict[str, str], pictures: list[str]) -> dict[str, Any]:
    _, cost = aged(s.seen_day, now=terminal.now)
    return {
        "id": s.id,
        "title": s.title,
        "summary": s.summary,
        "outlet": outlets.get(s.outlet_id, s.outlet_id),
        "url": s.url,
        "published_at": s.published_at.isoformat() if s.published_at else None,
        "first_seen": s.first_seen_at.isoformat(),
        "pictures": pictures,
        "score": s.score - cost,
        "reasons": [*s.reasons, *([{"label": terminal.say("age"), "points": -cost}] if cost else [])],
        "cluster": s.cluster_id,
    }


VERBS = [read, stories, story, sources]
