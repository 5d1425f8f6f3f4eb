"""The stories that came in: listed and triaged. What is new: app/desk/decide.py; their words: app/store/search.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from app.desk.policy import Actor, require
from app.desk.query import Query
from app.models.errors import NotFound
from app.models.outlet import Outlet
from app.models.story import Revision, Story, StoryPage, StoryPicture, Triage
from app.store import search as words
from app.store.conditions import assigned_to, tagged
from app.store.events import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories a list is to show; what is left out is not asked for."""

    triage: Triage | None = None
    outlet_id: str | None = None
    since: datetime | None = None
    starred: bool = False
    tag: str = ""
    person_id: str = ""


def listing(
    session: Session,
    *,
    triage: Triage | None = None,
    outlet_id: str | None = None,
    since: datetime | None = None,
    search: str = "",
    by_score: bool = False,
    limit: int = 50,
) -> Sequence[Story]:
    """Stories, newest seen first, or the best scored first; with `search`, those with these words."""
    if search:
        return [hit.story for hit in words.find(session, Query(words=search), limit=limit)]
    return page(session, Wanted(triage=triage, outlet_id=outlet_id, since=since), by_score=by_score, limit=limit)


def page(
    session: Session, wanted: Wanted, *, by_score: bool = True, limit: int, after: tuple[int, int] | None = None
) -> Sequence[Story]:
    """One page of a list. `after` is (standing, first_seen_seq) of the last story of the page before.

    Paged by place and not by number: a story that was dropped meanwhile makes none be skipped, and a late page
    costs no more than the first.
    """
    query = _where(select(Story), wanted)
    if after and by_score:
        query = query.where(tuple_(Story.standing, Story.first_seen_seq) < after)
    elif after:
        query = query.where(Story.first_seen_seq < after[1])
    order = (Story.standing.desc(), Story.first_seen_seq.desc()) if by_score else (Story.first_seen_seq.desc(),)
    return session.scalars(query.order_by(*order).limit(limit)).all()


def count(session: Session, *, triage: Triage | None = None) -> int:
    """How many stories there are."""
    query = select(func.count()).select_from(Story)  # of rows, not of ids: an index answers that alone
    return session.scalar(query.where(Story.triage == triage) if triage else query) or 0


def count_few(session: Session, wanted: Wanted, *, at_most: int) -> int:
    """How many stories a list holds, counted no further than this: the whole of it is never read for a number."""
    few = _where(select(Story.first_seen_seq), wanted).limit(at_most).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def get(session: Session, story_id: str) -> Story:
    """Raises NotFound."""
    story = session.get(Story, story_id)
    if story is None:
        raise NotFound("There is no such story.")
    return story


def revisions(session: Session, story_id: str) -> Sequence[Revision]:
    """What the outlet said over time, newest first."""
    query = select(Revision).where(Revision.story_id == story_id).order_by(Revision.number.desc())
    return session.scalars(query).all()


def pictures(session: Session, story_ids: Sequence[str]) -> dict[str, list[StoryPicture]]:
    """The pictures of several stories, by story."""
    found: dict[str, list[StoryPicture]] = {story_id: [] for story_id in story_ids}
    query = select(StoryPicture).where(StoryPicture.story_id.in_(story_ids)).order_by(StoryPicture.number)
    for picture in session.scalars(query):
        found[picture.story_id].append(picture)
    return found


def page_texts(session: Session, story_ids: Sequence[str]) -> dict[str, str]:
    """The newest text of the article page of those stories of which one was fetched, by story."""
    query = select(StoryPage.story_id, StoryPage.text).where(StoryPage.story_id.in_(story_ids))
    return dict(session.execute(query.order_by(StoryPage.number)).all()) if story_ids else {}


def cluster(session: Session, story: Story) -> Sequence[Story]:
    """The stories of the same event at any outlet, this one among them."""
    if story.cluster_id is None:
        return [story]
    return session.scalars(
        select(Story).where(Story.cluster_id == story.cluster_id).order_by(Story.first_seen_seq)
    ).all()


def told_by(session: Session, told: Sequence[Story]) -> dict[str, int]:
    """How many outlets tell the event of each of these stories, by cluster; what came by hand counts for none."""
    clusters = {story.cluster_id for story in told if story.cluster_id}
    query = select(Story.cluster_id, func.count(Story.outlet_id.distinct())).where(Story.cluster_id.in_(clusters))
    query = query.join(Outlet, Outlet.id == Story.outlet_id).where(Outlet.official)
    rows = session.execute(query.group_by(Story.cluster_id)) if clusters else ()
    return {cluster_id: count for cluster_id, count in rows if cluster_id}


def triage(
    session: Session, story_ids: Sequence[str], to: Triage, *, actor: Actor, now: datetime
) -> list[tuple[str, Triage]]:
    """Keeps, drops or puts off stories. Returns what each was before, for undo."""
    require(actor, "story.triage")
    before = []
    for story_id in story_ids:
        story = get(session, story_id)
        before.append((story_id, story.triage))
        story.triage = to
    record(session, "story.triaged", actor=actor, now=now, stories=list(story_ids), triage=to.value)
    return before


def _where(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.triage is not None:
        query = query.where(Story.triage == wanted.triage)
    if wanted.outlet_id:
        query = query.where(Story.outlet_id == wanted.outlet_id)
    if wanted.since is not None:
        query = query.where(Story.first_seen_at >= wanted.since)
    if wanted.starred:
        query = query.where(Story.starred.is_(True))
    if wanted.tag:
        query = query.where(tagged(frozenset({wanted.tag})))
    if wanted.person_id:
        query = query.where(assigned_to(frozenset({wanted.person_id})))
    return query
