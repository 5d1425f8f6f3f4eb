"""The articles' own pages: who waits for one, what was read over time, and which outlets changed their layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.desk.policy import Actor, require
from app.models.outlet import Outlet, SiteRules, Source
from app.models.story import PageVisit, Story, StoryPage, StoryPicture, Triage
from app.store import clusters, search
from app.store.events import record
from app.store.stories import get

MISSES = 3  # pages in a row that a recipe could not read: from then on the layout counts as changed
FRESH = timedelta(days=3)  # the timer reads no pages of older stories
PATIENCE = timedelta(hours=6)  # until the timer tries a page again that it could not read
# What passes by itself; every other end of a reading stays so until somebody asks again.
_PASSING = (
    *("timeout", "dns", "connection", "server", "slow_down", "clock", "expired", "tls", "proxy", "portal", "budget"),
    *("robots_away", "page_crashed", "inside"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What is needed to read the page of one story."""

    story_id: str
    url: str
    outlet_id: str
    hosts: frozenset[str]  # of its outlet, as the database has them
    official: bool  # whether the outlet wears the badge, and so must be on the list to be read
    source_id: str
    quirks: dict[str, Any] | None  # what the office set over the catalogue's: fields of feeds.catalogue.Quirks
    by_hand: bool  # brought by a person: its address need not be on anybody's hosts
    asked_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from a page; `pictures` are (address, caption, credit)."""

    url: str
    title: str
    standfirst: str
    text: str
    author: str
    published_raw: str
    published_at: datetime | None
    digest: str
    read_by: str
    differs: bool
    evidence: str
    pictures: Sequence[tuple[str, str, str]]


def ask(session: Session, story_id: str, *, actor: Actor, now: datetime) -> None:
    """Notes that somebody waits for this page; the timer reads it within seconds. Asking twice waits once."""
    require(actor, "story.fetch")
    story = get(session, story_id)
    visit = session.get(PageVisit, story.id)
    if visit is None:
        session.add(PageVisit(story_id=story.id, asked_at=now, asked_by=actor.person_id))
    elif visit.asked_at is None:
        visit.asked_at, visit.asked_by = now, actor.person_id
    session.flush()


def asked(session: Session, *, limit: int = 20) -> list[str]:
    """The stories whose page somebody waits for, the longest waiting first."""
    query = select(PageVisit.story_id).where(PageVisit.asked_at.is_not(None)).order_by(PageVisit.asked_at)
    return list(session.scalars(query.limit(limit)))


def suggested(session: Session, *, now: datetime, at_least: int, limit: int) -> list[str]:
    """Stories whose page the timer reads by itself: kept ones, then new ones with so many points; recent ones only.

    A page that could not be read is left alone for some hours, and for good when the reason will not pass.
    """
    settled = PageVisit.outcome.not_in(_PASSING)
    tried = select(PageVisit.story_id).where(
        or_(settled, PageVisit.read_at > now - PATIENCE, PageVisit.asked_at.is_not(None))
    )
    kept = Story.triage == Triage.KEPT
    query = (
        select(Story.id)
        .where(Story.first_seen_at > now - FRESH, Story.brought_by.is_(None))
        .where(or_(kept, (Story.triage == Triage.NEW) & (Story.score >= at_least)))
        .where(Story.id.not_in(tried))
        .order_by(kept.desc(), Story.score.desc(), Story.first_seen_seq.desc())
    )
    return list(session.scalars(query.limit(limit)))


def doors(session: Session, story_ids: Sequence[str]) -> list[Door]:
    """Where the pages of these stories are to be read, in the same order."""
    query = (
        select(Story, Outlet, Source.quirks, PageVisit.asked_by)
        .join(Outlet, Outlet.id == Story.outlet_id)
        .join(Source, Source.id == Story.source_id)
        .join(PageVisit, PageVisit.story_id == Story.id, isouter=True)
        .where(Story.id.in_(story_ids))
    )
    found = {
        story.id: Door(
            story_id=story.id,
            url=story.url,
            outlet_id=outlet.id,
            hosts=frozenset(outlet.hosts),
            official=outlet.official,
            source_id=story.source_id,
            quirks=quirks,
            by_hand=story.brought_by is not None,
            asked_by=asked_by,
        )
        for story, outlet, quirks, asked_by in session.execute(query)
    }
    return [found[story_id] for story_id in story_ids if story_id in found]


def readings(session: Session, story_id: str, *, limit: int = 100) -> Sequence[StoryPage]:
    """What the page said over time, newest first."""
    query = select(StoryPage).where(StoryPage.story_id == story_id).order_by(StoryPage.number.desc())
    return session.scalars(query.limit(limit)).all()


def visit(session: Session, story_id: str) -> PageVisit | None:
    """How the last reading of the page ended, and whether somebody waits; None when it was never asked for."""
    return session.get(PageVisit, story_id)


def keep(session: Session, story_id: str, reading: Reading, *, actor: Actor, now: datetime) -> int | None:
    """Keeps what a page says: its new number, or None when it says what it said before.

    Also in the search, among the sentences by which copies are told, and its pictures beside the story's.
    """
    last = session.scalar(
        select(StoryPage).where(StoryPage.story_id == story_id).order_by(StoryPage.number.desc()).limit(1)
    )
    _add_pictures(session, story_id, reading.pictures)
    if last is not None and _said(last) == _said(reading):
        return None
    number = last.number + 1 if last else 1
    values = {name: getattr(reading, name) for name in reading.__dataclass_fields__ if name != "pictures"}
    session.add(StoryPage(story_id=story_id, number=number, fetched_at=now, **values))
    session.flush()
    story = get(session, story_id)
    search.index(session, [search.Entry(story.first_seen_seq, story.title, story.summary, _words(reading))])
    clusters.remember(session, [(story_id, _words(reading))])
    record(session, "story.page_read", actor=actor, now=now, story=story_id, number=number, evidence=reading.evidence)
    return number


def note(session: Session, story_id: str, outcome: str, *, now: datetime) -> None:
    """Notes how a reading ended; nobody waits for it any more."""
    known = session.get(PageVisit, story_id)
    if known is None:
        session.add(PageVisit(story_id=story_id, outcome=outcome, read_at=now))
    else:
        known.outcome, known.read_at, known.asked_at = outcome, now, None
    session.flush()


def count_layout(session: Session, outlet_id: str, *, missed: bool) -> None:
    """Counts pages in a row that the outlet's recipe could not read; one that it could ends the row."""
    misses = Outlet.layout_misses + 1 if missed else 0
    session.execute(update(Outlet).where(Outlet.id == outlet_id).values(layout_misses=misses))


