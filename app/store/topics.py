"""What puts a story first: the office’s topics and the words its own picks taught. A change scores anew at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.desk.cadence import VIETNAM
from app.desk.policy import Actor, require
from app.desk.rank import Ranker, seen_day
from app.desk.taste import Lesson, Pick, learn
from app.models.errors import NotFound
from app.models.office import Office
from app.models.rule import LearnedWord, RuleHit
from app.models.story import Story, Triage
from app.store import office
from app.store.database import Database
from app.store.events import record

DAY = timedelta(days=1)
WINDOW = timedelta(days=21)  # stories older than this keep the points they have
TAUGHT = timedelta(days=180)  # picks older than this teach nothing
PASSED = timedelta(days=4)  # a story nobody touched for so long was passed over
MOST_PICKS = 8_000
COUNTED = timedelta(days=7)  # how far back the stories of each topic are counted
FRESH = timedelta(days=14)  # an older story is looked for, not suggested

Topic = dict[str, Any]


def ranker(session: Session) -> Ranker:
    """What judges stories now; without an office it knows no topics."""
    house = office.find(session)
    if house is None:
        return Ranker([])
    return Ranker(house.topics, _believed(session) if house.learns else ())


def learned(session: Session) -> Sequence[LearnedWord]:
    """The words the picks taught, the strongest first."""
    words = session.scalars(select(LearnedWord)).all()
    return sorted(words, key=lambda row: (-abs(row.points), -len(row.word), row.word))


def change(session: Session, topics: Sequence[Topic], *, actor: Actor, now: datetime) -> None:
    """Sets all topics. As after every change here, the caller then lets `rescore` run."""
    require(actor, "topic.manage")
    house = office.load(session)
    before = {topic["label"]: topic for topic in house.topics}
    after = {topic["label"]: topic for topic in topics}
    house.topics = list(topics)
    changed = sorted(label for label in before.keys() | after.keys() if before.get(label) != after.get(label))
    _note(session, ["topics", *_keys(before, after, changed)], actor, now)


def switch(session: Session, label: str, *, on: bool, actor: Actor, now: datetime) -> None:
    """Switches one topic on or off. Raises NotFound."""
    require(actor, "topic.manage")
    house = office.load(session)
    if not any(topic["label"] == label for topic in house.topics):
        raise NotFound("There is no topic “%(label)s”.", label=label)
    house.topics = [_switched(topic, on) if topic["label"] == label else topic for topic in house.topics]
    _note(session, ["topics"], actor, now)


def switch_word(session: Session, word: str, *, on: bool, actor: Actor, now: datetime) -> None:
    """Switches one learned word on or off. Raises NotFound."""
    require(actor, "topic.manage")
    row = session.get(LearnedWord, word)
    if row is None:
        raise NotFound("The word “%(word)s” was not learned.", word=word)
    row.enabled = on
    _note(session, ["learned_word"], actor, now)


def switch_learning(session: Session, *, on: bool, actor: Actor, now: datetime) -> None:
    """Whether what was learned counts at all."""
    require(actor, "topic.manage")
    office.load(session).learns = on
    _note(session, ["learns"], actor, now)


def switch_age(session: Session, *, on: bool, actor: Actor, now: datetime) -> None:
    """Whether a story loses points with the days; either way it stays in the list."""
    require(actor, "topic.manage")
    office.load(session).ages = on
    session.execute(update(Story).values(seen_day=0))
    first, last = session.execute(select(func.min(Story.first_seen_at), func.max(Story.first_seen_at))).one()
    day = first.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0) if on and first else None
    while day is not None and day <= last:
        of_day = (Story.first_seen_at >= day) & (Story.first_seen_at < day + DAY)
        session.execute(update(Story).where(of_day).values(seen_day=seen_day(day)))
        day += DAY
    _note(session, ["ages"], actor, now)


def study(database: Database, *, now: datetime) -> int:
    """Learns anew from the picks of the last half year; how many words it knows now. What is switched off stays so."""
    with database.reading() as session:
        lessons = learn(picks(session, now=now))
    with database.writing() as session:
        off = {row.word for row in learned(session) if not row.enabled}
        known = {lesson.word for lesson in lessons}
        session.execute(delete(LearnedWord))
        rows = [_row(lesson, off) for lesson in [*lessons, *(Lesson(word, 0, 0, 0.0) for word in sorted(off - known))]]
        if rows:
            session.execute(insert(LearnedWord), rows)
    return len(lessons)


def picks(session: Session, *, now: datetime) -> list[Pick]:
    """What people kept and what they passed over, newest first; what a rule decided was no pick."""
    ruled = select(RuleHit.story_id).where(RuleHit.story_id == Story.id, RuleHit.undone_at.is_(None)).exists()
    passed = (Story.triage == Triage.DROPPED) | ((Story.triage == Triage.NEW) & (Story.first_seen_at < now - PASSED))
    query = (
        select(Story.title, Story.summary, Story.triage)
        .where(Story.first_seen_at >= now - TAUGHT, (Story.triage == Triage.KEPT) | passed, ~ruled)
        .order_by(Story.first_seen_seq.desc())
        .limit(MOST_PICKS)
    )
    return [Pick(title, summary, triage == Triage.KEPT) for title, summary, triage in session.execute(query)]


def rescore(database: Database, *, now: datetime) -> int:
    """Scores the stories of the window anew; how many have other points or reasons now.

    The judging happens beside the other writers, the writing in one short transaction.
    """
    with database.reading() as session:
        changes = _changes(session, now)
    if changes:
        table = Story.__table__
        # A text that changed meanwhile was judged by whoever changed it.
        same = (table.c.id == bindparam("story")) & (table.c.digest == bindparam("read"))
        write = update(table).where(same).values(score=bindparam("points"), reasons=bindparam("why"))  # type: ignore[arg-type]
        with database.writing() as session:
            session.execute(write, changes)
    return len(changes)


def suggested(session: Session, *, now: datetime, limit: int) -> list[Story]:
    """What to look at first: stories nobody has looked at, best points first, one of each event, none of old ones."""
    query = (
        select(Story)
        .where(Story.triage == Triage.NEW, Story.first_seen_at >= now - FRESH)
        .order_by(Story.standing.desc(), Story.first_seen_seq.desc())
    )
    found: list[Story] = []
    events: set[str] = set()
    for story in session.scalars(query.limit(limit * 5)):
        if len(found) < limit and story.cluster_id not in events:
            found.append(story)
            events |= {story.cluster_id} if story.cluster_id else set()
    return found


def words_in(session: Session, story: Story) -> dict[str, str]:
    """Of each topic that gave this story points, the word that counted, folded or plain."""
    house = office.find(session)
    labels = {reason["label"] for reason in story.reasons}
    gave = [topic for topic in (house.topics if house else []) if topic["label"] in labels]
    return Ranker(gave).words_in(story.title, story.summary)


def tally(session: Session, *, now: datetime) -> Counter[str]:
    """How many stories of the last days each topic gave its points to, by label."""
    query = select(Story.reasons).where(Story.first_seen_at >= now - COUNTED)
    return Counter(reason["label"] for reasons in session.scalars(query) for reason in reasons)


def missing(house: Office) -> list[Topic]:
    """The topics of the preset that the office has not, by their labels."""
    have = {topic["label"] for topic in house.topics}
    preset = office.presets().get(house.preset, {})
    return [topic for topic in preset.get("topics", []) if topic["label"] not in have]


def _believed(session: Session) -> list[tuple[str, float]]:
    return [(row.word, row.points) for row in learned(session) if row.enabled and row.points]


def _switched(topic: Mapping[str, Any], on: bool) -> Topic:
    kept = {name: value for name, value in topic.items() if name != "off"}
    return kept if on else {**kept, "off": True}


def _keys(before: Mapping[str, Topic], after: Mapping[str, Topic], changed: Sequence[str]) -> list[str]:
    """Which fields of topics changed, for the log: it holds names of fields, never words."""
    fields = {
        name
        for label in changed
        for name in ("label", "weight", "words", "off")
        if before.get(label, {}).get(name) != after.get(label, {}).get(name)
    }
    return sorted(fields)


def _note(session: Session, fields: Sequence[str], actor: Actor, now: datetime) -> None:
    record(session, "topics.changed", actor=actor, now=now, fields=sorted(fields))


def _changes(session: Session, now: datetime) -> list[dict[str, Any]]:
    judge = ranker(session)
    query = select(Story.id, Story.digest, Story.title, Story.summary, Story.score, Story.reasons)
    found = []
    for story, digest, title, summary, score, reasons in session.execute(
        query.where(Story.first_seen_at >= now - WINDOW)
    ):
        points, why = judge(title, summary)
        if points != score or why != reasons:
            found.append({"story": story, "read": digest, "points": points, "why": why})
    return found


def _row(lesson: Lesson, off: Collection[str]) -> dict[str, Any]:
    return {
        "word": lesson.word,
        "kept": lesson.kept,
        "passed": lesson.passed,
        "points": lesson.points,
        "enabled": lesson.word not in off,
    }
