"""The stories that came in: asked for, searched, triaged. app/desk/decide.py says what is new."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.desk.folding import fold
from app.desk.policy import Actor, require
from app.models.errors import NotFound
from app.models.story import Revision, Story, StoryPicture, Triage
from app.store.events import record


def listing(
    session: Session,
    *,
    triage: Triage | None = None,
    outlet_id: str | None = None,
    since: datetime | None = None,
    search: str = "",
    by_score: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Sequence[Story]:
    """Stories, newest seen first, or the best scored first."""
    query = _where(select(Story), triage=triage, outlet_id=outlet_id, since=since, search=search)
    order = (Story.score.desc(), Story.first_seen_seq.desc()) if by_score else (Story.first_seen_seq.desc(),)
    return session.scalars(query.order_by(*order).limit(limit).offset(offset)).all()


def count(
    session: Session,
    *,
    triage: Triage | None = None,
    outlet_id: str | None = None,
    since: datetime | None = None,
    search: str = "",
) -> int:
    """How many stories the same question finds."""
    query = _where(select(func.count(Story.id)), triage=triage, outlet_id=outlet_id, since=since, search=search)
    return session.scalar(query) or 0


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


def cluster(session: Session, story: Story) -> Sequence[Story]:
    """The stories of the same event at any outlet, this one among them."""
    if story.cluster_id is None:
        return [story]
    return session.scalars(
        select(Story).where(Story.cluster_id == story.cluster_id).order_by(Story.first_seen_seq)
    ).all()


def told_by(session: Session, told: Sequence[Story]) -> dict[str, int]:
    """How many outlets tell the event of each of these stories, by cluster."""
    clusters = {story.cluster_id for story in told if story.cluster_id}
    query = select(Story.cluster_id, func.count(Story.outlet_id.distinct())).where(Story.cluster_id.in_(clusters))
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


def _where(
    query: Select[Any],
    *,
    triage: Triage | None,
    outlet_id: str | None,
    since: datetime | None,
    search: str,
) -> Select[Any]:
    if triage is not None:
        query = query.where(Story.triage == triage)
    if outlet_id:
        query = query.where(Story.outlet_id == outlet_id)
    if since is not None:
        query = query.where(Story.first_seen_at >= since)
    for word in fold(search).split():
        query = query.where(Story.folded.contains(word, autoescape=True))
    return query
