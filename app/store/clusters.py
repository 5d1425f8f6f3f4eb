"""Stories of one event put together: by their words when they come in, by an editor afterwards, whose word stays.

A cluster is a name that its stories share. A story that an editor split off has a cluster of its own, so that nothing
puts it back; two that he put together are one cluster from then on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.desk.policy import Actor, require
from app.desk.reports import Report, Telling, hash_sentences, independent
from app.models.errors import Refused
from app.models.ids import new_id
from app.models.outlet import Outlet
from app.models.story import Story, StoryLink, StoryPage, StorySentence
from app.store import stories
from app.store.events import record
from app.store.rows import insert_rows

CHUNK = 400  # ids in one question
MOST = 60  # stories of a cluster that are looked through


@dataclass(frozen=True, slots=True)
class Recent:
    """What of a stored story tells what it speaks of; `at` is when it was published, or first seen."""

    seq: int
    id: str
    outlet: str
    title: str
    summary: str
    at: datetime
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A story and an earlier one it seems to speak of as well: `percent` alike, but not put together."""

    story: str
    other: str
    percent: int


def recent(session: Session, *, since: datetime, after: int = 0, before: int | None = None) -> Iterator[Recent]:
    """The stories first seen since then whose first_seen_seq is above `after` and below `before`, oldest first."""
    at = func.coalesce(Story.published_at, Story.first_seen_at, type_=Story.first_seen_at.type)
    query = (
        select(Story.first_seen_seq, Story.id, Story.outlet_id, Story.title, Story.summary, at, Story.cluster_id)
        .where(Story.first_seen_at >= since, Story.first_seen_seq > after)
        .order_by(Story.first_seen_seq)
    )
    if before is not None:
        query = query.where(Story.first_seen_seq < before)
    return (Recent(*row) for row in session.execute(query))


def grouped(session: Session, *, since: datetime) -> dict[str, str | None]:
    """The cluster of each story first seen since then that has one."""
    query = select(Story.id, Story.cluster_id).where(Story.first_seen_at >= since, Story.cluster_id.is_not(None))
    return dict(session.execute(query).all())


def settle(session: Session, ties: Sequence[tuple[str, str]], links: Sequence[Link]) -> None:
    """Writes what grouping found: (story, cluster) of older stories that stood alone, and the weaker hints."""
    if ties:
        alone = update(Story.__table__).where(  # type: ignore[arg-type]
            Story.__table__.c.id == bindparam("story"), Story.__table__.c.cluster_id.is_(None)
        )
        session.execute(
            alone.values(cluster_id=bindparam("cluster")),
            [{"story": story, "cluster": cluster} for story, cluster in ties],
        )
    if links:
        values = [{"story_id": k.story, "other_id": k.other, "percent": k.percent} for k in links]
        session.execute(insert(StoryLink), values)


def remember(session: Session, texts: Iterable[tuple[str, str]]) -> None:
    """Keeps the hashes of the long sentences of (story, text); what is kept of a story already stays."""
    wanted = {(story, hash_) for story, text in texts for hash_ in hash_sentences(text)}
    ids = sorted({story for story, _ in wanted})
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        query = select(StorySentence.story_id, StorySentence.hash).where(StorySentence.story_id.in_(chunk))
        wanted -= {(story, hash_) for story, hash_ in session.execute(query)}
    if wanted:
        rows = [{"story_id": story, "hash": hash_} for story, hash_ in sorted(wanted)]
        insert_rows(session, StorySentence, rows)


def hints(session: Session, story: Story) -> list[tuple[Story, int]]:
    """(story, percent) of others that also seem to speak of it and are in no cluster with it, the likest first."""
    near: dict[str, int] = {}
    for one, two in ((StoryLink.story_id, StoryLink.other_id), (StoryLink.other_id, StoryLink.story_id)):
        for other, percent in session.execute(select(two, StoryLink.percent).where(one == story.id)):
            near[other] = max(percent, near.get(other, 0))
    found = session.scalars(select(Story).where(Story.id.in_(near))) if near else ()
    others = [(s, near[s.id]) for s in found if s.cluster_id is None or s.cluster_id != story.cluster_id]
    return sorted(others, key=lambda pair: (-pair[1], pair[0].first_seen_seq))


