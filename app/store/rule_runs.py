"""Rules and the stories that were there before them: tried without touching anything, applied in steps, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.orm import Session

from app.desk.filters import Actions, Conditions
from app.desk.policy import Actor, require
from app.models.errors import NotFound, Refused
from app.models.ids import new_id
from app.models.rule import Rule, RuleHit, RuleRun
from app.models.story import Assignment, Story, StoryTag, Triage
from app.store import people, rules
from app.store.database import Database
from app.store.events import record
from app.store.touchable import effects, joined, place, touchable

SHOWN = 20  # stories a trial shows
STEP = 200  # stories in one transaction: the others at the desk wait no longer than that takes
UNDO = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would do to the stories that are there: how many, by action, and the newest of them."""

    total: int
    by_action: dict[str, int]
    newest: Sequence[Story]


def try_out(
    session: Session, conditions: Conditions, actions: Actions, *, since: datetime | None = None, rule_id: str = ""
) -> Trial:
    """Reads only. `rule_id`: the rule that is tried again; stories it has touched already are left out."""
    wanted = touchable(session, conditions, actions, since=since, rule_id=rule_id)
    kinds = effects(actions)
    counts = [func.count(), *(func.count(case((condition, 1))) for condition in kinds.values())]
    row = session.execute(joined(select(*counts), conditions).where(*wanted)).one()
    newest = joined(select(Story), conditions).where(*wanted).order_by(place(conditions).desc()).limit(SHOWN)
    by_action: dict[str, int] = dict(zip(kinds, row[1:], strict=True))
    return Trial(row[0], by_action, session.scalars(newest).all())


def start(session: Session, rule_id: str, *, since: datetime | None, actor: Actor, now: datetime) -> RuleRun:
    """Sends a rule over the stories that are there; `carry_on` does the work."""
    require(actor, "rule.manage")
    rule = rules.get(session, rule_id)
    if _under_way(session, rule_id):
        raise Refused("This rule is being applied already.")
    one = rules.as_filter(rule)
    trial = try_out(session, one.conditions, one.actions, since=since, rule_id=rule_id)
    last = session.scalar(select(func.max(Story.first_seen_seq))) or 0
    return _begin(session, rule_id, total=trial.total, below=last + 1, since=since, undoes=None, actor=actor, now=now)


def start_undoing(session: Session, run_id: str, *, actor: Actor, now: datetime) -> RuleRun:
    """Takes back what a run did to the stories nobody has changed since. Raises Refused when it is too long ago."""
    require(actor, "rule.manage")
    run = session.get(RuleRun, run_id)
    if run is None or run.undoes:
        raise NotFound("There is no such rule.")
    if run.asked_at < now - UNDO:
        raise Refused("What a rule did can be taken back for %(days)d days.", days=UNDO.days)
    if run.ended_at is None:
        run.ended_at = now
    total = session.scalar(select(func.count()).select_from(RuleHit).where(*_standing(run_id))) or 0
    return _begin(session, run.rule_id, total=total, below=0, since=None, undoes=run_id, actor=actor, now=now)


def waiting(session: Session) -> RuleRun | None:
    """The oldest run that is under way, or None."""
    return session.scalar(select(RuleRun).where(RuleRun.ended_at.is_(None)).order_by(RuleRun.asked_at).limit(1))


def listing(session: Session) -> Sequence[RuleRun]:
    """Every run, newest first."""
    return session.scalars(select(RuleRun).order_by(RuleRun.asked_at.desc()).limit(100)).all()


def carry_on(session: Session, run_id: str, *, now: datetime, step: int = STEP) -> bool:
    """One step of a run. Returns whether there is more to do; killed between two steps, nothing is lost or doubled."""
    run = session.get(RuleRun, run_id)
    if run is None or run.ended_at is not None:
        return False
    actor = people.acting(people.by_id(session, run.asked_by), "timer")
    go = _take_back_some if run.undoes else _apply_some
    more = go(session, run, actor, now, step)
    if not more:
        run.ended_at = now
    return more


def work_off(database: Database, *, now: datetime) -> int:
    """Everything that is under way, to its end; each step is a transaction of its own. Returns how many there were."""
    steps = 0
    while True:
        with database.writing() as session:
            run = waiting(session)
            if run is None:
                return steps
            carry_on(session, run.id, now=now)
        steps += 1


