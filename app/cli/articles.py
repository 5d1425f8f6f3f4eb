"""`article new|edit|submit|approve|return|show`: from a story to a signed text."""

from typing import Any

import click

from app.cli.frame import Terminal, by_option, verb
from app.desk.content import FIELDS
from app.desk.snapshot import digest, short
from app.models.errors import Refused
from app.store import articles, checks, manuscript
from app.store.folder import Folder
from app.store.operations import Write
from app.words import say_finding

BODY = "body"  # the paragraphs, given as one text with empty lines between


@click.group()
def article() -> None:
    """Write articles and bring them to approval."""


@article.command()
@click.option("--story", "story_ids", multiple=True, metavar="ID", help="A story it is built on; may be given again.")
@by_option
@verb
def new(terminal: Terminal, story_ids: tuple[str, ...], by: str) -> None:
    """Start a draft."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        made = articles.create(session, story_ids=story_ids, actor=actor, now=terminal.now)
    terminal.show({"id": made.id, "stage": made.stage.value}, made.id)


@article.command()
@click.argument("article_id", metavar="ID")
@click.option("--field", required=True, type=click.Choice([*FIELDS, BODY]), help="Which field.")
@click.option("--text", required=True, help="Its whole new text; of the body, empty lines part paragraphs.")
@by_option
@verb
def edit(terminal: Terminal, article_id: str, field: str, text: str, by: str) -> None:
    """Write one field. An edit voids an approval."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        if field == BODY:
            parts = [("text", part.strip()) for part in text.split("\n\n") if part.strip()]
            articles.set_paragraphs(session, article_id, parts, actor=actor, now=terminal.now)
        else:
            write = Write(noun="article", key=article_id, field=field, value=text)
            articles.write(session, article_id, [write], actor=actor, now=terminal.now)
    _show(terminal, folder, article_id)


@article.command()
@click.argument("article_id", metavar="ID")
@verb
def show(terminal: Terminal, article_id: str) -> None:
    """Show an article with its findings and hash."""
    _show(terminal, terminal.open(), article_id)


@article.command()
@click.argument("article_id", metavar="ID")
@click.option("--hash", "shown", metavar="HASH", help="Refuse unless the text still has this hash.")
@by_option
@verb
def submit(terminal: Terminal, article_id: str, shown: str | None, by: str) -> None:
    """Hand an article to a second person."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        articles.submit(session, article_id, shown=_hash(session, article_id, shown), actor=actor, now=terminal.now)
    _show(terminal, folder, article_id)


@article.command()
@click.argument("article_id", metavar="ID")
@click.option("--hash", "shown", metavar="HASH", help="Refuse unless the text still has this hash.")
@by_option
@verb
def approve(terminal: Terminal, article_id: str, shown: str | None, by: str) -> None:
    """Approve the article exactly as it stands; nobody approves his own words."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        articles.approve(session, article_id, shown=_hash(session, article_id, shown), actor=actor, now=terminal.now)
    _show(terminal, folder, article_id)


@article.command(name="return")
@click.argument("article_id", metavar="ID")
@click.option("--remark", required=True, help="One sentence: what should change.")
@by_option
@verb
def send_back(terminal: Terminal, article_id: str, remark: str, by: str) -> None:
    """Return an article with a sentence."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        shown = _hash(session, article_id, None)
        articles.send_back(session, article_id, remark=remark, shown=shown, actor=actor, now=terminal.now)
    _show(terminal, folder, article_id)


@article.command(name="list")
@verb
def list_(terminal: Terminal) -> None:
    """List articles, last changed first."""
    folder = terminal.open()
    with folder.database.reading() as session:
        found = articles.listing(session)
        fields = articles.headlines(session, [a.id for a in found])
    rows = [{"id": a.id, "stage": a.stage.value, "headline": fields[a.id].get("headline", "")} for a in found]
    terminal.show(rows, *(f"{terminal.name('stage', row['stage']):<16} {row['id']}  {row['headline']}" for row in rows))


def _hash(session: Any, article_id: str, shown: str | None) -> str:
    """The hash the caller saw, or, when he names none, that of the text he acts on now in one transaction."""
    if shown is not None and len(shown) != 64:
        raise Refused("A hash has 64 letters and digits.")
    return shown or digest(manuscript.content(session, article_id))


def _show(terminal: Terminal, folder: Folder, article_id: str) -> None:
    with folder.database.reading() as session:
        row = articles.get(session, article_id)
        content = manuscript.content(session, article_id)
        findings = checks.article_findings(session, content)
    hash_ = digest(content)
    value = {
        **manuscript.plain(content),
        "stage": row.stage.value,
        "hash": hash_,
        "findings": [{"kind": f.kind, "level": f.level, "words": f.words} for f in findings],
    }
    lines = [f"{terminal.name('stage', row.stage.value)} · {short(hash_)} · {content.headline}"]
    terminal.show(
        value,
        *lines,
        *(f"  {'!' if f.level == 'hard' else '?'} {say_finding(f, terminal.config.language)}" for f in findings),
    )


VERBS = [article]
