"""What several sources brought: decided on and stored in one short transaction, and grouped by event after that."""

import gzip
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.desk.decide import Changed, Decision, Item, Known, New, decide, keys_of
from app.store import arrivals, clusters, memory, rules, sources
from app.store.arrivals import Arrived
from app.store.assets import Assets, register
from app.store.database import Database
from app.store.memory import Memory
from app.store.sources import Health
from feeds.batch import Batch
from feeds.errand import Brought
from feeds.grouping import Grouper
from feeds.outcomes import OUTCOMES

GROUPED = 100  # stories whose groups are written in one transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """How the reading of one source ended."""

    outcome: str
    new: int
    changed: int


@dataclass(slots=True)
class Harvest:
    """One reading of the sources: what was decided on so far, and what is still to be noted or grouped."""

    database: Database
    assets: Assets
    office: str
    judge: arrivals.Judge
    groups: Grouper
    every: timedelta
    now: datetime
    patience: float | None = None  # seconds that grouping may take; None where nobody waits for it
    _quiet: list[tuple[str, Health]] = field(default_factory=list)
    _cookies: list[tuple[str, Memory]] = field(default_factory=list)  # of sources that brought nothing else
    _first: int | None = None  # first_seen_seq of the first story that was new

    def store(self, brought: Sequence[Brought]) -> list[Kept]:
        """The stories, revisions, keys and health of these sources, each of another outlet: all of it or nothing."""
        kept = [Kept(one.outcome, 0, 0) for one in brought]
        full = [(n, one, one.batch) for n, one in enumerate(brought) if one.batch]
        arrived: list[Arrived] = []
        if full:
            with self.database.writing() as session:
                strangers = arrivals.strangers(session, (one.door.outlet.id for _, one, _ in full))
                plans = [self._decide(session, one, batch, strangers) for _, one, batch in full]
                evidence = self._keep_evidence(session, [(b, p) for (_, _, b), p in zip(full, plans, strict=True)])
                readings = [(self._reading(one, evidence), p) for (_, one, _), p in zip(full, plans, strict=True)]
                arrived = arrivals.store_all(session, readings, judge=self.judge)
                rules.apply(session, [story.story_id for story in arrived if not story.new], now=self.now)
                for (n, one, _), plan in zip(full, plans, strict=True):
                    kept[n] = _outcome(one, plan)
                ended = [(one.door.source.id, _health(one, kept[n])) for n, one, _ in full]
                sources.note_all(session, ended, now=self.now, every=self.every)
                memory.keep(session, [(one.door.source.id, one.memory) for _, one, _ in full])
        self._first = min(
            [story.seq for story in arrived if story.new] + ([self._first] if self._first else []), default=None
        )
        self._cookies += [
            (one.door.source.id, one.memory) for one in brought if not one.batch and one.memory != one.door.memory
        ]
        self._quiet += [(one.door.source.id, _health(one, Kept(one.outcome, 0, 0))) for one in brought if not one.batch]
        return kept

    def fail(self, source_id: str, outcome: str) -> None:
        """Notes that our own side failed."""
        meaning = OUTCOMES[outcome]
        self._quiet.append((source_id, Health(outcome=outcome, message=meaning.msgid, failed=meaning.failed)))

    def note_quiet(self) -> None:
        """Notes the health of the sources that brought nothing, all at once."""
        try:
            if self._quiet:
                with self.database.writing() as session:
                    sources.note_all(session, self._quiet, now=self.now, every=self.every)
                    memory.keep(session, self._cookies)
        except (OSError, SQLAlchemyError):  # the disk is full or gone; the report still says so
            log.exception("the health of %d sources could not be noted", len(self._quiet))
        self._quiet.clear()
        self._cookies.clear()

    def group(self) -> None:
        """Lays each new story beside those of the last weeks. A failure costs a hint, never a story.

        The database counts how far this has come: what a crash left ungrouped, or `patience` of thousands at once,
        is grouped after the next reading or before groups are shown (`group_waiting`), and its rules are applied then.
        """
        if self.patience is not None and self._first is None:
            return  # somebody waits, and nothing came: what is left may wait for the timer, or for news
        with self.groups.lock:  # another reading may be grouping by the same groups
            self._lay_beside()

    def _lay_beside(self) -> None:
        try:
            with self.database.reading() as session:
                fresh = arrivals.ungrouped(session, first=self._first)
                if fresh:
                    self.groups.catch_up(session, now=self.now, before=fresh[0].seq)
            began = time.monotonic()
            for start in range(0, len(fresh), GROUPED):
                self._group(fresh[start : start + GROUPED])
                if self.patience is not None and time.monotonic() - began > self.patience:
                    return
        except (OSError, SQLAlchemyError):
            log.exception("the new stories could not be grouped")

    def _decide(self, session: Session, one: Brought, batch: Batch, strangers: set[str]) -> tuple[Decision, ...]:
        identity, outlet = one.door.source.quirks.identity, one.door.outlet.id
        known: dict[str, Known] = {}
        if outlet not in strangers:
            keys = list(dict.fromkeys(key for item in batch.items for key in keys_of(item, identity)))
            known = arrivals.known(session, outlet, keys, source_id=one.door.source.id)
        return decide(batch.items, known, self.now, identity=identity)

    def _keep_evidence(self, session: Session, plans: Sequence[tuple[Batch, Sequence[Decision]]]) -> str:
        """The name of the one file that holds every raw item of these sources that is news; empty without news."""
        parts = [_bundle(batch, news) for batch, plan in plans if (news := _news(plan))]
        if not parts:
            return ""
        evidence = b"".join(parts)
        name = self.assets.put(evidence)
        register(session, name=name, media_type="application/gzip", size=len(evidence), now=self.now)
        return name

    def _reading(self, one: Brought, evidence: str) -> arrivals.Reading:
        return arrivals.Reading(
            office=self.office,
            outlet_id=one.door.outlet.id,
            source_id=one.door.source.id,
            evidence=evidence,
            fetched_from=one.fetched.final_url if one.fetched else one.door.source.url,
            at=self.now,
        )

    def _group(self, fresh: Sequence[Arrived]) -> None:
        found = [(s.story_id, self.groups(s.story_id, s.title, s.summary, s.at, s.outlet_id)) for s in fresh]
        with self.database.writing() as session:
            arrivals.note_grouped(
                session, [(story, cluster) for story, cluster in found if cluster], until=fresh[-1].seq
            )
            clusters.settle(session, self.groups.take_ties(), self.groups.take_links())
            rules.apply(session, [story.story_id for story in fresh], now=self.now)  # now it is known who else tells it


