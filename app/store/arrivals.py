"""What a reading of a source writes: new stories, new revisions, further keys, pictures. One short transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.desk.decide import Changed, Decision, Item, Known, New, digest_of
from app.desk.folding import fold
from app.models.base import Base
from app.models.event import Counter
from app.models.ids import new_id
from app.models.story import Alias, Revision, Story, StoryPicture
from app.store.events import next_number

CHUNK = 400  # keys in one question; SQLite takes 32,766 values

Judge = Callable[[str, str], tuple[int, list[dict[str, Any]]]]  # title and summary to points and reasons
Grouper = Callable[[str, str], str | None]  # story id and title to the cluster it falls in


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where and when the items were read, and the SHA-256 of the kept evidence."""

    office: str
    outlet_id: str
    source_id: str
    evidence: str
    fetched_from: str
    at: datetime


def known(session: Session, outlet_id: str, keys: Sequence[str]) -> dict[str, Known]:
    """The stories of this outlet that go by these keys, whichever of its sources brought them."""
    found: dict[str, Known] = {}
    for start in range(0, len(keys), CHUNK):
        query = (
            select(Alias.key, Story.id, Story.digest, Story.title)
            .join(Story, Story.id == Alias.story_id)
            .where(Story.outlet_id == outlet_id, Alias.key.in_(keys[start : start + CHUNK]))
            .order_by(Story.first_seen_seq.desc())  # so that the first story of a key is the one that stays
        )
        found |= {key: Known(story_id, digest, title) for key, story_id, digest, title in session.execute(query)}
    return found


def store(session: Session, decisions: Sequence[Decision], reading: Reading, *, judge: Judge, group: Grouper) -> None:
    """Writes what was decided, in that order; `first_seen_seq` grows with it."""
    fresh = sum(isinstance(decision, New) for decision in decisions)
    seqs = iter(range(first := _reserve(session, fresh), first + fresh)) if fresh else iter(())
    ids: list[str] = []
    rows: list[Base] = []  # they point to stories, so they come after them
    for decision in decisions:
        if isinstance(decision, New):
            story = _story(decision, reading, next(seqs), judge, group)
            ids.append(story.id)
            session.add(story)
            rows += _rows_of(story.id, decision, reading)
            continue
        ids.append(decision.story_id)
        if isinstance(decision, Changed):
            _change(session, decision, reading, judge)
    session.flush()
    session.add_all(rows)
    _add_keys(session, reading.source_id, zip(ids, (decision.keys for decision in decisions), strict=True))


def recent(session: Session, *, since: datetime) -> list[tuple[str, str, str | None]]:
    """(id, title, cluster) of the stories first seen since then, oldest first."""
    query = select(Story.id, Story.title, Story.cluster_id).where(Story.first_seen_at >= since)
    return [(story, title, cluster) for story, title, cluster in session.execute(query.order_by(Story.first_seen_seq))]


def tie(session: Session, story_id: str, cluster_id: str) -> None:
    """Puts a story that stood alone into a cluster."""
    session.execute(update(Story).where(Story.id == story_id, Story.cluster_id.is_(None)).values(cluster_id=cluster_id))


def pictures_to_fetch(session: Session, *, now: datetime, limit: int) -> list[tuple[str, int, str, str]]:
    """(story, number, url, outlet) of pictures still to be had: newest stories first, none older than two days."""
    query = (
        select(StoryPicture.story_id, StoryPicture.number, StoryPicture.url, Story.outlet_id)
        .join(Story, Story.id == StoryPicture.story_id)
        .where(StoryPicture.asset.is_(None), StoryPicture.trouble.is_(None))
        .where(Story.first_seen_at >= now - timedelta(days=2))
        .order_by(Story.first_seen_seq.desc(), StoryPicture.number)
    )
    return [(story, number, url, outlet) for story, number, url, outlet in session.execute(query.limit(limit))]


