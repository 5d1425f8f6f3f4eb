"""`issue new|add|show|seal|sign`, `release`, `parcels`: from approved articles to finished files."""

from datetime import date, datetime
from typing import Any

import click

from app.cli.frame import Terminal, by_option, verb
from app.desk.cadence import VIETNAM
from app.desk.policy import require
from app.desk.snapshot import short
from app.models.errors import NotFound, Refused
from app.models.issue import Issue, Seal
from app.store import issues, manuscript, parcels
from app.store.folder import Folder
from outbox import proof, release


@click.group()
def issue() -> None:
    """Compose, seal and sign a number of the bulletin."""


@issue.command()
@click.option("--number", type=int, help="Its number; the next of the year by default.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day it appears.")
@click.option("--pages", default=8, show_default=True, help="Pages: 4, 8, 12 …")
@by_option
@verb
def new(terminal: Terminal, number: int | None, day: datetime, pages: int, by: str) -> None:
    """Open a number."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        chosen = number or issues.next_number_of(session, day.year)
        made = issues.create(session, number=chosen, issue_date=day.date(), pages=pages, actor=actor, now=terminal.now)
    _show(terminal, folder, made.id)


@issue.command()
@click.argument("issue_id", metavar="ISSUE")
@click.argument("article_id", metavar="ARTICLE")
@click.option("--design", type=click.Choice(issues.DESIGNS), default="feature", show_default=True)
@click.option("--cover", is_flag=True, help="Put it on the cover.")
@by_option
@verb
def add(terminal: Terminal, issue_id: str, article_id: str, design: str, cover: bool, by: str) -> None:
    """Place an approved article at the end."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.writing() as session:
        found = find(session, issue_id)
        issues.add_article(session, found.id, article_id, design=design, actor=actor, now=terminal.now)
        if cover:
            issues.set_field(session, found.id, "cover", article_id, actor=actor, now=terminal.now)
    _show(terminal, folder, found.id)


@issue.command()
@click.argument("issue_id", metavar="ISSUE")
@verb
def show(terminal: Terminal, issue_id: str) -> None:
    """Show what an issue holds and what still stands in the way."""
    folder = terminal.open()
    with folder.database.reading() as session:
        found = find(session, issue_id)
    _show(terminal, folder, found.id)


@issue.command(name="list")
@verb
def list_(terminal: Terminal) -> None:
    """List the issues, newest first."""
    folder = terminal.open()
    with folder.database.reading() as session:
        rows = [_row(i) for i in issues.listing(session)]
    names = {row["id"]: terminal.name("stage", str(row["stage"])) for row in rows}
    terminal.show(
        rows, *(f"{row['year']}-{row['number']:02d}  {names[row['id']]}  {row['date']}  {row['id']}" for row in rows)
    )


@issue.command()
@click.argument("issue_id", metavar="ISSUE")
@by_option
@verb
def seal(terminal: Terminal, issue_id: str, by: str) -> None:
    """Freeze what will be printed and make its proofs."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    require(actor, "issue.seal")
    with folder.database.reading() as session:
        found = find(session, issue_id)
    sealed = proof.seal(folder, found.id, actor=actor, now=terminal.now)
    proof.make_proofs(folder, sealed, actor=actor, now=terminal.now)
    _show(terminal, folder, found.id)


@issue.command()
@click.argument("issue_id", metavar="ISSUE")
@click.option("--hash", "shown", required=True, metavar="HASH", help="The seal's hash, as `issue show` gives it.")
@by_option
@verb
def sign(terminal: Terminal, issue_id: str, shown: str, by: str) -> None:
    """Sign the sealed issue: the approver's signature over its hash."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    with folder.database.reading() as session:
        found = find(session, issue_id)
    release.sign(folder, found.id, shown=shown, actor=actor, now=terminal.now)
    _show(terminal, folder, found.id)


@click.command(name="release")
@click.argument("issue_id", metavar="ISSUE")
@by_option
@verb
def release_(terminal: Terminal, issue_id: str, by: str) -> None:
    """Put the signed issue's parcels on the shelf."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    require(actor, "issue.release")
    with folder.database.reading() as session:
        found = find(session, issue_id)
        if issues.signature(session, found.id) is None:
            raise Refused("Issue %(number)d is not signed yet.", number=found.number)
    release.make_parcels(folder, actor=actor, now=terminal.now, issue_id=found.id)
    _parcels(terminal, folder, found.id)


@click.command(name="parcels")
@click.argument("issue_id", metavar="ISSUE", required=False)
@verb
def parcels_(terminal: Terminal, issue_id: str | None) -> None:
    """List what waits in the outbox or lies on the shelf."""
    folder = terminal.open()
    with folder.database.reading() as session:
        chosen = find(session, issue_id).id if issue_id else None
    _parcels(terminal, folder, chosen)


def find(session: Any, name: str) -> Issue:
    """An issue by its id, or by year-number such as 2026-11. Raises NotFound."""
    for found in issues.listing(session):
        if name in (found.id, f"{found.year}-{found.number}", f"{found.year}-{found.number:02d}"):
            return found
    raise NotFound("There is no such issue.")


def _row(found: Issue) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": found.number,
        "year": found.year,
        "revision": found.revision,
        "date": found.issue_date.isoformat(),
        "pages": found.pages,
        "stage": found.stage.value,
    }


def _show(terminal: Terminal, folder: Folder, issue_id: str) -> None:
    with folder.database.reading() as session:
        found = issues.get(session, issue_id)
        composed = issues.composition(session, issue_id)
        headlines = {s.article_id: manuscript.content(session, s.article_id).headline for s in composed.slots}
        sealed = issues.latest_seal(session, issue_id)
        proofs = list(issues.proofs(session, sealed.id)) if sealed else []
    value = {
        **_row(found),
        "articles": [
            {"id": s.article_id, "design": s.design, "headline": headlines[s.article_id]} for s in composed.slots
        ],
        "cover": composed.cover,
        "seal": _seal(sealed),
        "proofs": [{"kind": p.kind, "subject": p.subject, "findings": p.findings} for p in proofs],
    }
    lines = [
        f"{found.year}-{found.number:02d} · {_day(found.issue_date)} · {terminal.name('stage', found.stage.value)}"
    ]
    lines += [f"  {s.design:<8} {headlines[s.article_id]}" for s in composed.slots]
    if sealed:
        lines.append(f"  {short(sealed.snapshot_hash)}  {sealed.snapshot_hash}")
    terminal.show(value, *lines)


def _seal(sealed: Seal | None) -> dict[str, Any] | None:
    if sealed is None:
        return None
    runs = [{"design": r["design"], "page": r["page"], "pages": r["pages"]} for r in sealed.snapshot["runs"]]
    return {"hash": sealed.snapshot_hash, "sealed_at": sealed.sealed_at.astimezone(VIETNAM).isoformat(), "runs": runs}


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _parcels(terminal: Terminal, folder: Folder, issue_id: str | None) -> None:
    with folder.database.reading() as session:
        found = parcels.listing(session, issue_id=issue_id)
    rows = [
        {"id": p.id, "kind": p.kind, "destination": p.destination, "state": p.state.value, "files": p.files}
        for p in found
    ]
    lines = [
        f"{terminal.name('state', p.state.value):<10} {p.kind:<10} {file['path']}"
        for p in found
        for file in p.files or [{"path": ""}]
    ]
    terminal.show(rows, *lines)


VERBS = [issue, release_, parcels_]
