"""What a reading of a source writes: new stories, new revisions, further keys, pictures, and the words to find them."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.desk.decide import Changed, Decision, Item, New, digest_of
from app.desk.folding import fold
from app.desk.rank import seen_day
from app.models.event import Counter
from app.models.ids import new_id
from app.models.outlet import Source
from app.models.story import Alias, Revision, Story, StoryPage, StoryPicture, Triage
from app.store import clusters, office, search
from app.store.events import next_number
from app.store.known import known as known  # asked for here, beside what writes it
from app.store.known import strangers as strangers
from app.store.rows import insert_rows

Judge = Callable[[str, str], tuple[int, list[dict[str, Any]]]]  # title and summary to points and reasons
# Story id, title, summary, when it was published, and outlet to the cluster it falls in.
Grouper = Callable[[str, str, str, datetime, str], str | None]
Row = dict[str, Any]
Plan = tuple["Reading", Sequence[Decision]]
_Named = tuple[str, Decision, "Reading"]  # the id of the story it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where and when the items were read, and the SHA-256 of the kept evidence."""

    office: str
    outlet_id: str
    source_id: str
    evidence: str
    fetched_from: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """A story as it now stands; `at` is when it was published, or first seen."""

    story_id: str
    seq: int
    title: str
    summary: str
    at: datetime
    outlet_id: str
    new: bool


def store(
    session: Session, decisions: Sequence[Decision], reading: Reading, *, judge: Judge, group: Grouper | None = None
) -> list[Arrived]:
    """As `store_all`, for one reading."""
    return store_all(session, [(reading, decisions)], judge=judge, group=group)


def store_all(
    session: Session, readings: Sequence[Plan], *, judge: Judge, group: Grouper | None = None
) -> list[Arrived]:
    """Writes what was decided of some readings, each of another outlet, in that order; `first_seen_seq` grows with it.

    Returns what is new or changed. Without `group` the stories stand alone until somebody groups them.
    """
    house = office.find(session)
    ages = house is None or house.ages
    seqs = _reserve(session, sum(isinstance(decision, New) for _, plan in readings for decision in plan))
    rows: list[Row] = []
    named: list[_Named] = []
    for reading, plan in readings:
        for decision in plan:
            if isinstance(decision, New):
                rows.append(_story(decision, reading, next(seqs), judge, group, ages=ages))
                named.append((rows[-1]["id"], decision, reading))
            else:
                named.append((decision.story_id, decision, reading))
    insert_rows(session, Story, rows)
    insert_rows(session, Revision, _first_revisions(named))
    insert_rows(session, StoryPicture, _first_pictures(named))
    changes = [_change(session, one, reading, judge) for _, one, reading in named if isinstance(one, Changed)]
    _add_keys(session, named)
    arrived = [_arrived(row) for row in rows] + changes
    _make_findable(session, arrived)
    return arrived


def ungrouped(session: Session, *, first: int | None) -> list[Arrived]:
    """What came in since stories were last grouped, oldest first; before that was ever done, from `first` on.

    What people brought is grouped at once and not among these.
    """
    done = session.scalar(select(Counter.value).where(Counter.name == "grouped"))
    after = done if done is not None else first - 1 if first else None
    if after is None:
        return []
    at = func.coalesce(Story.published_at, Story.first_seen_at, type_=Story.first_seen_at.type)
    columns = (Story.id, Story.first_seen_seq, Story.title, Story.summary, at, Story.outlet_id)
    query = select(*columns).where(Story.first_seen_seq > after, Story.brought_by.is_(None))
    return [Arrived(*row, new=True) for row in session.execute(query.order_by(Story.first_seen_seq))]


def note_grouped(session: Session, found: Sequence[tuple[str, str]], *, until: int) -> None:
    """Writes (story, cluster) of new stories, and that all were looked at up to this first_seen_seq."""
    if found:
        session.execute(update(Story), [{"id": story, "cluster_id": cluster} for story, cluster in found])
    if session.get(Counter, "grouped") is None:
        session.add(Counter(name="grouped", value=until))
    else:
        session.execute(update(Counter).where(Counter.name == "grouped").values(value=until))


def _story(new: New, reading: Reading, seq: int, judge: Judge, group: Grouper | None, *, ages: bool) -> Row:
    newest = new.versions[-1]
    story_id = new_id(reading.at)
    points, reasons = judge(newest.title, newest.summary)
    at = newest.published_at or reading.at
    return {
        "id": story_id,
        "office": reading.office,
        "outlet_id": reading.outlet_id,
        "source_id": reading.source_id,
        "identity": new.keys[0],
        "url": newest.url or reading.fetched_from,
        "title": newest.title,
        "summary": newest.summary,
        "author": newest.author,
        "lang": "vi",
        "digest": digest_of(newest),
        "published_at": newest.published_at,
        "published_raw": newest.published_raw,
        "first_seen_at": reading.at,
        "first_seen_seq": seq,
        "seen_day": seen_day(reading.at) if ages else 0,
        "folded": f"{fold(newest.title)} {fold(newest.summary)}".strip(),
        "score": points,
        "reasons": reasons,
        "triage": Triage.NEW,
        "cluster_id": group(story_id, newest.title, newest.summary, at, reading.outlet_id) if group else None,
        "starred": False,
        "garbled": newest.garbled or None,
    }


