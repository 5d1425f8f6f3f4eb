"""`rules`: what the desk lets the machine do with what comes in."""

from datetime import timedelta
from typing import Any

import click
from sqlalchemy.orm import Session

from app.cli.frame import Terminal, verb
from app.store import rule_runs
from app.store import rules as shelf


@click.command(name="rules")
@click.option("--try", "tried", metavar="ID", help="Show what a rule would do to the stories there are.")
@click.option("--days", type=int, help="Only to stories of the last so many days.")
@click.option("--apply", "applied", metavar="ID", help="Apply a rule to the stories there are; needs --by.")
@click.option("--undo", "undone", metavar="RUN", help="Take back what a run did to older stories; needs --by.")
@click.option("--on", "on", metavar="ID", help="Set a rule to work; needs --by.")
@click.option("--off", "off", metavar="ID", help="Let a rule rest; needs --by.")
@click.option("--by", "by", metavar="NAME", help="Whose hand this is; needs the passphrase.")
@verb
def rules(
    terminal: Terminal,
    tried: str | None,
    days: int | None,
    applied: str | None,
    undone: str | None,
    on: str | None,
    off: str | None,
    by: str | None,
) -> None:
    """List the rules, try one on the stories there are, or apply one to them."""
    folder = terminal.open()
    since = terminal.now - timedelta(days=days) if days else None
    if tried:
        with folder.database.reading() as session:
            one = shelf.as_filter(shelf.get(session, tried))
            trial = rule_runs.try_out(session, one.conditions, one.actions, since=since, rule_id=tried)
        rows = [{"id": story.id, "title": story.title} for story in trial.newest]
        said = {"total": trial.total, "actions": trial.by_action, "newest": rows}
        return terminal.show(said, str(trial.total), *(f"{row['id']}  {row['title']}" for row in rows))
    if applied or undone or on or off:
        if not by:
            raise click.UsageError("--apply, --undo, --on and --off need --by NAME.")
        actor = terminal.actor(folder, by)
        with folder.database.writing() as session:
            if applied:
                rule_runs.start(session, applied, since=since, actor=actor, now=terminal.now)
            elif undone:
                rule_runs.start_undoing(session, undone, actor=actor, now=terminal.now)
            else:
                shelf.switch(session, on or off or "", on=bool(on), actor=actor, now=terminal.now)
        rule_runs.work_off(folder.database, now=terminal.now)
    with folder.database.reading() as session:
        rows = describe(session)
    return terminal.show(rows, *(f"{'●' if row['enabled'] else '○'} {row['id']}  {row['name']}" for row in rows))


def describe(session: Session) -> list[dict[str, Any]]:
    """The rules in the shape that scripts rely on."""
    touched = shelf.touched(session)
    runs = [run for run in rule_runs.listing(session) if not run.undoes]
    return [
        {
            **shelf.as_kept(rule),
            "touched": touched.get(rule.id, 0),
            "runs": [{"id": run.id, "touched": run.touched} for run in runs if run.rule_id == rule.id],
        }
        for rule in shelf.listing(session)
    ]


VERBS = [rules]
