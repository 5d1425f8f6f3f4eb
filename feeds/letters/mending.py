"""Repairs garbled stories: their kept evidence is read anew in the limited child, in the letter code they are in."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.desk.decide import keys_of
from app.desk.policy import Actor
from app.models.errors import BantinError, Refused
from app.models.story import Revision, Story
from app.store import repairs, sources, stories
from app.store.assets import Assets
from app.store.database import Database
from app.store.repairs import Wording
from feeds.batch import Batch
from feeds.catalogue import LETTERS, Catalogue, Quirks
from feeds.doors import merge
from feeds.letters.legacy import repair, suspect
from feeds.workbench import Workbench

READ = "feeds.reading.read_items"
MOST = 20_000_000  # bytes of one evidence once unpacked


@dataclass(frozen=True, slots=True)
class _Garbled:
    """A story and what the outlet said last."""

    story: Story
    revision: Revision


def repaired_wording(title: str, summary: str, kind: str) -> Wording:
    """As the text alone can be repaired, without its evidence: quick, and good enough to be shown first."""
    return Wording(repair(title, kind), repair(summary, kind))


def mend_story(
    database: Database, assets: Assets, catalogue: Catalogue, story_id: str, *, actor: Actor, now: datetime
) -> None:
    """Makes the repaired text a revision of the story. Raises Refused when its letters are well."""
    with database.reading() as session:
        wanted = _Garbled(stories.get(session, story_id), repairs.newest(session, story_id))
        quirks = _quirks(session, catalogue, wanted.story)
    kind = _kind(wanted)
    if not kind:
        raise Refused("The letters of this story are well.")
    wordings = _read_anew(assets, [wanted], replace(quirks, letters=kind))
    wording = wordings.get(story_id, Wording(wanted.revision.title, wanted.revision.summary))
    with database.writing() as session:
        page = repairs.page_of(session, story_id)
        garbled = page if page and suspect(page.text) == kind else None
        mended = repairs.reworded(garbled, lambda text: repair(text, kind)) if garbled else None
        repairs.repair(session, story_id, wording, page=mended, actor=actor, now=now)


def mend_source(
    database: Database, assets: Assets, catalogue: Catalogue, story_id: str, *, actor: Actor, now: datetime
) -> int:
    """Reads the story's source in that letter code from now on, and repairs what is there. How many were repaired."""
    with database.reading() as session:
        story = stories.get(session, story_id)
        kind = _kind(_Garbled(story, repairs.newest(session, story_id)))
        if not kind:
            raise Refused("The letters of this story are well.")
        found = repairs.garbled(session, story.source_id, kind)
        wanted = [_Garbled(other, repairs.newest(session, other.id)) for other in found]
        quirks = replace(_quirks(session, catalogue, story), letters=kind)
    wordings = {story: wording for story, wording in _read_anew(assets, wanted, quirks).items() if wording.title}
    with database.writing() as session:
        repairs.set_letters(session, story.source_id, kind, actor=actor, now=now)
        repairs.repair_many(session, wordings, actor=actor, now=now)
    return len(wordings)


def leave_source(database: Database, story_id: str, *, actor: Actor, now: datetime) -> int:
    """Takes mend_source back: the source is read by its own word again, and its repaired stories say what it sent."""
    with database.writing() as session:
        source_id = stories.get(session, story_id).source_id
        repairs.set_letters(session, source_id, "", actor=actor, now=now)
        wanted = repairs.repaired(session, source_id, suspect=suspect)
        for repaired in wanted:
            repairs.take_back(session, repaired, suspect=suspect, actor=actor, now=now)
    return len(wanted)


def _kind(wanted: _Garbled) -> str:
    kind = wanted.story.garbled or suspect(f"{wanted.revision.title} {wanted.revision.summary}")
    return kind if kind in LETTERS else ""


def _quirks(session: Session, catalogue: Catalogue, story: Story) -> Quirks:
    """How the story's source is read, but for its letters."""
    listed = catalogue.source(story.source_id)
    return merge(listed.quirks if listed else Quirks(), sources.get(session, story.source_id).quirks)


def _read_anew(assets: Assets, wanted: Sequence[_Garbled], quirks: Quirks) -> dict[str, Wording]:
    """By story: the text read from its evidence; from the stored text where the evidence does not hold it."""
    found: dict[str, Wording] = {}
    by_evidence: dict[tuple[str, str], list[_Garbled]] = {}
    for one in wanted:
        by_evidence.setdefault((one.revision.evidence, one.revision.fetched_from), []).append(one)
    with Workbench() as bench:
        for (evidence, base_url), together in by_evidence.items():
            found |= _matched(_items(bench, assets, evidence, base_url, quirks), together)
    plain = {o.story.id: repaired_wording(o.revision.title, o.revision.summary, quirks.letters) for o in wanted}
    return {o.story.id: found.get(o.story.id, plain[o.story.id]) for o in wanted if _is_news(o, found, plain)}


def _is_news(one: _Garbled, found: Mapping[str, Wording], plain: Mapping[str, Wording]) -> bool:
    wording = found.get(one.story.id, plain[one.story.id])
    return (wording.title, wording.summary) != (one.revision.title, one.revision.summary)


def _items(bench: Workbench, assets: Assets, evidence: str, base_url: str, quirks: Quirks) -> Mapping[str, Wording]:
    """What the evidence says, by the address and each key of its items; empty when it cannot be read."""
    try:
        unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(assets.get(evidence), MOST)
        batch: Batch = bench.call(READ, unpacked, quirks=quirks, base_url=base_url)
    except (BantinError, OSError, zlib.error):  # no feed was kept here, or it is gone: the text alone must do
        return {}
    return {key: Wording(item.title, item.summary) for item in batch.items for key in (*keys_of(item), item.url)}


def _matched(items: Mapping[str, Wording], wanted: Iterable[_Garbled]) -> dict[str, Wording]:
    stories_keys = ((one.story.id, (one.story.identity, one.story.url)) for one in wanted)
    return {story_id: items[key] for story_id, keys in stories_keys for key in keys if key in items}