def hits_of(session: Session, story_id: str) -> Sequence[tuple[RuleHit, Rule]]:
    """What rules did to a story and nobody took back, in the order they did it."""
    query = select(RuleHit, Rule).join(Rule, Rule.id == RuleHit.rule_id).where(RuleHit.story_id == story_id)
    found = session.execute(query.where(RuleHit.undone_at.is_(None)).order_by(RuleHit.at, Rule.place))
    return [(hit, rule) for hit, rule in found]


def take_back(session: Session, rule_id: str, story_id: str, *, actor: Actor, now: datetime) -> None:
    """Makes one story what it was before the rule, as far as nobody changed it since; the rule touches it no more."""
    require(actor, "story.triage")
    hit = session.get(RuleHit, (rule_id, story_id))
    if hit is None or hit.undone_at is not None:
        raise NotFound("This rule did nothing to this story.")
    _restore(session, hit, session.get_one(Story, story_id), now)
    record(session, "rule.undone", actor=actor, now=now, rule=rule_id, stories=[story_id])


def _apply_some(session: Session, run: RuleRun, actor: Actor, now: datetime, step: int) -> bool:
    rule = rules.get(session, run.rule_id)
    if rule.deleted_at is not None:
        return False
    one = rules.as_filter(rule)
    wanted = touchable(session, one.conditions, one.actions, since=run.since, rule_id=one.id)
    query = joined(select(Story.id, Story.first_seen_seq), one.conditions).where(*wanted)
    at = place(one.conditions)
    found = session.execute(query.where(at < run.below).order_by(at.desc()).limit(step)).all()
    if found:
        ids = [story_id for story_id, _ in found]
        run.touched += rules.apply_to(session, [one], ids, actor=actor, now=now, run_id=run.id)
        run.below = found[-1][1]
    return len(found) == step


def _take_back_some(session: Session, run: RuleRun, actor: Actor, now: datetime, step: int) -> bool:
    hits = session.scalars(select(RuleHit).where(*_standing(run.undoes or "")).limit(step)).all()
    ids = [hit.story_id for hit in hits]
    told = {story.id: story for story in session.scalars(select(Story).where(Story.id.in_(ids)))}
    with session.no_autoflush:  # all stories of a step in one statement, not each in its own
        for hit in hits:
            _restore(session, hit, told[hit.story_id], now)
    run.touched += len(hits)
    if hits:
        record(session, "rule.undone", actor=actor, now=now, rule=run.rule_id, stories=ids)
    return len(hits) == step


def _restore(session: Session, hit: RuleHit, story: Story, now: datetime) -> None:
    """Each thing the rule changed goes back, unless it is no longer what the rule made it."""
    triage, starred, person = (hit.before.get(name) for name in ("triage", "starred", "person"))
    if triage and story.triage.value == triage[1]:
        story.triage = Triage(triage[0])
    if starred and story.starred == starred[1]:
        story.starred = starred[0]
    if person:
        assigned = (Assignment.story_id == story.id, Assignment.person_id == person[1])
        session.execute(delete(Assignment).where(*assigned))
    if tags := hit.before.get("tags"):
        session.execute(delete(StoryTag).where(StoryTag.story_id == story.id, StoryTag.tag.in_(tags)))
    hit.undone_at = now


def _begin(
    session: Session,
    rule_id: str,
    *,
    total: int,
    below: int,
    since: datetime | None,
    undoes: str | None,
    actor: Actor,
    now: datetime,
) -> RuleRun:
    run = RuleRun(
        id=new_id(now),
        rule_id=rule_id,
        undoes=undoes,
        asked_by=actor.person,
        asked_at=now,
        since=since,
        total=total,
        below=below,
    )
    session.add(run)
    session.flush()
    return run


def _under_way(session: Session, rule_id: str) -> bool:
    query = select(RuleRun.id).where(RuleRun.rule_id == rule_id, RuleRun.ended_at.is_(None))
    return session.scalar(query.limit(1)) is not None


def _standing(run_id: str) -> tuple[ColumnElement[bool], ...]:
    return RuleHit.run_id == run_id, RuleHit.undone_at.is_(None)
