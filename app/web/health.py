"""Sức khỏe nguồn tin: every source with how it is, what to do about it, and its last thirty days."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk import health
from app.desk.health import Day, State
from app.desk.policy import may
from app.models.outlet import SourceKind
from app.models.person import Person
from app.store import pages, source_health, sources
from app.web import health_words, source_settings
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.health_words import Row
from app.web.pages import Page
from app.web.phrases import tr
from feeds.outcomes import OUTCOMES
from feeds.wire.budget import open_budget

routes = Blueprint("health", __name__)
WEAK = "D"  # one weak hint that the address lives: shown only to who looks for it
FAILING = frozenset(name for name, outcome in OUTCOMES.items() if outcome.failed)
# Where finding the outlet's feed anew is the thing to do.
LOST = frozenset(
    {"gone", "web_page", "not_feed", "moved", "status", "empty", "forbidden", "challenge", "encoding", "redirects"}
)
LAST = 24  # readings told one by one
STEP, HIGH = 6, 30  # of the strip: units of one day, and of its tallest bar


@routes.get(health_words.PAGE)
@needs("look")
@door("reading")
def page(session: Session) -> Page:
    """`?xem=can-xem` shows only what needs a look."""
    now = context().now()
    person = cast(Person, g.visitor.person)
    found = [row for row in health_words.rows(session, now=now) if row.source.kind != SourceKind.HAND]
    on = [row for row in found if row.source.enabled]
    needy = [row for row in on if row.needs_look]
    off = [row for row in found if not row.source.enabled]
    only_needy = request.args.get("xem") == "can-xem"
    days = source_health.readings(session, since=now - timedelta(days=health.DAYS))
    return Page(
        "health.html",
        {
            "summary": health_words.summary(on, now=now),
            "note": note(found),
            "layouts": [outlet.name for outlet in pages.broken_layouts(session)],
            "shown": [describe(row, days.get(row.source.id, ()), now=now) for row in (needy if only_needy else on)],
            "counts": {"on": len(on), "needy": len(needy)},
            "only_needy": only_needy,
            "off": [describe(row, (), now=now) for row in off if row.source.grade != WEAK],
            "weak": [describe(row, (), now=now) for row in off if row.source.grade == WEAK],
            "traffic": _traffic(session, now=now),
            "reading": any(row.source.asked_at for row in found),
            "manages": may(person.role, "source.manage"),
        },
    )


@routes.get(f"{health_words.PAGE}/<source_id>")
@needs("look")
@door("reading")
def one(session: Session, source_id: str) -> Page:
    """One source: the figures behind its strip, and how its last readings ended."""
    now = context().now()
    sources.get(session, source_id)
    row = next(row for row in health_words.rows(session, now=now) if row.source.id == source_id)
    kept = source_health.readings(session, since=now - timedelta(days=health.DAYS)).get(source_id, [])
    readings = [
        {"at": health_words.at(at), "words": health_words.ended(outcome, new), "failed": outcome in FAILING}
        for at, new, outcome in reversed(kept[-LAST:])
    ]
    person = cast(Person, g.visitor.person)
    set_here = source_settings.about(session, row.source) if may(person.role, "source.manage") else None
    values = {"row": describe(row, kept, now=now), "readings": readings, "settings": set_here}
    return Page("health_source.html", values)


@routes.post(f"{health_words.PAGE}/<source_id>/doc")
@needs("source.manage")
@door("writing")
def read_now(session: Session, source_id: str) -> Response:
    """Asks for one source to be read at once; the timer does it within seconds."""
    sources.ask(session, source_id, actor=actor(), now=context().now())
    return redirect(f"{health_words.PAGE}?xong=doc-nguon#{source_id}", 303)


def note(found: Sequence[Row]) -> str:
    """What stands in the way of most sources at once, in one sentence with what to do; empty when nothing does."""
    name = health_words.in_the_way(found)
    outcome = OUTCOMES["connection" if name == "network" else name] if name else None
    if outcome is None:
        return ""
    if name == "network":
        return tr("Most outlets cannot be reached: the network of this computer seems to be down.")
    return f"{tr(outcome.msgid)} {tr(outcome.advice)}"


def describe(row: Row, kept: Sequence[tuple[datetime, int, str]], *, now: datetime) -> dict[str, Any]:
    """A source as the page shows it."""
    source = row.source
    happened, advice = health_words.told(row)
    return {
        "id": source.id,
        "outlet": row.outlet.name,
        "name": source.name,
        "url": source.url,
        "own": source.own,
        "on": source.enabled,
        "chip": health_words.chip(row, now=now),
        "timing": health_words.timing(row, now=now),
        "happened": happened,
        "advice": advice,
        "find": row.outlet.site if is_lost(row) else "",
        "read_at": source.read_at,
        "new_at": source.new_at,
        "next_at": source.next_try_at if source.next_try_at and source.next_try_at > now else None,
        "asked": source.asked_at is not None,
        "strip": draw(health.strip(kept, failing=FAILING, now=now)) if source.enabled and source.read_at else None,
    }


def is_lost(row: Row) -> bool:
    """Whether looking for the feed anew is what helps."""
    if row.health.state == State.ERROR:
        return row.source.outcome in LOST
    return row.health.state == State.SILENT


def draw(days: Sequence[Day]) -> dict[str, Any]:
    """Thirty days as two paths, of new stories and of failures, and the days on which anything happened."""
    most = max((day.new for day in days), default=0) or 1
    bars = [
        f"M{n * STEP + 1} {HIGH}v-{max(round(day.new / most * (HIGH - 2)), 2)}h{STEP - 2}V{HIGH}z"
        for n, day in enumerate(days)
        if day.new
    ]
    failures = [f"M{n * STEP + 1} {HIGH + 2}h{STEP - 2}v4h-{STEP - 2}z" for n, day in enumerate(days) if day.failed]
    return {
        "bars": "".join(bars),
        "failures": "".join(failures),
        "wide": len(days) * STEP,
        "new": sum(day.new for day in days),
        "failed": sum(day.failed for day in days),
        "days": [day for day in reversed(days) if day.new or day.failed],
    }


def _traffic(session: Session, *, now: datetime) -> dict[str, Any]:
    """What came today over the line, in megabytes, what may come, and what waits for tomorrow."""
    budget = open_budget(session, context().config, now=now)
    limit = context().config.fetch_daily_megabytes
    return {"spent": budget.spent / 1_000_000, "limit": limit, "waits": health_words.waits(budget)}
