"""`host`: whose address this is, an outlet's, nobody's on the list, or one made to be taken for an outlet's."""

import json
from typing import IO, Any

import click

from app.cli.frame import Terminal, verb
from app.desk.lookalikes import Known, Verdict, judge
from feeds.catalogue import load_catalogue
from feeds.sources.badges import known_outlets


@click.command()
@click.argument("url", required=False)
@click.option("--batch", type=click.File("r", encoding="utf-8-sig", errors="replace"), metavar="FILE",
              help="One address a line; answers with one JSON object a line.")  # fmt: skip
@verb
def host(terminal: Terminal, url: str | None, batch: IO[str] | None) -> None:
    """Say whose address this is, and warn of lookalikes."""
    if (url is None) == (batch is None):
        raise click.UsageError("Give one URL, or --batch FILE.")
    known = known_outlets(load_catalogue(terminal.config))
    if batch is not None:
        for line in batch:
            if line.strip("\r\n "):
                click.echo(json.dumps(_row(terminal, judge(line.strip("\r\n "), known)), ensure_ascii=False))
        return
    verdict = judge(url or "", known)
    row = _row(terminal, verdict)
    terminal.show(row, *_lines(terminal, verdict, known))


def _row(terminal: Terminal, verdict: Verdict) -> dict[str, Any]:
    warning = terminal.say(verdict.warning, **verdict.values) if verdict.warning else None
    return {"outlet": verdict.outlet, "verdict": verdict.kind, "warning": warning}


def _lines(terminal: Terminal, verdict: Verdict, known: tuple[Known, ...]) -> list[str]:
    if verdict.kind == "official":
        name = next(outlet.name for outlet in known if outlet.id == verdict.outlet)
        return [terminal.say("%(host)s belongs to %(outlet)s.", host=verdict.host, outlet=name)]
    told = [terminal.say(words, **verdict.values) for words in (verdict.warning, verdict.note) if words]
    return told or [terminal.say("%(host)s is on no list: no badge.", host=verdict.host)]


VERBS = [host]