def broken_layouts(session: Session) -> Sequence[Outlet]:
    """The outlets whose pages no longer look as their recipe says; only the general reader still reads them."""
    return session.scalars(select(Outlet).where(Outlet.layout_misses >= MISSES).order_by(Outlet.name)).all()


def site_rules(session: Session, origin: str) -> SiteRules | None:
    """The robots.txt of this site as it was last read."""
    return session.get(SiteRules, origin)


def keep_site_rules(session: Session, origin: str, rules: str, *, now: datetime) -> None:
    """Keeps the robots.txt of a site; empty where it has none."""
    session.merge(SiteRules(origin=origin, rules=rules, read_at=now))


def _said(page: Reading | StoryPage) -> tuple[str, str, str]:
    return page.title, page.standfirst, page.text


def _words(reading: Reading) -> str:
    return f"{reading.standfirst}\n{reading.text}"


def _add_pictures(session: Session, story_id: str, shown: Sequence[tuple[str, str, str]]) -> None:
    """Adds pictures the story does not have yet, and captions and credits to those that lack them."""
    have = {p.url: p for p in session.scalars(select(StoryPicture).where(StoryPicture.story_id == story_id))}
    number = max((picture.number for picture in have.values()), default=0)
    for url, caption, credit in shown:
        known = have.get(url)
        if known is not None:
            known.caption, known.credit = known.caption or caption, known.credit or credit or None
            continue
        number += 1
        have[url] = picture = StoryPicture(
            story_id=story_id, number=number, url=url, caption=caption, credit=credit or None
        )
        session.add(picture)
    session.flush()