def report(session: Session, members: Sequence[Story]) -> Report:
    """Who of these tells it by itself and who copies. Shape: app/desk/reports.py."""
    return reports(session, [members])[0]


def reports(session: Session, groups: Sequence[Sequence[Story]]) -> list[Report]:
    """As `report`, for several groups with three questions in all."""
    ids = [story.id for members in groups for story in members]
    outlets = {outlet.id: outlet for outlet in session.scalars(select(Outlet))}
    hashes: dict[str, set[int]] = {}
    pages: dict[str, tuple[str, str]] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        known = select(StorySentence.story_id, StorySentence.hash).where(StorySentence.story_id.in_(chunk))
        for story, hash_ in session.execute(known):
            hashes.setdefault(story, set()).add(hash_)
        read = select(StoryPage.story_id, StoryPage.author, StoryPage.text).where(StoryPage.story_id.in_(chunk))
        pages |= {story: (author, text) for story, author, text in session.execute(read.order_by(StoryPage.number))}
    return [independent([_telling(s, outlets[s.outlet_id], hashes, pages) for s in members]) for members in groups]


def listing(session: Session, *, since: datetime | None = None, limit: int | None = None) -> list[list[Story]]:
    """The clusters of several stories, the one told newest first, each in the order its stories were first seen."""
    newest = func.max(Story.first_seen_seq)
    query = select(Story.cluster_id).where(Story.cluster_id.is_not(None)).group_by(Story.cluster_id)
    if since is not None:
        query = query.where(Story.first_seen_at >= since)
    ids = session.scalars(query.having(func.count() > 1).order_by(newest.desc()).limit(limit)).all()
    groups: dict[str, list[Story]] = {id_: [] for id_ in ids if id_}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        for story in session.scalars(select(Story).where(Story.cluster_id.in_(chunk)).order_by(Story.first_seen_seq)):
            groups[story.cluster_id or ""].append(story)
    return list(groups.values())


def split_off(session: Session, story_id: str, *, actor: Actor, now: datetime) -> None:
    """A person says this story tells another event than its cluster: it stands alone and stays so.

    Raises Refused when no other story is in its cluster.
    """
    require(actor, "story.triage")
    story = stories.get(session, story_id)
    others = [other for other in stories.cluster(session, story) if other.id != story.id]
    if not others:
        raise Refused("This story stands alone already.")
    story.cluster_id = new_id(now)
    if len(others) == 1:  # the one left stands alone too; it keeps a name, so that nobody ties it back unasked
        others[0].cluster_id = new_id(now)
    session.execute(delete(StoryLink).where(_between(story_id, [other.id for other in others])))
    record(session, "stories.regrouped", actor=actor, now=now, stories=[story.id, *(other.id for other in others)])


def put_together(session: Session, story_id: str, other_id: str, *, actor: Actor, now: datetime) -> None:
    """A person says these two tell one event: their clusters become one.

    Raises Refused when they are together already.
    """
    require(actor, "story.triage")
    story, other = stories.get(session, story_id), stories.get(session, other_id)
    if story.id == other.id or (story.cluster_id and story.cluster_id == other.cluster_id):
        raise Refused("These stories are together already.")
    kept = other.cluster_id or story.cluster_id or other.id
    moved = [member for one in (story, other) for member in stories.cluster(session, one) if member.cluster_id != kept]
    for member in moved:
        member.cluster_id = kept
    record(session, "stories.regrouped", actor=actor, now=now, stories=sorted({story.id, other.id}))


def _between(story_id: str, others: Sequence[str]) -> ColumnElement[bool]:
    mine = (StoryLink.story_id == story_id) & StoryLink.other_id.in_(others)
    return or_(mine, (StoryLink.other_id == story_id) & StoryLink.story_id.in_(others))


def _telling(story: Story, outlet: Outlet, hashes: dict[str, set[int]], pages: dict[str, tuple[str, str]]) -> Telling:
    author, text = pages.get(story.id, ("", ""))
    return Telling(
        story=story.id,
        outlet=story.outlet_id,
        outlet_name=outlet.name,
        at=story.published_at or story.first_seen_at,
        author=author or story.author,
        text=f"{story.summary}\n{text}",
        hashes=frozenset(hashes.get(story.id, ())),
        official=outlet.official,
    )
