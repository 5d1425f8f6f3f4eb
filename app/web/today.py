"""Hôm nay: what needs me now, and the state of things in one line."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from flask import Blueprint, g, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk import wording
from app.models.article import Stage
from app.models.issue import Issue
from app.models.office import Mode
from app.models.person import Person
from app.store import articles, events, issues, office, runs, sources, stories
from app.web import health_words, plan
from app.web.access import door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import ago, clock, local, moment, tr, trn, weekday
from app.web.tasks import tasks
from feeds.wire.budget import open_budget

routes = Blueprint("today", __name__)
WIDE = 133  # units of the longest bar


@routes.get("/")
@needs("anyone")
@door("reading")
def front(session: Session) -> Response:
    """The desk itself, or the set-up while there is no office."""
    return redirect("/hom-nay" if office.find(session) else "/cai-dat", 303)


@routes.get("/hom-nay")
@needs("look")
@door("reading")
def today(session: Session) -> Page:
    """One task leads, the rest are numbered; beside them the issue, the outlets and the timer."""
    now = context().now()
    person = cast(Person, g.visitor.person)
    found = tasks(session, person, now=now)
    issue = issues.open_issue(session)
    return Page(
        "today.html",
        {
            "day": local(now).date(),
            "lunar": wording.lunar_date(local(now).date()),
            "truth": truth(session, issue, now=now),
            "lead_task": found[0] if found else None,
            "others": found[1:],
            "count": len(found),
            "issue": _issue(session, issue) if issue else None,
            "week": week(session, now=now),
            "timer": timer(session, issue, now=now),
            "coming": samples_are_coming(session),
        },
    )


def truth(session: Session, issue: Issue | None, *, now: datetime) -> list[dict[str, str]]:
    """Five facts, each a link."""
    submitted = articles.counts(session).get(Stage.SUBMITTED, 0)
    read = _outside(session, now=now) if reads_outlets(session) else [_samples(session)]
    facts = [*read, _backup(session, now=now)]
    if issue is not None:
        closes = trn_close(issue)
        facts.append({"icon": "clock", "tone": "", "words": closes, "href": f"/so-ban-tin/{issue.id}"})
    words = trn("%(num)d article awaits approval", "%(num)d articles await approval", submitted)
    return [*facts, {"icon": "seal", "tone": "", "words": words, "href": "/duyet"}]


def trn_close(issue: Issue) -> str:
    """`Số 11 chốt Thứ Năm 16:00`: copy closes on the day before the issue."""
    day = issue.issue_date - timedelta(days=1)
    at = f"{weekday(day)} {context().config.copy_deadline:%H:%M}"
    return tr("Issue %(number)d closes %(at)s", number=issue.number, at=at)


def reads_outlets(session: Session) -> bool:
    """Whether outlets are read here; a desk of samples reads none unless somebody switched a source on."""
    return office.load(session).mode == Mode.REAL or any(s.enabled and s.read_at for s, _ in sources.listing(session))


def samples_are_coming(session: Session) -> bool:
    """Whether this is a practice desk whose sample stories the timer is still bringing."""
    return office.load(session).mode == Mode.TRAINING and not stories.count_few(session, stories.Wanted(), at_most=1)


def _samples(session: Session) -> dict[str, str]:
    if samples_are_coming(session):
        return {"icon": "later", "tone": "", "words": tr("The sample stories are being brought in…"), "href": "/tin-ve"}
    outlets = len(sources.counts(session, since=datetime.min.replace(tzinfo=UTC)))
    told = tr("Sample stories: %(count)d of %(outlets)d outlets", count=stories.count(session), outlets=outlets)
    return {"icon": "later", "tone": "", "words": told, "href": "/tin-ve"}


def _outside(session: Session, *, now: datetime) -> list[dict[str, str]]:
    """Whether there is a network, and how the sources are; what most of them met is said once, here."""
    found = [row for row in health_words.rows(session, now=now) if row.source.enabled]
    if not any(row.source.read_at for row in found):
        return [{"icon": "net", "tone": "", "words": tr("No outlet has been read yet"), "href": health_words.PAGE}]
    met = health_words.in_the_way(found)
    net = {
        "portal": ("nonet", tr("The network wants a sign-in (captive portal)")),
        "clock": ("warn", tr("The clock of this computer seems wrong")),
        "network": ("nonet", tr("No network")),
    }.get(met, ("net", tr("Online")))
    waits = health_words.waits(open_budget(session, context().config, now=now))
    needy = any(row.needs_look for row in found)
    return [
        {
            "icon": net[0],
            "tone": "warn" if met or waits else "",
            "words": " · ".join(filter(None, (net[1], waits))),
            "href": health_words.PAGE,
        },
        {
            "icon": "warn" if needy else "okc",
            "tone": "warn" if needy else "",
            "words": health_words.summary(found, now=now),
            "href": f"{health_words.PAGE}?xem=can-xem" if needy else health_words.PAGE,
        },
    ]


def _backup(session: Session, *, now: datetime) -> dict[str, str]:
    made = events.last_of(session, "backup.made")
    if made is None:
        return {"icon": "stick", "tone": "warn", "words": tr("No backup yet"), "href": "/he-thong#sao-luu"}
    fresh = now - made.at < timedelta(days=3)
    return {
        "icon": "stick",
        "tone": "ok" if fresh else "warn",
        "words": tr("Backup %(ago)s", ago=ago(made.at, now)),
        "href": "/he-thong#sao-luu",
    }


def _issue(session: Session, issue: Issue) -> dict[str, Any]:
    leaves = plan.leaves(session, issue)
    empty = [leaf.number for leaf in leaves if leaf.design == "empty"]
    step = 360 / len(leaves)
    boxes = [
        {
            "x": round(index * step, 1),
            "width": round(min(step - 2.5, 40), 1),
            "number": leaf.number,
            "tone": leaf.tone,
            "filled": leaf.design != "empty",
            "label": leaf.number if len(leaves) <= 12 or leaf.design == "empty" else "",
        }
        for index, leaf in enumerate(leaves)
    ]
    return {
        "id": issue.id,
        "number": issue.number,
        "boxes": boxes,
        "full": len(leaves) - len(empty),
        "pages": len(leaves),
        "empty": empty,
    }


def week(session: Session, *, now: datetime) -> list[dict[str, Any]]:
    """Stories per outlet in seven days, those kept among them; the fullest first."""
    counted = sources.counts(session, since=now - timedelta(days=7))
    on = {outlet.id for source, outlet in sources.listing(session) if source.enabled}
    rows = [(o.name, *counted.get(o.id, (0, 0))) for o in sources.outlets(session) if o.id in on or o.id in counted]
    rows.sort(key=lambda row: -row[1])
    most = max((count for _, count, _ in rows), default=0) or 1
    return [
        {
            "name": name,
            "count": count,
            "kept": kept,
            "wide": round(count / most * WIDE),
            "dark": round(kept / most * WIDE),
            "y": 32 * i,
        }
        for i, (name, count, kept) in enumerate(rows[:6])
    ]


def timer(session: Session, issue: Issue | None, *, now: datetime) -> list[dict[str, Any]]:
    """What the machine last did and will do next by itself."""
    lines: list[dict[str, Any]] = []
    last = runs.last(session, "read_feeds")
    if last is not None and last.ended_at:
        new = int(last.detail.get("new", 0))
        lines.append(
            {
                "at": moment(last.ended_at),
                "past": True,
                "words": trn("Fetched %(num)d new story", "Fetched %(num)d new stories", new),
            }
        )
    if any(source.enabled for source, _ in sources.listing(session)):
        following = (last.started_at if last else now) + timedelta(minutes=context().config.fetch_every_minutes)
        wait = max(int((following - now).total_seconds() // 60), 0)
        words = tr("Next fetch, in %(minutes)d minutes", minutes=wait)
        lines.append({"at": clock(max(following, now)), "past": False, "words": words})
    if issue is not None:
        day = issue.issue_date - timedelta(days=1)
        closes = tr("Copy closes for issue %(number)d; proofs are made", number=issue.number)
        lines.append({"at": f"{day:%d/%m}", "past": False, "words": closes})
    return lines
