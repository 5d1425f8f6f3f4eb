"""The part of Tin về with the full text of the outlet's page, what the outlet changed since, and the evidence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, send_file
from markupsafe import Markup, escape
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.changes import Piece, changed_paragraphs, notice
from app.desk.policy import may
from app.desk.snapshot import short
from app.models.errors import NotFound, Refused
from app.models.story import PageVisit, Revision, Story, StoryPage
from app.store import assets, pages, stories
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.phrases import tr
from app.web.story_question import Question
from feeds.outcomes import OUTCOMES
from feeds.pages.records import MEDIA_TYPE, is_intact

routes = Blueprint("story_text", __name__)
SAMPLES = ".example"  # hosts of the sample stories: nothing can be read from them (RFC 2606)
LATE = timedelta(minutes=5)  # the timer looks every two seconds; after so long it is not running
EDITS = 4  # changes of one kind that the pane tells; the older ones are kept
ROOM = 5_000  # letters of markup for one change, and one paragraph more
LONGEST = 20_000  # letters of a text that the pane carries: three times a long article
AROUND = 9  # words told before and after a change
MARKED = {
    "added": Markup('{}<ins><span class="sr">{} </span>{}</ins>'),
    "removed": Markup('{}<del><span class="sr">{} </span>{}</del>'),
}
READ_BY = {
    "recipe": "read by this outlet's own recipe",
    "general": "read by the general reader",
    "hand": "brought by hand",
}
NOTICES = {
    "corrected": "The outlet says on this page that it corrects something. Compare every number and name.",
    "removed": "The outlet says on this page that an article was taken down. Do not use it before asking the outlet.",
}


def about(session: Session, story: Story) -> dict[str, Any]:
    """What the pane shows of one story's page, and of what the outlet changed in feed and page."""
    readings = pages.readings(session, story.id, limit=EDITS + 1)
    visit = pages.visit(session, story.id)
    asked_at = visit.asked_at if visit else None
    late = asked_at is not None and context().now() - asked_at > LATE
    waiting = asked_at is not None and not late
    return {
        "shown": bool(readings) or not (urlsplit(story.url).hostname or "").endswith(SAMPLES),
        "page": _page(readings[0]) if readings else None,
        "waiting": waiting,
        "late": late,
        "trouble": _trouble(visit),
        "checked_at": visit.read_at if visit else None,
        "edits": [*_page_edits(readings), *_feed_edits(stories.revisions(session, story.id))],
        "may_read": not waiting and story.url.startswith("http") and may(actor().role, "story.fetch"),
    }


@routes.post("/tin-ve/<story_id>/toan-van")
@needs("story.fetch")
@door("writing")
def fetch(session: Session, story_id: str) -> Response:
    """Somebody waits for the page; the timer reads it within seconds and the pane renews itself."""
    pages.ask(session, story_id, actor=actor(), now=context().now())
    return redirect(Question.of(request.args).href(story_id) + "#toan-van", 303)


@routes.get("/tin-ve/<story_id>/bang-chung/<int:number>")
@needs("look")
@door("reading")
def evidence(session: Session, story_id: str, number: int) -> Response:
    """The kept answer of the outlet's server as a WARC file, checked once more; or what was brought by hand."""
    reading = next((page for page in pages.readings(session, story_id) if page.number == number), None)
    if reading is None or not context().assets.has(reading.evidence):
        raise NotFound("There is no such file.")
    is_record = assets.describe(session, reading.evidence).media_type == MEDIA_TYPE
    if is_record and not is_intact(context().assets.get(reading.evidence), reading.evidence):
        raise Refused(OUTCOMES["record"].msgid)
    name = f"bang-chung-{story_id[-8:]}-{number}{'.warc' if is_record else ''}.gz"
    path = context().assets.path(reading.evidence).resolve()
    return send_file(path, mimetype="application/gzip", as_attachment=True, download_name=name)