def _arrived(row: Row) -> Arrived:
    at = row["published_at"] or row["first_seen_at"]
    return Arrived(row["id"], row["first_seen_seq"], row["title"], row["summary"], at, row["outlet_id"], new=True)


def _first_revisions(named: Iterable[_Named]) -> list[Row]:
    return [
        _revision(story_id, number, item, reading)
        for story_id, decision, reading in named
        if isinstance(decision, New)
        for number, item in enumerate(decision.versions, 1)
    ]


def _first_pictures(named: Iterable[_Named]) -> list[Row]:
    return [
        {
            "story_id": story_id,
            "number": number,
            "url": url,
            "caption": "",
            "credit": decision.versions[-1].picture_credit or None,
        }
        for story_id, decision, _ in named
        if isinstance(decision, New)
        for number, url in enumerate(decision.versions[-1].pictures, 1)
    ]


def _change(session: Session, changed: Changed, reading: Reading, judge: Judge) -> Arrived:
    story = session.get_one(Story, changed.story_id, populate_existing=True)
    item = changed.item
    story.title, story.summary, story.digest = item.title, item.summary, digest_of(item)
    story.folded = f"{fold(item.title)} {fold(item.summary)}".strip()
    story.garbled = item.garbled or None
    story.score, story.reasons = judge(item.title, item.summary)
    last = session.scalar(select(func.max(Revision.number)).where(Revision.story_id == story.id)) or 0
    session.add(Revision(**_revision(story.id, last + 1, item, reading)))
    _add_pictures(session, story.id, item)
    session.flush()
    at = story.published_at or story.first_seen_at
    return Arrived(story.id, story.first_seen_seq, story.title, story.summary, at, story.outlet_id, False)


def _add_pictures(session: Session, story_id: str, item: Item) -> None:
    """Pictures that the outlet added later; those it took away stay, with what was already seen."""
    have = {p.url: p.number for p in session.scalars(select(StoryPicture).where(StoryPicture.story_id == story_id))}
    fresh = (url for url in item.pictures if url not in have)
    for number, url in enumerate(fresh, max(have.values(), default=0) + 1):
        session.add(StoryPicture(story_id=story_id, number=number, url=url, credit=item.picture_credit or None))


def _revision(story_id: str, number: int, item: Item, reading: Reading) -> Row:
    return {
        "story_id": story_id,
        "number": number,
        "title": item.title,
        "summary": item.summary,
        "digest": digest_of(item),
        "evidence": reading.evidence,
        "fetched_from": reading.fetched_from,
        "fetched_at": reading.at,
    }


def _add_keys(session: Session, named: Sequence[_Named]) -> None:
    """The first story that goes by a key keeps it, unless the outlet gave it to another."""
    for story_id, decision, reading in named:
        if isinstance(decision, New) and decision.takes:
            mine = select(Source.id).where(Source.outlet_id == reading.outlet_id)
            moved = update(Alias).where(Alias.source_id.in_(mine), Alias.key.in_(decision.takes))
            session.execute(moved.values(story_id=story_id), execution_options={"synchronize_session": False})
    rows = [
        {"source_id": reading.source_id, "key": key, "story_id": story_id}
        for story_id, decision, reading in named
        for key in decision.keys
    ]
    # By name: the other database's half of SQLAlchemy takes a while to load.
    dialect = importlib.import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    insert_rows(session, Alias, rows, made=dialect.insert(Alias.__table__).on_conflict_do_nothing())


def _make_findable(session: Session, arrived: Sequence[Arrived]) -> None:
    """Puts words into the search index, with those of a page that was read; and sentences where copies are told by."""
    changed = [story.story_id for story in arrived if not story.new]
    query = select(StoryPage.story_id, StoryPage.text).where(StoryPage.story_id.in_(changed)).order_by(StoryPage.number)
    bodies: Mapping[str, str] = dict(session.execute(query).all()) if changed else {}
    search.index(
        session,
        [search.Entry(s.seq, s.title, s.summary, bodies.get(s.story_id, "")) for s in arrived],
    )
    clusters.remember(session, [(story.story_id, story.summary) for story in arrived])


def _reserve(session: Session, count: int) -> Iterator[int]:
    """So many numbers of the order of first sight."""
    if not count:
        return iter(())
    first = next_number(session, "story")
    if count > 1:
        session.execute(update(Counter).where(Counter.name == "story").values(value=Counter.value + count - 1))
    return iter(range(first, first + count))
