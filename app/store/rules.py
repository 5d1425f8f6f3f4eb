"""The desk's rules: made, ordered, switched, and applied to what comes in. What they mean: app/desk/filters.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk import filters
from app.desk.filters import Actions, Change, Conditions, Facts, Filter
from app.desk.policy import Actor, require
from app.models.article import ArticleStory
from app.models.errors import NotFound, Refused
from app.models.ids import new_id
from app.models.rule import Rule, RuleHit
from app.models.story import Assignment, Story, StoryTag
from app.store import marks, stories
from app.store.events import record

CHUNK = 400  # stories at one time
LONGEST_NAME = 80


def listing(session: Session) -> Sequence[Rule]:
    """The rules that stand, in the order they are tried."""
    return session.scalars(select(Rule).where(Rule.deleted_at.is_(None)).order_by(Rule.place, Rule.made_at)).all()


def get(session: Session, rule_id: str) -> Rule:
    """Raises NotFound; a deleted rule is still found."""
    rule = session.get(Rule, rule_id)
    if rule is None:
        raise NotFound("There is no such rule.")
    return rule


def touched(session: Session) -> Mapping[str, int]:
    """How many stories stand as each rule left them, by rule."""
    query = select(RuleHit.rule_id, func.count()).where(RuleHit.undone_at.is_(None)).group_by(RuleHit.rule_id)
    return dict(session.execute(query).all())


def create(
    session: Session, *, name: str, conditions: Conditions, actions: Actions, actor: Actor, now: datetime
) -> Rule:
    """A new rule behind all others; it holds for what comes in from now on."""
    require(actor, "rule.manage")
    actions = _checked(session, conditions, actions)
    last = session.scalar(select(func.max(Rule.place))) or 0
    rule = Rule(
        id=new_id(now),
        office=actor.office,
        name=_name(name),
        place=last + 1,
        conditions=conditions.as_kept(),
        actions=actions.as_kept(),
        enabled=True,
        made_by=actor.person,
        made_at=now,
    )
    session.add(rule)
    session.flush()
    record(session, "rule.made", actor=actor, now=now, rule=rule.id)
    return rule


def change(
    session: Session,
    rule_id: str,
    *,
    name: str,
    conditions: Conditions,
    actions: Actions,
    actor: Actor,
    now: datetime,
) -> Rule:
    """Other words, other actions; what the rule did before stays as it is."""
    require(actor, "rule.manage")
    rule = get(session, rule_id)
    actions = _checked(session, conditions, actions)
    new = {"name": _name(name), "conditions": conditions.as_kept(), "actions": actions.as_kept()}
    changed = [field for field, value in new.items() if getattr(rule, field) != value]
    for field in changed:
        setattr(rule, field, new[field])
    if changed:
        record(session, "rule.changed", actor=actor, now=now, rule=rule.id, fields=changed)
    return rule


def switch(session: Session, rule_id: str, *, on: bool, actor: Actor, now: datetime) -> None:
    """Lets a rule rest, or sets it to work again."""
    require(actor, "rule.manage")
    get(session, rule_id).enabled = on
    record(session, "rule.changed", actor=actor, now=now, rule=rule_id, fields=["enabled"])


def move(session: Session, rule_id: str, by: int, *, actor: Actor, now: datetime) -> None:
    """Up (-1) or down (+1) among the rules; at either end nothing happens."""
    require(actor, "rule.manage")
    rules = list(listing(session))
    at = next((n for n, rule in enumerate(rules) if rule.id == rule_id), None)
    if at is None:
        raise NotFound("There is no such rule.")
    to = min(max(at + by, 0), len(rules) - 1)
    if to == at:
        return
    rules.insert(to, rules.pop(at))
    for place, rule in enumerate(rules, 1):
        rule.place = place
    record(session, "rule.changed", actor=actor, now=now, rule=rule_id, fields=["place"])


def delete(session: Session, rule_id: str, *, deleted: bool = True, actor: Actor, now: datetime) -> None:
    """Takes a rule away, or brings it back; what it did stays, and stays told."""
    require(actor, "rule.manage")
    get(session, rule_id).deleted_at = now if deleted else None
    record(session, "rule.changed", actor=actor, now=now, rule=rule_id, fields=["deleted"])


def apply(session: Session, story_ids: Sequence[str], *, now: datetime) -> None:
    """Applies every rule to stories that just came in or changed, in the transaction that brought them.

    Without rules it costs one question. A rule touches a story once: what a person took back stays so.
    """
    if not story_ids:
        return
    query = select(Rule).where(Rule.enabled.is_(True), Rule.deleted_at.is_(None)).order_by(Rule.place, Rule.made_at)
    rules = [as_filter(rule) for rule in session.scalars(query)]
    for start in range(0, len(story_ids) if rules else 0, CHUNK):
        apply_to(session, rules, story_ids[start : start + CHUNK], actor=None, now=now)


def apply_to(
    session: Session,
    rules: Sequence[Filter],
    story_ids: Sequence[str],
    *,
    actor: Actor | None,
    now: datetime,
    run_id: str | None = None,
) -> int:
    """Applies these rules to at most CHUNK stories and writes what each did. Returns how many stories it touched."""
    found = session.scalars(select(Story).where(Story.id.in_(story_ids)).order_by(Story.first_seen_seq)).all()
    known = _facts(session, found, wants_telling=any(rule.conditions.only_one_outlet for rule in rules))
    done = _done(session, rules, story_ids)
    hits: dict[str, list[str]] = {}
    for story in found:
        facts = known[story.id]
        after, changes = filters.apply((rule for rule in rules if (rule.id, story.id) not in done), facts)
        if changes:
            _write(session, story, facts, after, now=now)
        for made in changes:
            hits.setdefault(made.rule, []).append(story.id)
            session.add(_hit(made, story.id, now=now, run_id=run_id))
    session.flush()
    for rule_id, touched_ids in hits.items():
        timer = Actor(person_id=None, name="", role=None, office=found[0].office, via="timer")
        record(session, "rule.applied", actor=actor or timer, now=now, rule=rule_id, stories=touched_ids)
    return len({story_id for touched_ids in hits.values() for story_id in touched_ids})


def as_filter(rule: Rule) -> Filter:
    """The rule as app/desk/filters.py knows it."""
    return Filter(rule.id, Conditions.of(rule.conditions), Actions.of(rule.actions))


def _facts(session: Session, found: Sequence[Story], *, wants_telling: bool) -> dict[str, Facts]:
    ids = [story.id for story in found]
    put_on = marks.of_stories(session, ids)
    used = set(session.scalars(select(ArticleStory.story_id).where(ArticleStory.story_id.in_(ids))))
    telling = stories.told_by(session, found) if wants_telling else {}
    return {
        story.id: Facts(
            title=story.title,
            summary=story.summary,
            outlet_id=story.outlet_id,
            source_id=story.source_id,
            score=story.score,
            outlets_telling=telling.get(story.cluster_id or "", 1),
            triage=story.triage,
            starred=story.starred,
            person=put_on[story.id].person,
            tags=frozenset(put_on[story.id].tags),
            is_used=story.id in used,
        )
        for story in found
    }


def _done(session: Session, rules: Sequence[Filter], story_ids: Sequence[str]) -> set[tuple[str, str]]:
    query = select(RuleHit.rule_id, RuleHit.story_id).where(RuleHit.story_id.in_(story_ids))
    wanted = {rule.id for rule in rules}
    return {(rule_id, story_id) for rule_id, story_id in session.execute(query) if rule_id in wanted}


def _write(session: Session, story: Story, facts: Facts, after: Facts, *, now: datetime) -> None:
    story.triage, story.starred = after.triage, after.starred
    session.add_all(StoryTag(story_id=story.id, tag=tag) for tag in sorted(after.tags - facts.tags))
    if after.person != facts.person:
        session.add(Assignment(story_id=story.id, person_id=after.person, at=now))


def _hit(made: Change, story_id: str, *, now: datetime, run_id: str | None) -> RuleHit:
    return RuleHit(rule_id=made.rule, story_id=story_id, at=now, before=made.before, run_id=run_id)


def _checked(session: Session, conditions: Conditions, actions: Actions) -> Actions:
    if actions.tag:
        actions = Actions.of({**actions.as_kept(), "tag": marks.spell(session, actions.tag)})
    filters.check(conditions, actions)
    return actions


def _name(text: str) -> str:
    name = " ".join(text.split())[:LONGEST_NAME]
    if not name:
        raise Refused("A rule needs a name by which people know it.")
    return name


def as_kept(rule: Rule) -> dict[str, Any]:
    """For scripts."""
    return {
        "id": rule.id,
        "name": rule.name,
        "place": rule.place,
        "enabled": rule.enabled,
        "conditions": rule.conditions,
        "actions": rule.actions,
    }
