"""What a question asks of stories besides their words: outlet, day, state, tag, person."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from app.desk.cadence import VIETNAM
from app.desk.query import Query
from app.models.story import Assignment, Story, StoryTag, Triage

_shown_at = func.coalesce(Story.published_at, Story.first_seen_at)  # the time a story is listed with


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """The same operator twice means either; two operators mean both."""
    found: list[ColumnElement[bool]] = []
    if query.outlets is not None:
        found.append(Story.outlet_id.in_(query.outlets))
    if query.sources is not None:
        found.append(Story.source_id.in_(query.sources))
    if query.states is not None:
        found.append(Story.triage.in_([Triage(state) for state in query.states]))
    if query.starred:
        found.append(Story.starred.is_(True))
    if query.tags is not None:
        found.append(tagged(query.tags))
    if query.people is not None:
        found.append(assigned_to(query.people))
    return [*found, *_on_days(query.first, query.last)]


def tagged(tags: frozenset[str]) -> ColumnElement[bool]:
    """Stories with one of these tags."""
    return Story.id.in_(select(StoryTag.story_id).where(StoryTag.tag.in_(tags)))


def assigned_to(people: frozenset[str]) -> ColumnElement[bool]:
    """Stories that one of these people is to look at."""
    return Story.id.in_(select(Assignment.story_id).where(Assignment.person_id.in_(people)))


def first_since(day: date) -> ScalarSelect[int]:
    """The first_seen_seq of the first story that came in on this day of Viet Nam or later."""
    query = select(Story.first_seen_seq).where(Story.first_seen_at >= _midnight(day))
    return query.order_by(Story.first_seen_at).limit(1).scalar_subquery()


def _on_days(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """Days of Viet Nam. No story was published after it was first seen, so the index over the latter helps."""
    found: list[ColumnElement[bool]] = []
    if first:
        start = _midnight(first)
        found += [_shown_at >= start, Story.first_seen_at >= start]
    if last:
        found.append(_shown_at < _midnight(last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
