"""Tin về: the list of what came in and the reading pane beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.desk.query import Query
from app.desk.rank import aged
from app.desk.snapshot import short
from app.desk.wording import number
from app.models.outlet import Outlet
from app.models.story import Story, Triage
from app.store import articles, marks, office, search, sources, stories
from app.web import (
    story_add,
    story_letters,
    story_marks,
    story_pictures,
    story_search,
    story_text,
    story_told,
    story_why,
)
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.highlights import highlight, mark_found
from app.web.pages import Page
from app.web.phrases import local, tell, tr, trn
from app.web.story_question import GROUPS, Question, days, label_of, marks_of
from app.web.today import samples_are_coming

routes = Blueprint("stories", __name__)
FIRST = 5  # the picks, with picture and reasons; the rest in brief
A_PAGE = 60
AT_MOST = 1000  # stories are counted no further: a number nobody reads must not cost more the fuller the shelf is
HIGH = 6


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list. `query` is None unless words were looked for; then each story has its tier."""

    stories: Sequence[Story]
    total: int
    tiers: Sequence[int] = ()
    query: Query | None = None
    snippets: Mapping[str, Markup | None] = field(default_factory=dict)

    def more(self, asked: Question) -> str:
        """The address of the next page, or an empty string."""
        if len(self.stories) < A_PAGE:
            return ""
        last = self.stories[-1]
        first = self.tiers[-1] if self.tiers else last.standing
        return asked.href(sau=f"{first}.{last.first_seen_seq}")


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
    found = _find(session, asked)
    shown = chosen or (found.stories[0] if found.stories else None)
    outlets = {outlet.id: outlet for outlet in sources.outlets(session)}
    values = {
        "asked": asked,
        "sought": asked.words,
        "mistakes": [tell(mistake) for mistake in found.query.mistakes] if found.query else [],
        "groups": _groups(session, asked),
        "outlets": [("", tr("Every outlet")), *((o.id, o.name) for o in outlets.values())],
        "days": days(),
        "marks": marks_of(marks.tags(session)),
        "rows": _rows(session, found, outlets, asked, shown),
        "first": FIRST,
        "total": min(found.total, AT_MOST),
        "counted": counted(found.total),
        "coming": samples_are_coming(session),
        "unread": not any(source.read_at for source, _ in sources.listing(session)),
        "more": found.more(asked),
        "story": _pane(session, shown, outlets) if shown else None,
        "is_page": chosen is not None,
        "next_id": _after(found.stories, shown),
        "undo": _undo(session),
    }
    return Page("stories.html", values)


def _find(session: Session, asked: Question) -> Found:
    wanted = asked.wanted()
    if not asked.words:
        page = stories.page(session, wanted, limit=A_PAGE, after=asked.after)
        return Found(page, stories.count_few(session, wanted, at_most=AT_MOST + 1))
    today = local(context().now()).date()
    query = story_search.read(session, asked.words, wanted=wanted, me=actor().person, today=today)
    hits = search.find(session, query, limit=A_PAGE, after=asked.after)
    total = search.count(session, query, at_most=AT_MOST + 1, page=A_PAGE)
    snippets = story_search.snippets(session, hits, query)
    return Found([hit.story for hit in hits], total, [hit.tier for hit in hits], query, snippets)


def counted(count: int) -> str:
    """`42`, or `1.000+` when there are more than anybody would count."""
    return f"{number(AT_MOST)}+" if count > AT_MOST else number(count)


def _groups(session: Session, asked: Question) -> list[dict[str, Any]]:
    return [
        {
            "label": label_of(key),
            "count": counted(stories.count_few(session, stories.Wanted(triage=triage), at_most=AT_MOST + 1)),
            "href": asked.href(nhom=key, tim="", sau=""),
            "here": key == asked.group and not asked.words,
        }
        for key, (triage, _) in GROUPS.items()
    ]


def _rows(
    session: Session, found: Found, outlets: Mapping[str, Outlet], asked: Question, shown: Story | None
) -> list[dict[str, Any]]:
    ids = [story.id for story in found.stories]
    pictures = stories.pictures(session, ids)
    told = stories.told_by(session, found.stories)
    put_on = story_marks.of_rows(session, ids)
    headings, now = _headings(found, asked), context().now()
    return [
        {
            "id": story.id,
            "href": asked.href(story.id),
            "title": mark_found(story.title, found.query.sought) if found.query else story.title,
            "snippet": found.snippets.get(story.id),
            "score": (points := story.score - (0 if found.query else aged(story.seen_day, now=now)[1])),
            "high": points >= HIGH,
            "outlet": outlets[story.outlet_id].name,
            "official": outlets[story.outlet_id].official,
            "at": story.published_at or story.first_seen_at,
            "told": told_words(told.get(story.cluster_id or "", int(outlets[story.outlet_id].official))),
            "reasons": [*story.reasons[:3], *([] if found.query else story_why.age_reason(story, now=now))],
            "starred": story.starred,
            "marks": put_on[story.id],
            "picture": next((p.screen or p.asset for p in pictures[story.id] if p.asset), None),
            "on": shown is not None and story.id == shown.id,
            "heading": headings.get(place, ""),
            "brief": bool(found.query) or place >= FIRST or bool(asked.after),
        }
        for place, story in enumerate(found.stories)
    ]


def _headings(found: Found, asked: Question) -> dict[int, str]:
    """The words over the first row of each part of the list, by the row's place."""
    if found.query:
        words = [story_search.heading(tier, found.query.sought) if found.query.sought else "" for tier in found.tiers]
        return {n: said for n, said in enumerate(words) if n == 0 or words[n - 1] != said}
    if asked.after:
        return {0: tr("Further stories")}
    first = min(FIRST, len(found.stories))
    rest = counted(found.total - FIRST if found.total <= AT_MOST else found.total)
    look = trn("To look at first · %(num)d story", "To look at first · %(num)d stories", first)
    return {0: look, FIRST: tr("The rest, by score · %(count)s", count=rest)}


def told_words(outlets: int) -> str:
    """`3 báo cùng đưa`, or that only one outlet tells it, or none on the list."""
    if outlets > 1:
        return trn("%(num)d outlet tells it", "%(num)d outlets tell it", outlets)
    return tr("only one outlet tells it") if outlets else tr("no outlet tells it")


def _pane(session: Session, story: Story, outlets: Mapping[str, Outlet]) -> dict[str, Any]:
    revisions = stories.revisions(session, story.id)
    picture = next((p for p in stories.pictures(session, [story.id])[story.id] if p.asset), None)
    house = office.find(session)
    labels = {reason["label"] for reason in story.reasons}
    marked = [word for topic in (house.topics if house else []) if topic["label"] in labels for word in topic["words"]]
    return {
        "id": story.id,
        "title": story.title,
        "paragraphs": [highlight(part, marked) for part in story.summary.split("\n") if part.strip()],
        "outlet": outlets[story.outlet_id].name,
        "official": outlets[story.outlet_id].official,
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
        "picture": {"asset": picture.screen or picture.asset, "caption": picture.caption} if picture else None,
        "article": articles.of_stories(session, [story.id]).get(story.id, ""),
        "hand": story_add.about(session, story),
        "marks": story_marks.about(session, story),
        "text": story_text.about(session, story),
        "pictures": story_pictures.about(session, story),
        "letters": story_letters.about(session, story),
        "told": story_told.about(session, story),
        "why": story_why.about(session, story),
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