def render(pieces: Sequence[Piece]) -> Markup:
    """One changed paragraph: what came in <ins>, what went in <del>, said aloud too; of the rest a few words around."""
    made = []
    for place, piece in enumerate(pieces):
        if piece.kind == "same":
            made.append(escape(_around(piece.text, first=place == 0, last=place == len(pieces) - 1)))
            continue
        word = tr("added:") if piece.kind == "added" else tr("removed:")
        lead = " " if piece.text[:1].isspace() else ""
        text = piece.text.strip()
        made.append(MARKED[piece.kind].format(lead, word, text if len(text) <= ROOM else f"{text[:ROOM]}…"))
    return Markup("").join(made)


def _around(text: str, *, first: bool, last: bool) -> str:
    words = text.split(" ")
    if len(words) <= 2 * AROUND + 2:
        return text
    head = "" if first else " ".join(words[:AROUND]) + " "
    tail = "" if last else " " + " ".join(words[-AROUND:])
    return f"{head}…{tail}"


def _page(page: StoryPage) -> dict[str, Any]:
    said = notice(page.title, page.standfirst)
    shown = _first(page.text.split("\n\n"))
    return {
        "number": page.number,
        "title": page.title,
        "standfirst": page.standfirst,
        "paragraphs": shown,
        "is_cut": sum(map(len, shown)) < len(page.text) - 2 * len(shown),
        "author": page.author,
        "published_at": page.published_at,
        "published_raw": page.published_raw,
        "fetched_at": page.fetched_at,
        "code": short(page.evidence),
        "read_by": tr(READ_BY.get(page.read_by, READ_BY["general"])),
        "differs": page.differs,
        "notice": tr(NOTICES[said]) if said else "",
    }


def _first(paragraphs: Sequence[str]) -> list[str]:
    """As many as a page of the desk carries; a pane must stay light on a weak line."""
    sizes = accumulate(map(len, paragraphs))
    return [part for part, size in zip(paragraphs, sizes, strict=True) if size <= LONGEST] or [paragraphs[0][:LONGEST]]


def _trouble(visit: PageVisit | None) -> dict[str, Any] | None:
    outcome = OUTCOMES.get(visit.outcome or "") if visit else None
    if visit is None or outcome is None or not (outcome.failed or visit.outcome == "budget"):
        return None
    return {
        "words": tr(outcome.msgid),
        "advice": tr(outcome.advice),
        "at": visit.read_at,
        "gone": visit.outcome == "page_gone",
    }


def _page_edits(readings: Sequence[StoryPage]) -> list[dict[str, Any]]:
    """What changed on the page from one reading to the next, newest first."""
    told = tr("The outlet changed the article")
    return [
        _edit(told, at=new.fetched_at, old=_whole(old), new=_whole(new), before=old.number)
        for new, old in pairwise(readings[: EDITS + 1])
    ]


def _feed_edits(revisions: Sequence[Revision]) -> list[dict[str, Any]]:
    """What changed in headline and summary of the feed, newest first."""
    told = tr("The outlet changed headline or summary")
    return [
        _edit(told, at=new.fetched_at, old=f"{old.title}\n\n{old.summary}", new=f"{new.title}\n\n{new.summary}")
        for new, old in pairwise(revisions[: EDITS + 1])
    ]


def _whole(page: StoryPage) -> str:
    return f"{page.title}\n\n{page.standfirst}\n\n{page.text}"


def _edit(words: str, *, at: datetime, old: str, new: str, before: int = 0) -> dict[str, Any]:
    """One change; `before` is the number of the page's reading that it was laid beside, 0 for the feed."""
    parts = changed_paragraphs(old, new)
    told: list[Markup] = []
    for pieces in parts:
        if sum(map(len, told)) > ROOM:
            break
        told.append(render(pieces))
    return {"words": words, "at": at, "parts": told, "more": len(parts) - len(told), "before": before}
