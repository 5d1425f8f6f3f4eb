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
from app.web import plan
from app.web.access import door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import ago, clock, local, moment, tr, trn, weekday
from app.web.tasks import SILENT, tasks

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
    read = [_network(session), _sources(session, now=now)] if reads_outlets(session) else [_samples(session)]
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
    return office.load(session).mode == Mode.TRAINING and not stories.count(session)


def _samples(session: Session) -> dict[str, str]:
    if samples_are_coming(session):
        return {"icon": "later", "tone": "", "words": tr("The sample stories are being brought in…"), "href": "/tin-ve"}
    outlets = len(sources.counts(session, since=datetime.min.replace(tzinfo=UTC)))
    told = tr("Sample stories: %(count)d of %(outlets)d outlets", count=stories.count(session), outlets=outlets)
    return {"icon": "later", "tone": "", "words": told, "href": "/tin-ve"}


def _network(session: Session) -> dict[str, str]:
    read = [s for s, _ in sources.listing(session) if s.enabled and s.read_at]
    if not read:
        return {"icon": "net", "tone": "", "words": tr("No outlet has been read yet"), "href": "/he-thong#nguon"}
    online = any(s.failures == 0 for s in read)
    words = tr("Online") if online else tr("No network")
    return {
        "icon": "net" if online else "nonet",
        "tone": "" if online else "warn",
        "words": words,
        "href": "/he-thong#nguon",
    }


def _sources(session: Session, *, now: datetime) -> dict[str, str]:
    on = [s for s, _ in sources.listing(session) if s.enabled]
    silent = [s for s in on if s.failures >= 3 or (s.new_at and now - s.new_at > SILENT)]
    good = trn("%(num)d source well", "%(num)d sources well", len(on) - len(silent))
    if not silent:
        return {"icon": "okc", "tone": "", "words": good, "href": "/he-thong#nguon"}
    quiet = trn("%(num)d silent", "%(num)d silent", len(silent))
    return {"icon": "warn", "tone": "warn", "words": f"{good}, {quiet}", "href": "/he-thong#nguon"}


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