def group_waiting(database: Database, assets: Assets, *, now: datetime) -> None:
    """Groups what a hurried reading left for later, and applies the rules to it; quick when nothing waits."""
    Harvest(
        database=database,
        assets=assets,
        office="",
        judge=_no_judge,
        groups=Grouper(),
        every=timedelta(),
        now=now,
    ).group()


def _no_judge(_title: str, _summary: str) -> tuple[int, list[dict[str, Any]]]:
    raise AssertionError("what is grouped was judged when it was stored")


def _news(decisions: Sequence[Decision]) -> list[Item]:
    """The items whose evidence is to be kept."""
    new = [item for decision in decisions if isinstance(decision, New) for item in decision.versions]
    return new + [decision.item for decision in decisions if isinstance(decision, Changed)]


def _bundle(batch: Batch, news: Sequence[Item]) -> bytes:
    """A feed's own head and its new items as they came, packed. No time inside: same news, same bytes."""
    text = batch.head + "\n".join(item.evidence for item in news) + "\n"
    return gzip.compress(text.encode("utf-8", "replace"), compresslevel=1, mtime=0)


def _outcome(one: Brought, plan: Sequence[Decision]) -> Kept:
    new = sum(isinstance(decision, New) for decision in plan)
    changed = sum(isinstance(decision, Changed) for decision in plan)
    return Kept(one.outcome if one.outcome != "ok" or new or changed else "same", new, changed)


def _health(one: Brought, kept: Kept) -> Health:
    meaning = OUTCOMES[kept.outcome]
    whole = one.fetched if kept.outcome != "partial" else None  # a damaged feed is asked for again in full
    return Health(
        outcome=kept.outcome,
        message=None if kept.outcome in ("ok", "same") else meaning.msgid,
        failed=meaning.failed,
        new=kept.new,
        changed=kept.changed,
        asked=one.asked,
        etag=whole.etag if whole else None,
        last_modified=whole.last_modified if whole else None,
        body_digest=one.digest if whole else None,
    )