def keep_picture(session: Session, story_id: str, number: int, asset: str) -> None:
    """Notes the kept picture."""
    session.execute(update(StoryPicture), [{"story_id": story_id, "number": number, "asset": asset}])


def give_up_pictures(session: Session, troubles: Sequence[tuple[str, int, str]]) -> None:
    """Notes of each (story, number, msgid) why there is no picture."""
    values = [{"story_id": story, "number": number, "trouble": trouble} for story, number, trouble in troubles]
    if values:
        session.execute(update(StoryPicture), values)


def _story(new: New, reading: Reading, seq: int, judge: Judge, group: Grouper) -> Story:
    newest = new.versions[-1]
    story_id = new_id(reading.at)
    points, reasons = judge(newest.title, newest.summary)
    return Story(
        id=story_id,
        office=reading.office,
        outlet_id=reading.outlet_id,
        source_id=reading.source_id,
        identity=new.keys[0],
        url=newest.url or reading.fetched_from,
        title=newest.title,
        summary=newest.summary,
        author=newest.author,
        digest=digest_of(newest),
        published_at=newest.published_at,
        published_raw=newest.published_raw,
        first_seen_at=reading.at,
        first_seen_seq=seq,
        folded=fold(f"{newest.title} {newest.summary}"),
        score=points,
        reasons=reasons,
        cluster_id=group(story_id, newest.title),
    )


def _rows_of(story_id: str, new: New, reading: Reading) -> list[Base]:
    revisions = [_revision(story_id, n, item, reading) for n, item in enumerate(new.versions, 1)]
    pictures = [
        StoryPicture(story_id=story_id, number=n, url=url) for n, url in enumerate(new.versions[-1].pictures, 1)
    ]
    return [*revisions, *pictures]


def _change(session: Session, changed: Changed, reading: Reading, judge: Judge) -> None:
    story = session.get_one(Story, changed.story_id)
    item = changed.item
    story.title, story.summary, story.digest = item.title, item.summary, digest_of(item)
    story.folded = fold(f"{item.title} {item.summary}")
    story.score, story.reasons = judge(item.title, item.summary)
    last = session.scalar(select(func.max(Revision.number)).where(Revision.story_id == story.id)) or 0
    session.add(_revision(story.id, last + 1, item, reading))
    _add_pictures(session, story.id, item.pictures)


def _add_pictures(session: Session, story_id: str, urls: Iterable[str]) -> None:
    """Pictures that the outlet added later; those it took away stay, with what was already seen."""
    have = {p.url: p.number for p in session.scalars(select(StoryPicture).where(StoryPicture.story_id == story_id))}
    fresh = (url for url in urls if url not in have)
    for number, url in enumerate(fresh, max(have.values(), default=0) + 1):
        session.add(StoryPicture(story_id=story_id, number=number, url=url))


def _revision(story_id: str, number: int, item: Item, reading: Reading) -> Revision:
    return Revision(
        story_id=story_id,
        number=number,
        title=item.title,
        summary=item.summary,
        digest=digest_of(item),
        evidence=reading.evidence,
        fetched_from=reading.fetched_from,
        fetched_at=reading.at,
    )


def _add_keys(session: Session, source_id: str, named: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """The first story that goes by a key keeps it."""
    wanted = {key: story_id for story_id, keys in reversed(list(named)) for key in keys}
    keys = list(wanted)
    taken: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        taken |= set(session.scalars(select(Alias.key).where(Alias.source_id == source_id, Alias.key.in_(chunk))))
    session.add_all(Alias(source_id=source_id, key=k, story_id=s) for k, s in wanted.items() if k not in taken)


def _reserve(session: Session, count: int) -> int:
    """The first of `count` numbers of the order of first sight."""
    first = next_number(session, "story")
    if count > 1:
        session.execute(update(Counter).where(Counter.name == "story").values(value=Counter.value + count - 1))
    return first
