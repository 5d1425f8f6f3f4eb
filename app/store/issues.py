"""Numbers of the bulletin: opened, composed by operations, sealed and signed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk import ops, policy, stages
from app.desk.places import between
from app.desk.policy import Actor
from app.models.article import Article, Stage
from app.models.errors import NotFound, Refused
from app.models.ids import new_id
from app.models.issue import Issue, IssueStage, Proof, Seal, Signature
from app.store import articles, manuscript, operations
from app.store.events import next_number, record
from app.store.operations import Write

DESIGNS = ("short", "feature")
LISTS = ("things", "days", "corrections")
NOUNS = ("issue", "slot")  # what an issue is written in
UNSIGNED = (IssueStage.DRAFT, IssueStage.SEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One article's place in the order of an issue."""

    key: str
    article_id: str
    design: str
    section: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What an issue holds now: its slots in order and its own small texts."""

    slots: tuple[Slot, ...]
    cover: str
    things: list[dict[str, str]]
    days: list[dict[str, str]]
    corrections: list[dict[str, str]]
    print_run: str


def create(
    session: Session,
    *,
    number: int,
    issue_date: date,
    actor: Actor,
    now: datetime,
    pages: int = 8,
    by_timer: bool = False,
) -> Issue:
    """Opens a number. Raises Refused when the year already has it, or pages are not a multiple of four."""
    if not by_timer:
        policy.require(actor, "issue.compose")
    _refuse_pages(pages)
    _refuse_number(session, number, issue_date.year)
    issue = Issue(
        id=new_id(now),
        office=actor.office,
        year=issue_date.year,
        number=number,
        issue_date=issue_date,
        pages=pages,
        stage=IssueStage.DRAFT,
        seq=next_number(session, "issue"),
        created_at=now,
    )
    session.add(issue)
    session.flush()
    record(session, "issue.made", actor=actor, now=now, issue=issue.id, number=number, year=issue.year)
    return issue


def change(
    session: Session, issue_id: str, *, number: int, issue_date: date, pages: int, actor: Actor, now: datetime
) -> Issue:
    """Gives an unsigned issue another number, day or page count. Raises Refused as `create` does."""
    policy.require(actor, "issue.compose")
    issue = get(session, issue_id)
    if issue.stage in (IssueStage.SIGNED, IssueStage.RELEASED):
        raise Refused("Issue %(number)d is signed; it changes only by a new revision.", number=issue.number)
    _refuse_pages(pages)
    _refuse_number(session, number, issue_date.year, but=issue_id)
    wanted = {"number": number, "year": issue_date.year, "issue_date": issue_date, "pages": pages}
    changed = sorted(name for name, value in wanted.items() if getattr(issue, name) != value)
    if changed:
        for name in changed:
            setattr(issue, name, wanted[name])
        issue.stage = IssueStage.DRAFT
        record(session, "issue.edited", actor=actor, now=now, issue=issue_id, fields=changed)
    return issue


def _refuse_pages(pages: int) -> None:
    if pages % 4 or not 4 <= pages <= 64:
        raise Refused("A stapled bulletin has 4, 8, 12 … pages, 64 at the most.")


def _refuse_number(session: Session, number: int, year: int, *, but: str = "") -> None:
    same = select(Issue.id).where(Issue.year == year, Issue.number == number, Issue.id != but)
    if number < 1:
        raise Refused("The numbers of a year begin with 1.")
    if session.scalar(same):
        raise Refused("Issue %(number)d of %(year)d already exists.", number=number, year=year)


def get(session: Session, issue_id: str) -> Issue:
    """Raises NotFound."""
    issue = session.get(Issue, issue_id)
    if issue is None:
        raise NotFound("There is no such issue.")
    return issue


def listing(session: Session) -> Sequence[Issue]:
    """Every issue, newest first."""
    return session.scalars(select(Issue).order_by(Issue.issue_date.desc(), Issue.seq.desc())).all()


def open_issue(session: Session) -> Issue | None:
    """The issue being worked on: the earliest that is not signed. None when there is none."""
    return session.scalar(select(Issue).where(Issue.stage.in_(UNSIGNED)).order_by(Issue.issue_date, Issue.seq).limit(1))


def next_number_of(session: Session, year: int) -> int:
    """The number after the last of this year."""
    return (session.scalar(select(func.max(Issue.number)).where(Issue.year == year)) or 0) + 1


def composition(session: Session, issue_id: str) -> Composition:
    """What the issue holds now."""
    standing = operations.standing(session, issue_id)
    own = {field: ops.value(found) for (noun, _, _, field), found in standing.items() if noun == "issue"}
    lists = {name: _list(own.get(name, "")) for name in LISTS}
    slots = [
        Slot(
            key=key,
            article_id=fields.get("article", ""),
            design=fields.get("design") or "feature",
            section=fields.get("section", ""),
            place=fields.get("place", ""),
        )
        for key, fields in manuscript.parts(session, issue_id, "slot")
    ]
    return Composition(
        slots=tuple(slots),
        cover=own.get("cover", "") if own.get("cover") in {slot.article_id for slot in slots} else "",
        things=lists["things"],
        days=lists["days"],
        corrections=lists["corrections"],
        print_run=own.get("print_run", ""),
    )


def write(session: Session, issue_id: str, writes: Iterable[Write], *, actor: Actor, now: datetime) -> None:
    """Changes order or small texts. A sealed issue becomes a draft again; a signed one never changes."""
    policy.require(actor, "issue.compose")
    issue = get(session, issue_id)
    writes = list(writes)
    if any(w.noun not in NOUNS or w.key.split("/", 1)[0] != issue_id for w in writes):
        raise Refused("These words belong to another issue.")
    wanted = [w for w in writes if not operations.same(session, w)]
    if not wanted:
        return
    if issue.stage in (IssueStage.SIGNED, IssueStage.RELEASED):
        raise Refused("Issue %(number)d is signed; it changes only by a new revision.", number=issue.number)
    issue.stage = IssueStage.DRAFT
    made = [operations.apply(session, w, actor=actor, now=now) for w in wanted]
    fields = sorted({f"{op.noun}.{op.field}" for op in made})
    record(session, "issue.edited", actor=actor, now=now, issue=issue_id, fields=fields)


def set_field(session: Session, issue_id: str, field: str, value: Any, *, actor: Actor, now: datetime) -> None:
    """Sets one small text; lists are kept as JSON."""
    text = json.dumps(value, ensure_ascii=False) if field in LISTS else str(value)
    write(session, issue_id, [Write(noun="issue", key=issue_id, field=field, value=text)], actor=actor, now=now)


def add_article(session: Session, issue_id: str, article_id: str, *, design: str, actor: Actor, now: datetime) -> Slot:
    """Puts an approved article at the end of the issue. Raises Refused when it is not approved or already placed."""
    if design not in DESIGNS:
        raise Refused("There is no page design “%(design)s”.", design=design)
    article = articles.get(session, article_id)
    if article.stage != Stage.APPROVED:
        raise Refused("Only an approved article can be placed; this one is %(stage)s.", stage=article.stage.value)
    if article_id in placed(session):
        raise Refused("This article already stands in an issue.")
    now_in = composition(session, issue_id)
    last = now_in.slots[-1].place if now_in.slots else ""
    section = manuscript.content(session, article_id).section
    slot = Slot(key=new_id(now), article_id=article_id, design=design, section=section, place=between(last, ""))
    values = {"article": article_id, "design": design, "section": section, "place": slot.place, "removed": ""}
    key = f"{issue_id}/{slot.key}"
    write(
        session,
        issue_id,
        [Write(noun="slot", key=key, field=f, value=v) for f, v in values.items()],
        actor=actor,
        now=now,
    )
    if not now_in.cover and design == "feature":
        set_field(session, issue_id, "cover", article_id, actor=actor, now=now)
    article.stage = stages.after(article.stage, "place")
    record(session, "article.placed", actor=actor, now=now, article=article_id, issue=issue_id)
    return slot


def remove_article(session: Session, issue_id: str, slot_key: str, *, actor: Actor, now: datetime) -> None:
    """Takes an article out of the issue; the article itself stays as it is."""
    slot = _slot(session, issue_id, slot_key)
    write(session, issue_id, [_slot_write(issue_id, slot_key, "removed", "1")], actor=actor, now=now)
    article = articles.get(session, slot.article_id)
    if article.stage == Stage.PLACED:
        article.stage = stages.after(article.stage, "unplace")
    record(session, "article.unplaced", actor=actor, now=now, article=slot.article_id, issue=issue_id)


def move_article(session: Session, issue_id: str, slot_key: str, by: int, *, actor: Actor, now: datetime) -> None:
    """Moves an article up (-1) or down (+1); at either end nothing happens."""
    others = [slot for slot in composition(session, issue_id).slots if slot.key != slot_key]
    at = [slot.key for slot in composition(session, issue_id).slots].index(_slot(session, issue_id, slot_key).key)
    to = max(0, min(len(others), at + by))
    if to == at:
        return
    before = others[to - 1].place if to else ""
    after = others[to].place if to < len(others) else ""
    write(session, issue_id, [_slot_write(issue_id, slot_key, "place", between(before, after))], actor=actor, now=now)


def set_design(session: Session, issue_id: str, slot_key: str, design: str, *, actor: Actor, now: datetime) -> None:
    """Chooses another page design for an article."""
    if design not in DESIGNS:
        raise Refused("There is no page design “%(design)s”.", design=design)
    _slot(session, issue_id, slot_key)
    write(session, issue_id, [_slot_write(issue_id, slot_key, "design", design)], actor=actor, now=now)


def proposals(session: Session) -> Sequence[Article]:
    """Approved articles that stand in no issue yet, oldest first."""
    approved = session.scalars(select(Article).where(Article.stage == Stage.APPROVED).order_by(Article.seq)).all()
    taken = placed(session) if approved else frozenset()
    return [article for article in approved if article.id not in taken]


def placed(session: Session) -> frozenset[str]:
    """Ids of the articles that stand in an issue not yet signed, whatever became of them since."""
    unsigned = session.scalars(select(Issue.id).where(Issue.stage.in_(UNSIGNED)))
    return frozenset(slot.article_id for issue_id in unsigned for slot in composition(session, issue_id).slots)


def latest_seal(session: Session, issue_id: str) -> Seal | None:
    """The newest seal of an issue, or None."""
    return session.scalar(select(Seal).where(Seal.issue_id == issue_id).order_by(Seal.seq.desc()).limit(1))


def proofs(session: Session, seal_id: str) -> Sequence[Proof]:
    """The proofs of a seal, by kind."""
    return session.scalars(select(Proof).where(Proof.seal_id == seal_id).order_by(Proof.kind, Proof.subject)).all()


def signature(session: Session, issue_id: str) -> Signature | None:
    """The signature of an issue, or None."""
    return session.scalar(select(Signature).where(Signature.issue_id == issue_id))


def _slot(session: Session, issue_id: str, slot_key: str) -> Slot:
    for slot in composition(session, issue_id).slots:
        if slot.key == slot_key:
            return slot
    raise NotFound("This article is no longer in the issue.")


def _slot_write(issue_id: str, slot_key: str, field: str, value: str) -> Write:
    return Write(noun="slot", key=f"{issue_id}/{slot_key}", field=field, value=value)


def _list(text: str) -> list[dict[str, str]]:
    try:
        read = json.loads(text) if text else []
    except ValueError:
        return []
    items = read if isinstance(read, list) else []
    return [{str(k): str(v) for k, v in item.items()} for item in items if isinstance(item, Mapping)]
