"""Reads the sources and keeps what is new, as one pipe:

    enabled sources | fetch (threads) | parse, clean (limited child) | decide | store (one short transaction each)
                      then the pictures: fetch (threads) | check, re-encode (child) | store

Only the fetching runs in parallel; everything after it is one source after the other. The text of a source, its
revisions, its keys and its ETag are one transaction, so that a crash anywhere loses nothing that was kept and doubles
nothing: what was not stored is simply new again at the next reading.
"""

import errno
import gzip
import hashlib
import logging
import time
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.desk.decide import Changed, Decision, Item, New, decide, keys_of
from app.desk.policy import Actor, Via
from app.desk.rank import score
from app.models import outlet as rows
from app.models.errors import Unreadable
from app.models.office import Office
from app.store import arrivals, office, sources
from app.store.assets import Assets, register
from app.store.database import Database
from app.store.events import record
from app.store.sources import Health
from config import Config
from feeds.album import Album
from feeds.batch import Batch
from feeds.catalogue import Catalogue, Outlet, Source
from feeds.fetch import Fetched, Fetcher, Wanted
from feeds.grouping import Grouper
from feeds.outcomes import OUTCOMES, outcome_of
from feeds.workbench import Workbench

THREADS = 8
READ = "feeds.reading.read_items"  # by name: the process that asks never loads the parser
MEMORY = timedelta(days=2)  # how far back the same event is looked for

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How the reading of one source ended; `outcome` is a key of feeds.outcomes.OUTCOMES."""

    id: str
    outcome: str
    new: int
    changed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How a reading of all sources ended."""

    sources: tuple[SourceReport, ...]
    new: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A source to read: the catalogue's word on it, and the database's."""

    outlet: Outlet
    source: Source
    row: rows.Source


def read_sources(
    database: Database,
    config: Config,
    catalogue: Catalogue,
    assets: Assets,
    *,
    now: datetime,
    only: Collection[str] | None = None,
    due_only: bool = False,
    via: Via = "timer",
) -> ReadReport:
    """Reads every source that is on; `only` names some, on or not; `due_only` leaves out those that must wait.

    Raises NotFound for a source in `only` that does not exist. No trouble of a source raises.
    """
    with database.reading() as session:
        house = office.find(session)
        doors = _doors(catalogue, _rows(session, now, only, due_only))
        groups = Grouper(arrivals.recent(session, since=now - MEMORY))
    with (
        Fetcher(config, office=house.name if house else "") as fetcher,
        Workbench() as bench,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        intake = Intake(database, config, assets, bench, groups, house, now)
        fetching = [pool.submit(_fetch, fetcher, door, now) for door in doors]
        reports = tuple(intake.read(door, future) for door, future in zip(doors, fetching, strict=True))
        Album(database, assets, catalogue, fetcher, bench).fill(pool, now=now)
    report = ReadReport(reports, sum(r.new for r in reports), sum(r.changed for r in reports))
    _record(database, report, house, now, via)
    return report


@dataclass(frozen=True, slots=True)
class Intake:
    """One reading: what happens to each source after its bytes have come."""

    database: Database
    config: Config
    assets: Assets
    bench: Workbench
    groups: Grouper
    house: Office | None
    now: datetime

    def read(self, door: Door, fetching: "Future[Fetched]") -> SourceReport:
        """The outermost loop: whatever one source does, the next one is read."""
        started = time.monotonic()
        new = changed = 0
        try:
            outcome, new, changed = self._read(door, fetching)
        except Exception as error:
            log.exception("reading %s failed", door.source.id)
            outcome = _crash(error)
            self._note_crash(door, outcome)
        return SourceReport(door.source.id, outcome, new, changed, time.monotonic() - started)

    def _read(self, door: Door, fetching: "Future[Fetched]") -> tuple[str, int, int]:
        try:
            fetched = fetching.result()
            digest = hashlib.sha256(fetched.body).hexdigest()
            if fetched.status == "same" or digest == door.row.body_digest:
                self._note(door, _health("same", fetched, door.row.body_digest))
                return "same", 0, 0
            batch: Batch = self.bench.call(READ, fetched.body, quirks=door.source.quirks, base_url=fetched.final_url)
        except Unreadable as trouble:
            outcome = outcome_of(trouble)
            asked = trouble.values.get("retry_after", 0)
            self._note(door, _health(outcome), asked=asked if isinstance(asked, int) else 0)
            return outcome, 0, 0
        return self._store(door, fetched, batch, digest)

    def _store(self, door: Door, fetched: Fetched, batch: Batch, digest: str) -> tuple[str, int, int]:
        """decide | store. Decided before for the evidence, and again under the write lock: another reader may run."""
        keys = list(dict.fromkeys(key for item in batch.items for key in keys_of(item)))
        with self.database.reading() as session:
            news = _news(decide(batch.items, arrivals.known(session, door.outlet.id, keys), self.now))
        evidence = _bundle(batch, news)
        kept = self.assets.put(evidence) if news else ""
        with self.database.writing() as session:
            decisions = decide(batch.items, arrivals.known(session, door.outlet.id, keys), self.now)
            if news:
                register(session, name=kept, media_type="application/gzip", size=len(evidence), now=self.now)
            arrivals.store(session, decisions, self._reading(door, fetched, kept), judge=self._judge, group=self.groups)
            for story_id, cluster_id in self.groups.take_ties():
                arrivals.tie(session, story_id, cluster_id)
            new = sum(isinstance(decision, New) for decision in decisions)
            changed = sum(isinstance(decision, Changed) for decision in decisions)
            outcome = batch.state if batch.state != "ok" or new or changed else "same"
            health = _health(outcome, fetched, digest, new)
            sources.note(session, door.source.id, health, now=self.now, every=self._every)
        return outcome, new, changed

    def _reading(self, door: Door, fetched: Fetched, evidence: str) -> arrivals.Reading:
        return arrivals.Reading(
            office=self.house.code if self.house else "",
            outlet_id=door.outlet.id,
            source_id=door.source.id,
            evidence=evidence,
            fetched_from=fetched.final_url,
            at=self.now,
        )

    def _note(self, door: Door, health: Health, *, asked: int = 0) -> None:
        with self.database.writing() as session:
            sources.note(session, door.source.id, health, now=self.now, every=self._every, asked=asked)

    def _note_crash(self, door: Door, outcome: str) -> None:
        try:
            self._note(door, _health(outcome))
        except (OSError, SQLAlchemyError):  # the disk is full or gone; the report still says so
            log.exception("the health of %s could not be noted", door.source.id)

    @property
    def _every(self) -> timedelta:
        return timedelta(minutes=self.config.fetch_every_minutes)

    @property
    def _judge(self) -> arrivals.Judge:
        return partial(score, topics=self.house.topics if self.house else [])


def _rows(session: Session, now: datetime, only: Collection[str] | None, due_only: bool) -> Sequence[rows.Source]:
    if only is not None:
        return [sources.get(session, source_id) for source_id in only]
    return sources.due(session, now=now) if due_only else sources.enabled(session)


def _doors(catalogue: Catalogue, wanted: Sequence[rows.Source]) -> list[Door]:
    """In the order of the catalogue. A source that left it is not read: nobody vouches for its hosts any more."""
    by_id = {row.id: row for row in wanted}
    return [
        Door(outlet=outlet, source=source, row=by_id[source.id])
        for outlet in catalogue.outlets
        for source in outlet.sources
        if source.id in by_id
    ]


def _fetch(fetcher: Fetcher, door: Door, now: datetime) -> Fetched:
    quirks = door.source.quirks
    wanted = Wanted(
        url=door.source.url,
        hosts=door.outlet.hosts,
        etag=door.row.etag,
        last_modified=door.row.last_modified,
        user_agent=quirks.user_agent,
        visit_first=quirks.visit_first,
    )
    return fetcher.fetch(wanted, now=now)


def _news(decisions: Sequence[Decision]) -> list[Item]:
    """The items whose evidence is to be kept."""
    new = [item for decision in decisions if isinstance(decision, New) for item in decision.versions]
    return new + [decision.item for decision in decisions if isinstance(decision, Changed)]


def _bundle(batch: Batch, news: Sequence[Item]) -> bytes:
    """The evidence: the feed's own head and its new items as they came. No time inside: same news, same bytes."""
    text = batch.head + "\n".join(item.evidence for item in news)
    return gzip.compress(text.encode("utf-8", "replace"), mtime=0)


def _health(outcome: str, fetched: Fetched | None = None, digest: str | None = None, new: int = 0) -> Health:
    meaning = OUTCOMES[outcome]
    whole = fetched if outcome != "partial" else None  # a damaged feed is asked for again in full
    return Health(
        outcome=outcome,
        message=None if outcome in ("ok", "same") else meaning.msgid,
        failed=meaning.failed,
        new=new,
        etag=whole.etag if whole else None,
        last_modified=whole.last_modified if whole else None,
        body_digest=digest if whole else None,
    )


def _crash(error: Exception) -> str:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    full = full or (isinstance(error, SQLAlchemyError) and "is full" in str(error))
    return "disk_full" if full else "crashed"


def _record(database: Database, report: ReadReport, house: Office | None, now: datetime, via: Via) -> None:
    failed = sum(OUTCOMES[source.outcome].failed for source in report.sources)
    if not (report.new or report.changed or failed) or house is None:
        return
    timer = Actor(person_id=None, name="", role=None, office=house.code, via=via)
    with database.writing() as session:
        record(session, "sources.read", actor=timer, now=now, new=report.new, changed=report.changed, failed=failed)
