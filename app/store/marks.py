"""What the desk puts on stories by hand: a star, tags, and who is to look at them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.desk.folding import fold
from app.desk.policy import Actor, require
from app.models.errors import NotFound, Refused
from app.models.person import Person
from app.models.story import Assignment, Story, StoryTag
from app.store.events import record

LONGEST_TAG = 40


@dataclass(frozen=True, slots=True)
class Marks:
    """The tags of a story in the order of the alphabet, and the id of who is to look at it, or an empty string."""

    tags: tuple[str, ...] = ()
    person: str = ""


def of_stories(session: Session, story_ids: Sequence[str]) -> dict[str, Marks]:
    """The marks of several stories, by story."""
    tags: dict[str, list[str]] = {}
    for story_id, tag in session.execute(
        select(StoryTag.story_id, StoryTag.tag).where(StoryTag.story_id.in_(story_ids))
    ):
        tags.setdefault(story_id, []).append(tag)
    query = select(Assignment.story_id, Assignment.person_id).where(Assignment.story_id.in_(story_ids))
    people = dict(session.execute(query).all())
    return {s: Marks(tuple(sorted(tags.get(s, ()), key=fold)), people.get(s, "")) for s in story_ids}


def tags(session: Session) -> list[str]:
    """Every tag in use."""
    return sorted(session.scalars(select(StoryTag.tag).distinct()), key=fold)


def spell(session: Session, text: str) -> str:
    """A tag as it is kept: trimmed, and spelled as the one that is already in use. Raises Refused when it is empty."""
    tag = " ".join(unicodedata.normalize("NFC", text).split())[:LONGEST_TAG].strip()
    if not fold(tag):
        raise Refused("A tag needs a word.")
    return next((known for known in tags(session) if known.lower() == tag.lower()), tag)


def star(session: Session, story_id: str, *, on: bool, actor: Actor, now: datetime) -> None:
    """Puts the star on or takes it off."""
    story = _story(session, story_id, actor)
    story.starred = on
    record(session, "story.marked", actor=actor, now=now, stories=[story_id], fields=["starred"])


def tag(session: Session, story_id: str, text: str, *, actor: Actor, now: datetime) -> str:
    """Puts a tag on; returns it as it is kept."""
    _story(session, story_id, actor)
    word = spell(session, text)
    if session.get(StoryTag, (story_id, word)) is None:
        session.add(StoryTag(story_id=story_id, tag=word))
        record(session, "story.marked", actor=actor, now=now, stories=[story_id], fields=["tags"])
    return word


def untag(session: Session, story_id: str, word: str, *, actor: Actor, now: datetime) -> None:
    """Takes a tag off."""
    _story(session, story_id, actor)
    session.execute(delete(StoryTag).where(StoryTag.story_id == story_id, StoryTag.tag == word))
    record(session, "story.marked", actor=actor, now=now, stories=[story_id], fields=["tags"])


def assign(session: Session, story_id: str, person_id: str, *, actor: Actor, now: datetime) -> None:
    """Says who is to look at a story; nobody when the id is empty. Raises Refused for who is not at the desk."""
    _story(session, story_id, actor)
    person = session.get(Person, person_id) if person_id else None
    if person_id and (person is None or not person.active):
        raise Refused("There is no such person at this desk.")
    session.execute(delete(Assignment).where(Assignment.story_id == story_id))
    if person_id:
        session.add(Assignment(story_id=story_id, person_id=person_id, at=now))
    record(session, "story.marked", actor=actor, now=now, stories=[story_id], fields=["person"])


def _story(session: Session, story_id: str, actor: Actor) -> Story:
    require(actor, "story.triage")
    story = session.get(Story, story_id)
    if story is None:
        raise NotFound("There is no such story.")
    return story
