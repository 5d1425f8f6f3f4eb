"""`health`: how every source is, in the order in which they need attention."""

from datetime import datetime
from typing import Any

import click

from app.cli.frame import Terminal, verb
from app.desk.health import QUIET, Health, State, judge
from app.models.outlet import Outlet, Source
from app.store import source_health
from feeds.catalogue import load_catalogue
from feeds.outcomes import OUTCOMES
from feeds.registry import register

ORDER = list(State)
MARKS = {State.GOOD: "●", State.SILENT: "◐", State.ERROR: "✗", State.NEW: "…", State.OFF: "○"}


@click.command(name="health")
@verb
def health(terminal: Terminal) -> None:
    """Show how the sources are: good, silent, failing, and what to do."""
    folder = terminal.open()
    with folder.database.writing() as session:
        register(session, load_catalogue(terminal.config))
    with folder.database.reading() as session:
        found = [(s, o, judge(facts, now=terminal.now)) for s, o, facts in source_health.facts(session)]
    found.sort(key=lambda one: (ORDER.index(one[2].state), -one[0].failures))
    rows = [row(source, outlet, state) for source, outlet, state in found]
    terminal.show(rows, *(line(terminal, *one) for one in found))


def row(source: Source, outlet: Outlet, state: Health) -> dict[str, Any]:
    """A source in the shape that scripts rely on: times in ISO, sentences in English."""
    happened, advice = sentences(source, state)
    return {
        "id": source.id,
        "outlet": outlet.name,
        "name": source.name,
        "state": state.state.value,
        "outcome": source.outcome,
        "message": happened,
        "advice": advice,
        "since": iso(state.since),
        "last_read": iso(source.read_at),
        "last_new": iso(source.new_at),
        "next_try": iso(source.next_try_at),
        "rhythm_hours": source.rhythm_hours,
        "failures": source.failures,
    }


def line(terminal: Terminal, source: Source, outlet: Outlet, state: Health) -> str:
    """A source for a person."""
    said = " ".join(terminal.say(words) for words in sentences(source, state) if words)
    when = f"{state.since:%Y-%m-%d %H:%M}" if state.since else ""
    return "  ".join(filter(None, (MARKS[state.state], source.id, f"{outlet.name} – {source.name}", when, said)))


def sentences(source: Source, state: Health) -> tuple[str, str]:
    """What happened and what to do, as msgids; both empty while there is nothing to say."""
    if state.state in (State.OFF, State.NEW):
        return "", ""
    if state.state == State.SILENT and state.quiet in QUIET:
        return QUIET[state.quiet]
    outcome = OUTCOMES.get(source.outcome or "")
    return (outcome.msgid, outcome.advice) if outcome and outcome.advice else ("", "")


def iso(at: datetime | None) -> str | None:
    """A time for scripts."""
    return at.isoformat() if at else None


VERBS = [health]
