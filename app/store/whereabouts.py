"""Why a story is not seen where it was looked for: who has it, who decided, which rule, what stands above it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.desk.identity import Item, keys_of
from app.desk.query import Query
from app.models.event import Event
from app.models.outlet import Outlet
from app.models.person import Person
from app.models.rule import Rule, RuleHit
from app.models.story import Alias, Story, Triage
from app.store import search

DECISIONS = 3_000  # lines of the log that are looked through for who decided
FOUND = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a story stands: `above` counts those not looked at that come before it, of `waiting` in all."""

    above: int
    waiting: int
    decided_by: str  # a person's name; empty when nobody decided, or a rule did
    decided_at: datetime | None
    rules: tuple[str, ...]  # names of the rules that touched it, the latest first
    event: str  # the title of the story of its event that stands higher; empty when none does
    event_id: str


def find(session: Session, asked: str) -> list[Story]:
    """The stories meant by an id, a pasted address or some words; the likeliest first."""
    asked = asked.strip()
    if story := session.get(Story, asked):
        return [story]
    if is_address(asked):
        return _by_address(session, asked)
    return [hit.story for hit in search.find(session, Query(words=asked), limit=FOUND)] if asked else []


def is_address(asked: str) -> bool:
    """Whether this was pasted from the address bar and not typed as words."""
    return asked.lower().startswith(("http://", "https://")) and bool(host_of(asked))


def host_of(address: str) -> str:
    """The host of an address without www; empty when it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def outlet_of(session: Session, address: str) -> Outlet | None:
    """The outlet that publishes at this address, or None."""
    host = host_of(address)
    outlets = session.scalars(select(Outlet).order_by(Outlet.id)).all()
    return next((outlet for outlet in outlets if any(_is_at(host, own) for own in outlet.hosts)), None)


def standing(session: Session, story: Story) -> Standing:
    """Where a story stands, and whose hand brought it there."""
    waiting = session.scalar(select(func.count()).select_from(Story).where(Story.triage == Triage.NEW)) or 0
    rules = _rules(session, story)
    name, at = _decision(session, story)
    higher = _higher(session, story)
    return Standing(
        above=_above(session, story),
        waiting=waiting,
        decided_by=name,
        decided_at=at,
        rules=rules,
        event=higher.title if higher else "",
        event_id=higher.id if higher else "",
    )


def _by_address(session: Session, address: str) -> list[Story]:
    bare = address.partition("#")[0].partition("?")[0]  # what hangs on it when it was shared is not part of it
    # The last key tells of a text, and there is none.
    keys = [key for url in (address, bare) for key in keys_of(Item(url=url, guid="", title="", summary=""))[:-1]]
    by_key = Story.id.in_(select(Alias.story_id).where(Alias.key.in_(keys)))
    wanted = select(Story).order_by(Story.first_seen_seq).limit(FOUND)
    found = session.scalars(wanted.where(by_key)).all()
    return list(found or session.scalars(wanted.where(Story.url.in_((address, bare)))))


def _above(session: Session, story: Story) -> int:
    before = tuple_(Story.standing, Story.first_seen_seq) > (story.standing, story.first_seen_seq)
    return session.scalar(select(func.count()).select_from(Story).where(Story.triage == Triage.NEW, before)) or 0


def _rules(session: Session, story: Story) -> tuple[str, ...]:
    query = select(Rule.name).join(RuleHit, RuleHit.rule_id == Rule.id)
    query = query.where(RuleHit.story_id == story.id, RuleHit.undone_at.is_(None))
    return tuple(session.scalars(query.order_by(RuleHit.at.desc())))


def _decision(session: Session, story: Story) -> tuple[str, datetime | None]:
    lines = session.scalars(
        select(Event).where(Event.kind == "story.triaged").order_by(Event.seq.desc()).limit(DECISIONS)
    )
    line = next((line for line in lines if story.id in line.fields["stories"]), None)
    person = session.get(Person, line.person_id) if line and line.person_id else None
    return (person.name, line.at) if person and line else ("", None)


def _higher(session: Session, story: Story) -> Story | None:
    """The best of its event, when that is another story."""
    if story.cluster_id is None:
        return None
    best = session.scalar(
        select(Story)
        .where(Story.cluster_id == story.cluster_id)
        .order_by(Story.score.desc(), Story.first_seen_seq.desc())
        .limit(1)
    )
    return best if best is not None and best.id != story.id else None


def _is_at(host: str, own: str) -> bool:
    bare = own.removeprefix("www.")
    return host == bare or host.endswith(f".{bare}")
