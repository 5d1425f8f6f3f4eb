"""`add`, `opml`, `find-feed`: stories brought by hand, lists of feeds, and the doors of a site."""

import sys
from pathlib import Path
from typing import Any

import click

from app.cli.frame import Terminal, by_option, verb
from app.models.errors import NotFound, Refused
from app.store import sources
from app.store.folder import Folder
from feeds.catalogue import Catalogue, load_catalogue
from feeds.hand.byhand import Hand, Told
from feeds.hand.pasted import as_address, is_link
from feeds.outcomes import OUTCOMES
from feeds.registry import register
from feeds.sources.badges import judge_address
from feeds.sources.discovery import Candidate, discover
from feeds.sources.opml import Outline
from feeds.sources.own import add_source, site_of, write_list
from feeds.workbench import Workbench


@click.command()
@click.argument("what", metavar="FILE|URL|-")
@click.option("--title", default="", help="Title, where the text has none; of a photo what it shows.")
@click.option("--source", default="", help="Who said it: a name or an address.")
@click.option("--day", default="", metavar="YYYY-MM-DD", help="The day of the news.")
@click.option("--credit", default="", metavar="NAME", help="Who took the photo.")
@click.option("--confirm", is_flag=True, help="Read a page of a host that is on no list; it wears no badge.")
@by_option
@verb
def add(
    terminal: Terminal, what: str, title: str, source: str, day: str, credit: str, *, confirm: bool, by: str
) -> None:
    """Add a story by hand: a file, a link, or text from standard input (-)."""
    folder = terminal.open()
    catalogue = _catalogue(terminal, folder)
    hand = Hand(
        database=folder.database,
        config=terminal.config,
        catalogue=catalogue,
        assets=folder.assets,
        actor=terminal.actor(folder, by),
        now=terminal.now,
    )
    told = Told(title=title, caption=title, source=source, day=day, credit=credit)
    if what == "-":
        done = hand.text(sys.stdin.read(), told)
    elif Path(what).is_file():
        done = hand.file(Path(what).read_bytes(), told)
    elif is_link(what):
        done = hand.link(what, told, confirmed=confirm)
    else:
        raise NotFound("There is no file “%(name)s”, and it is no address either.", name=what)
    row = {"story": done.added.story_id, "state": done.added.state, "place_dropped": done.had_place}
    words = {
        "new": terminal.say("Added: %(id)s", id=done.added.story_id),
        "changed": terminal.say("Here already; the new text is its next revision: %(id)s", id=done.added.story_id),
        "known": terminal.say("Here already: %(id)s", id=done.added.story_id),
    }
    terminal.show(row, words[done.added.state])


@click.command(name="find-feed")
@click.argument("url")
@verb
def find_feed(terminal: Terminal, url: str) -> None:
    """Find the feeds of a site, with their newest titles."""
    catalogue = load_catalogue(terminal.config)
    verdict = judge_address(catalogue, as_address(url))
    if verdict.warning:
        raise Refused(verdict.warning, **verdict.values)
    folder = terminal.open()
    found = discover(folder.database, terminal.config, as_address(url), now=terminal.now)
    rows = [_candidate(one) for one in found.candidates]
    lines = [
        f"{one.url}  ({one.count})\n" + "\n".join(f"   {s.title}" for s in one.samples) for one in found.candidates
    ]
    terminal.show(rows, *(lines or [terminal.say("No feed was found.")]))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--take", multiple=True, metavar="URL", help="Add this feed of the list; “all” adds every one.")
@click.option("--by", "by", metavar="NAME", help="Whose hand this is; needed to add.")
@verb
def opml(terminal: Terminal, file: Path | None, take: tuple[str, ...], by: str | None) -> None:
    """Print all sources as OPML, or show a list and add feeds of it."""
    folder = terminal.open()
    catalogue = _catalogue(terminal, folder)
    if file is None:
        with folder.database.reading() as session:
            click.echo(write_list(session, now=terminal.now).decode(), nl=False)
        return
    with Workbench() as bench:
        outlines: tuple[Outline, ...] = bench.call("feeds.sources.opml.read_opml", file.read_bytes())
    with folder.database.reading() as session:
        known = {source.url for source, _ in sources.listing(session)}
    rows = [_row(terminal, catalogue, outline, known) for outline in outlines]
    if take:
        if not by:
            raise click.UsageError("--take needs --by NAME.")
        _take(terminal, folder, catalogue, outlines, rows, take, by)
    lines = [f"{'●' if row['known'] else '○'} {row['name']}  {row['url']}  {row['warning'] or ''}" for row in rows]
    terminal.show(rows, *lines)


def _take(
    terminal: Terminal,
    folder: Folder,
    catalogue: Catalogue,
    outlines: tuple[Outline, ...],
    rows: list[dict[str, Any]],
    take: tuple[str, ...],
    by: str,
) -> None:
    """Adds what was named, in one transaction; lookalikes and what is read already are left out of “all”."""
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        for outline, row in zip(outlines, rows, strict=True):
            wanted = outline.url in take or ("all" in take and not row["known"] and not row["warning"])
            if not wanted:
                continue
            made = add_source(
                session,
                catalogue,
                url=outline.url,
                name=outline.name,
                site_name=outline.folder or site_of(outline.url),
                kind=outline.kind,
                private=terminal.config.fetch_private_networks,
                actor=actor,
                now=terminal.now,
            )
            row["known"], row["added"] = True, made.id


def _catalogue(terminal: Terminal, folder: Folder) -> Catalogue:
    """The list of outlets, its rows in the database."""
    catalogue = load_catalogue(terminal.config)
    with folder.database.writing() as session:
        register(session, catalogue)
    return catalogue


def _row(terminal: Terminal, catalogue: Catalogue, outline: Outline, known: set[str]) -> dict[str, Any]:
    verdict = judge_address(catalogue, outline.url)
    return {
        "url": outline.url,
        "name": outline.name,
        "folder": outline.folder,
        "outlet": verdict.outlet,
        "verdict": verdict.kind,
        "warning": terminal.say(verdict.warning, **verdict.values) if verdict.warning else None,
        "known": outline.url in known,
        "added": None,
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "url": one.url,
        "kind": one.kind,
        "name": one.name,
        "state": one.state,
        "failed": OUTCOMES[one.state].failed,
        "count": one.count,
        "newest": one.newest.isoformat() if one.newest else None,
        "full_text": one.full_text,
        "same_as": one.same_as or None,
        "titles": [sample.title for sample in one.samples],
    }


VERBS = [add, find_feed, opml]
