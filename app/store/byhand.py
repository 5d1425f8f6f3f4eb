"""Stories that people bring: stored like any other, each under the door “by hand” of the outlet it was fetched from.

What nobody fetched from an outlet's own host stands under an outlet of its own, “Nhập tay”, which wears no badge.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.decide import Changed, Item, New, Same, decide, keys_of
from app.desk.policy import Actor, require
from app.desk.snapshot import digest
from app.models.outlet import Outlet, Source, SourceKind
from app.models.story import Alias, StoryPicture, StoryTag
from app.store import arrivals, pages, pictures, rules
from app.store.assets import register
from app.store.events import record
from app.store.stories import get

HAND = "nhap-tay"  # the outlet of what nobody fetched; its door has the same id
NAME = "Nhập tay"
CONSENT = "đã xin phép"  # the tag of a photo whose people agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture brought along, its files kept already; `kept` still lacks story and number."""

    kept: pictures.Kept
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What is to be stored. `text` is the whole of it, empty when the summary says all; `evidence` is kept already."""

    item: Item
    text: str
    standfirst: str
    evidence: str
    evidence_size: int
    media_type: str
    fetched_from: str  # empty for what nobody fetched
    outlet_id: str | None  # the outlet on whose host it was fetched; None without a badge
    read_by: str
    shots: Sequence[Shot] = ()
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """Which story it is now, and whether it was here before."""

    story_id: str
    state: Literal["new", "changed", "known"]


def find(session: Session, *, url: str, outlet_id: str | None, evidence: str = "") -> str | None:
    """The story that is already here under this address, or with exactly these bytes; None when there is none."""
    keys = [*(keys_of(_bare(url)) if url else ()), *([_file_key(evidence)] if evidence else ())]
    found = arrivals.known(session, outlet_id or HAND, keys)
    return next((found[key].story_id for key in keys if key in found and not key.startswith("post:")), None)


def add(
    session: Session,
    brought: Brought,
    *,
    actor: Actor,
    now: datetime,
    judge: arrivals.Judge,
    group: arrivals.Grouper,
) -> Added:
    """Stores it, once however often it is sent. Writes the event story.added for what was not here before."""
    require(actor, "story.add")
    source = _door(session, brought.outlet_id)
    known_id = find(session, url="", outlet_id=brought.outlet_id, evidence=brought.evidence)
    if known_id:
        return Added(known_id, "known")
    register(session, name=brought.evidence, media_type=brought.media_type, size=brought.evidence_size, now=now)
    keys = keys_of(brought.item)
    (decision,) = decide([brought.item], arrivals.known(session, source.outlet_id, keys), now)
    if not isinstance(decision, New) and brought.outlet_id:  # the outlet's own door brought it; its page is only read
        decision = Same(decision.story_id, decision.keys)
    decision = replace(decision, keys=(*decision.keys, _file_key(brought.evidence)))
    reading = arrivals.Reading(
        office=actor.office,
        outlet_id=source.outlet_id,
        source_id=source.id,
        evidence=brought.evidence,
        fetched_from=brought.fetched_from,
        at=now,
    )
    arrivals.store(session, [decision], reading, judge=judge, group=group)
    session.flush()
    story_id = session.scalars(
        select(Alias.story_id).where(Alias.source_id == source.id, Alias.key == _file_key(brought.evidence))
    ).one()
    _furnish(session, story_id, brought, is_new=isinstance(decision, New), actor=actor, now=now)
    state: Literal["new", "changed", "known"] = (
        "new" if isinstance(decision, New) else "changed" if isinstance(decision, Changed) else "known"
    )
    if state != "known":
        record(
            session,
            "story.added",
            actor=actor,
            now=now,
            story=story_id,
            outlet=source.outlet_id,
            evidence=brought.evidence,
        )
    return Added(story_id, state)


def _furnish(session: Session, story_id: str, brought: Brought, *, is_new: bool, actor: Actor, now: datetime) -> None:
    """Who brought it, its pictures and its whole text, which is searched too; then the rules of the desk."""
    story = get(session, story_id)
    if is_new:
        story.brought_by = actor.person_id
        if brought.agreed:
            session.add(StoryTag(story_id=story_id, tag=CONSENT))
    _add_shots(session, story_id, brought.shots, now=now)
    if brought.text:
        pages.keep(session, story_id, _page(brought), actor=actor, now=now)
    if is_new:
        rules.apply(session, [story_id], now=now)


def _page(brought: Brought) -> pages.Reading:
    item = brought.item
    return pages.Reading(
        url=brought.fetched_from or item.url,
        title=item.title,
        standfirst=brought.standfirst,
        text=brought.text,
        author=item.author,
        published_raw=item.published_raw,
        published_at=item.published_at,
        digest=digest([item.title, brought.standfirst, brought.text]),
        read_by=brought.read_by,
        differs=False,
        evidence=brought.evidence,
        pictures=(),
    )


def _add_shots(session: Session, story_id: str, shots: Sequence[Shot], *, now: datetime) -> None:
    have = {p.url: p.number for p in session.scalars(select(StoryPicture).where(StoryPicture.story_id == story_id))}
    number = max(have.values(), default=0)
    kept = []
    for shot in shots:
        address = f"asset:{shot.kept.printed.name}"  # no address of the web: nobody fetches it
        if address in have:
            continue
        number += 1
        have[address] = number
        session.add(
            StoryPicture(
                story_id=story_id, number=number, url=address, caption=shot.caption, credit=shot.credit or None
            )
        )
        kept.append(replace(shot.kept, story_id=story_id, number=number))
    session.flush()
    pictures.keep(session, kept, now=now)


def _door(session: Session, outlet_id: str | None) -> Source:
    """The door “by hand”, made on first use; it is never read by the timer."""
    if outlet_id is None and session.get(Outlet, HAND) is None:
        session.add(Outlet(id=HAND, name=NAME, credit="", site="", hosts=[], official=False))
        session.flush()
    key = f"{HAND}-{outlet_id}" if outlet_id else HAND
    door = session.get(Source, key)
    if door is None:
        owner = outlet_id or HAND
        door = Source(
            id=key, outlet_id=owner, name=NAME, url="", grade="A", enabled=False, kind=SourceKind.HAND, own=True
        )
        session.add(door)
        session.flush()
    return door


def _file_key(evidence: str) -> str:
    return f"file:{evidence}"


def _bare(url: str) -> Item:
    return Item(url=url, guid="", title="", summary="")
