"""The stories a rule would touch, asked of the database: the same answer as app/desk/filters.py, over all at once."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.desk.filters import OPEN, Actions, Conditions
from app.models.article import ArticleStory
from app.models.rule import RuleHit
from app.models.story import Assignment, Story, StoryTag, Triage
from app.store.match import INDEX, But, Match, all_of, any_of, fits, term
from app.store.search import BY_WORDS

Q = TypeVar("Q", bound="Select[*tuple[Any, ...]]")


def touchable(
    session: Session, conditions: Conditions, actions: Actions, *, since: datetime | None, rule_id: str
) -> list[ColumnElement[bool]]:
    """What must hold of Story, and of INDEX where words are asked for: see `joined`."""
    found = [Story.triage.in_(OPEN), ~_is_used(), or_(*effects(actions).values()), *_plain(conditions)]
    if since is not None:
        found.append(Story.first_seen_at >= since)
    if rule_id:
        found.append(~exists().where(RuleHit.rule_id == rule_id, RuleHit.story_id == Story.id))
    wanted, unwanted = _wanted(conditions), _unwanted(conditions)
    if wanted:
        found.append(fits(session, But(wanted, unwanted) if unwanted else wanted))
    elif unwanted:
        found.append(Story.first_seen_seq.not_in(select(INDEX.c.rowid).where(fits(session, unwanted))))
    return found


def effects(actions: Actions) -> dict[str, ColumnElement[bool]]:
    """By action, the condition that it would change something."""
    found: dict[str, ColumnElement[bool]] = {}
    if actions.drop:
        found["drop"] = and_(Story.triage == Triage.NEW, Story.starred.is_(False))
    if actions.star:
        found["star"] = Story.starred.is_(False)
    if actions.tag:
        found["tag"] = ~exists().where(StoryTag.story_id == Story.id, StoryTag.tag == actions.tag)
    if actions.person:
        found["person"] = ~exists().where(Assignment.story_id == Story.id)
    return found


def joined(query: Q, conditions: Conditions) -> Q:
    """With the index of words when the conditions have words that must occur."""
    if not _wanted(conditions):
        return query.select_from(Story)
    return query.select_from(INDEX).join(Story, Story.first_seen_seq == BY_WORDS)


def place(conditions: Conditions) -> ColumnElement[int]:
    """The column to order by, newest last."""
    return INDEX.c.rowid if _wanted(conditions) else Story.first_seen_seq.expression


def _wanted(conditions: Conditions) -> Match | None:
    where = "title" if conditions.title_only else "story"
    every = [term(word, where=where) for word in conditions.all_words]
    return all_of([any_of([term(word, where=where) for word in conditions.any_words]), *every])


def _unwanted(conditions: Conditions) -> Match | None:
    where = "title" if conditions.title_only else "story"
    return any_of([term(word, where=where) for word in conditions.no_words])


def _plain(conditions: Conditions) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if conditions.outlets:
        found.append(Story.outlet_id.in_(conditions.outlets))
    if conditions.sources:
        found.append(Story.source_id.in_(conditions.sources))
    if conditions.least is not None:
        found.append(Story.score >= conditions.least)
    if conditions.most is not None:
        found.append(Story.score <= conditions.most)
    if conditions.only_one_outlet:
        other = aliased(Story)
        told = exists().where(other.cluster_id == Story.cluster_id, other.outlet_id != Story.outlet_id)
        found.append(or_(Story.cluster_id.is_(None), ~told))
    return found


def _is_used() -> ColumnElement[bool]:
    return exists().where(ArticleStory.story_id == Story.id)
