"""Tin về: the list of what came in and the reading pane beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.desk.snapshot import short
from app.models.outlet import Outlet
from app.models.story import Story, Triage
from app.store import articles, office, sources, stories
from app.web.access import door, needs
from app.web.context import context
from app.web.highlights import highlight
from app.web.pages import Page
from app.web.phrases import tr, trn
from app.web.today import samples_are_coming

routes = Blueprint("stories", __name__)
GROUPS = {
    "chua-xem": (Triage.NEW, "Not looked at"),
    "de-sau": (Triage.LATER, "Later"),
    "da-chon": (Triage.KEPT, "Kept"),
    "da-bo": (Triage.DROPPED, "Dropped"),
}
DAYS = {"": "Any day", "1": "Today", "3": "Last 3 days", "7": "Last 7 days"}
FIRST = 5  # the picks, with picture and reasons; the rest in brief
A_PAGE = 60
HIGH = 6


@dataclass(frozen=True, slots=True)
class Question:
    """What the list was asked for; travels in the address, so that Back and bookmarks work."""

    group: str
    outlet: str
    days: str
    words: str
    dense: bool
    start: int

    @classmethod
    def of(cls, args: "MultiDict[str, str]") -> "Question":
        """Reads the address; anything unknown becomes the default."""
        group = args.get("nhom", "chua-xem")
        days = args.get("ngay", "")
        start = args.get("tu", "0")
        return cls(
            group=group if group in GROUPS else "chua-xem",
            outlet=args.get("bao", ""),
            days=days if days in DAYS else "",
            words=args.get("tim", "")[:200],
            dense=args.get("gon") == "1",
            start=int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0,
        )

    def href(self, story_id: str = "", **changed: str) -> str:
        """The address of the same question, about one story or with something changed."""
        values = {
            "nhom": "" if self.group == "chua-xem" else self.group,
            "bao": self.outlet,
            "ngay": self.days,
            "tim": self.words,
            "gon": "1" if self.dense else "",
            "tu": str(self.start or ""),
            **changed,
        }
        kept = urlencode({name: value for name, value in values.items() if value})
        path = f"/tin-ve/{story_id}" if story_id else "/tin-ve"
        return f"{path}?{kept}" if kept else path


@routes.get("/tin-ve")
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """The list; on a wide screen the first story is open beside it."""
    return _page(session, Question.of(request.args), None)


@routes.get("/tin-ve/<story_id>")
@needs("look")
@door("reading")
def reading(session: Session, story_id: str) -> Page:
    """One story beside the list; on a phone it is a page of its own."""
    return _page(session, Question.of(request.args), stories.get(session, story_id))


def _page(session: Session, asked: Question, chosen: Story | None) -> Page:
    where = _where(asked)
    triage = None if asked.words else GROUPS[asked.group][0]
    found = stories.listing(session, triage=triage, by_score=True, limit=A_PAGE, offset=asked.start, **where)
    total = stories.count(session, triage=triage, **where)
    shown = chosen or (found[0] if found else None)
    outlets = {outlet.id: outlet for outlet in sources.outlets(session)}
    values = {
        "asked": asked,
        "sought": asked.words,
        "groups": _groups(session, asked),
        "outlets": [("", tr("Every outlet")), *((o.id, o.name) for o in outlets.values())],
        "days": [(key, tr(words)) for key, words in DAYS.items()],
        "rows": _rows(session, found, outlets, asked, shown),
        "first": FIRST,
        "total": total,
        "coming": samples_are_coming(session),
        "unread": not any(source.read_at for source, _ in sources.listing(session)),
        "more": asked.href(tu=str(asked.start + A_PAGE)) if asked.start + A_PAGE < total else "",
        "story": _pane(session, shown, outlets) if shown else None,
        "is_page": chosen is not None,
        "next_id": _after(found, shown),
        "undo": _undo(session),
    }
    return Page("stories.html", values)


def _where(asked: Question) -> dict[str, Any]:
    since = context().now() - timedelta(days=int(asked.days)) if asked.days else None
    return {"outlet_id": asked.outlet or None, "since": since, "search": asked.words}


def _groups(session: Session, asked: Question) -> list[dict[str, Any]]:
    return [
        {
            "label": tr(label),
            "count": stories.count(session, triage=triage),
            "href": asked.href(nhom=key, tim="", tu=""),
            "here": key == asked.group and not asked.words,
        }
        for key, (triage, label) in GROUPS.items()
    ]


def _rows(
    session: Session, found: Sequence[Story], outlets: Mapping[str, Outlet], asked: Question, shown: Story | None
) -> list[dict[str, Any]]:
    pictures = stories.pictures(session, [story.id for story in found])
    told = stories.told_by(session, found)
    return [
        {
            "id": story.id,
            "href": asked.href(story.id),
            "title": story.title,
            "score": story.score,
            "high": story.score >= HIGH,
            "outlet": outlets[story.outlet_id].name,
            "at": story.published_at or story.first_seen_at,
            "told": told_words(told.get(story.cluster_id or "", 1)),
            "reasons": story.reasons[:3],
            "picture": next((p.asset for p in pictures[story.id] if p.asset), None),
            "on": shown is not None and story.id == shown.id,
        }
        for story in found
    ]


def told_words(outlets: int) -> str:
    """`3 báo cùng đưa`, or that only one outlet tells it."""
    return (
        trn("%(num)d outlet tells it", "%(num)d outlets tell it", outlets)
        if outlets > 1
        else tr("only one outlet tells it")
    )


def _pane(session: Session, story: Story, outlets: Mapping[str, Outlet]) -> dict[str, Any]:
    revisions = stories.revisions(session, story.id)
    picture = next((p for p in stories.pictures(session, [story.id])[story.id] if p.asset), None)
    house = office.find(session)
    labels = {reason["label"] for reason in story.reasons}
    marked = [word for topic in (house.topics if house else []) if topic["label"] in labels for word in topic["words"]]
    others = [told for told in stories.cluster(session, story) if told.id != story.id]
    return {
        "id": story.id,
        "title": story.title,
        "paragraphs": [highlight(part, marked) for part in story.summary.split("\n") if part.strip()],
        "outlet": outlets[story.outlet_id].name,
        "agreement": outlets[story.outlet_id].agreement,
        "host": urlsplit(story.url).hostname or "",
        "url": story.url,
        "published_at": story.published_at,
        "first_seen_at": story.first_seen_at,
        "triage": story.triage.value,
        "reasons": story.reasons,
        "digest": short(story.digest),
        "revision": revisions[0].number if revisions else 1,
        "fetched_at": revisions[0].fetched_at if revisions else story.first_seen_at,
        "picture": {"asset": picture.asset, "caption": picture.caption} if picture else None,
        "others": [
            {"outlet": outlets[o.outlet_id].name, "title": o.title, "id": o.id, "at": o.published_at or o.first_seen_at}
            for o in others
        ],
        "article": articles.of_stories(session, [story.id]).get(story.id, ""),
    }


def _after(found: Sequence[Story], shown: Story | None) -> str:
    ids = [story.id for story in found]
    if shown is None or shown.id not in ids:
        return ids[0] if ids else ""
    at = ids.index(shown.id)
    return ids[at + 1] if at + 1 < len(ids) else (ids[at - 1] if at else "")


def _undo(session: Session) -> dict[str, str] | None:
    """The line at the foot of the list: what was just done, and what it was before."""
    story_id, _, before = request.args.get("vua", "").partition(".")
    if before not in {triage.value for triage in Triage}:
        return None
    story = stories.get(session, story_id)
    said = {
        Triage.KEPT: tr("Kept “%(title)s”.", title=story.title),
        Triage.LATER: tr("Put off “%(title)s”.", title=story.title),
        Triage.DROPPED: tr("Dropped “%(title)s”.", title=story.title),
        Triage.NEW: tr("“%(title)s” is back.", title=story.title),
    }
    return {"id": story.id, "before": before, "words": said[story.triage]}
