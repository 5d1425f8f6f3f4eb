"""Reads the sources and keeps what is new, as one pipe:

    doors | fetch (threads) | parse, clean (limited children) | decide | store (few short transactions)
            then what is the same event, then the pictures: fetch (threads) | check, re-encode (child) | store

Fetching and parsing run in parallel; deciding and storing are one group of sources after the other. The text of a
source, its revisions, its keys and its ETag are one transaction, so that a crash anywhere loses nothing that was kept
and doubles nothing: what was not stored is simply new again at the next reading.
"""

import errno
import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from app.desk.policy import Actor, Via
from app.models.office import Office
from app.store import office, topics
from app.store.assets import Assets
from app.store.database import Database
from app.store.events import record
from config import Config
from feeds.album import Album
from feeds.catalogue import Catalogue
from feeds.doors import Door, doors
from feeds.errand import Coming, Errand, bring_all
from feeds.grouping import Grouper
from feeds.harvest import Harvest
from feeds.outcomes import OUTCOMES
from feeds.wire.line import open_line
from feeds.workbench import Workshop

THREADS = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How the reading of one source ended; `outcome` is a key of feeds.outcomes.OUTCOMES, `parsed` counts its items."""

    id: str
    outcome: str
    new: int
    changed: int
    seconds: float
    parsed: int = 0


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How a reading of all sources ended. `seconds` until all text was kept; groups and pictures come after it."""

    sources: tuple[SourceReport, ...]
    new: int
    changed: int
    seconds: float = 0.0


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
    groups: Grouper | None = None,
    patience: float | None = None,
) -> ReadReport:
    """Reads every source that is on; `only` names some, on or not; `due_only` leaves out those that must wait.

    A `groups` that is kept between readings has learned the stories of the last weeks already. With `patience`, in
    seconds, thousands of new stories are not all grouped now: the next readings go on with it.
    Raises NotFound for a source in `only` that does not exist. No trouble of a source raises.
    """
    started = time.monotonic()
    with database.reading() as session:
        house = office.find(session)
        wanted = doors(session, catalogue, now=now, only=only, due_only=due_only)
        judge = topics.ranker(session)
    harvest = Harvest(
        database=database,
        assets=assets,
        office=house.code if house else "",
        judge=judge,
        groups=groups or Grouper(),
        every=timedelta(minutes=config.fetch_every_minutes),
        now=now,
        patience=patience,
    )
    with (
        open_line(database, config, now=now) as fetcher,
        Workshop() as workshop,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        reports: dict[str, SourceReport] = {}
        for coming in bring_all(pool, Errand(fetcher, workshop, now), wanted):
            reports |= {report.id: report for report in _keep(harvest, coming)}
        harvest.note_quiet()
        seconds = time.monotonic() - started
        _attempt(harvest.group)
        _attempt(partial(Album(database, assets, catalogue, fetcher, workshop).fill, pool, now=now))
    in_order = tuple(reports[door.source.id] for door in wanted)
    report = ReadReport(in_order, sum(r.new for r in in_order), sum(r.changed for r in in_order), seconds)
    _record(database, report, house, now, via)
    return report


def _keep(harvest: Harvest, coming: Sequence[Coming]) -> list[SourceReport]:
    """The outermost loop: whatever one source does, the others are kept, each by itself if not all together."""
    try:
        brought = [future.result() for _, future in coming]
        kept = harvest.store(brought)
    except Exception as error:
        if len(coming) > 1:
            return [report for one in coming for report in _keep(harvest, [one])]
        return [_failed(harvest, coming[0][0], error)]
    return [
        SourceReport(
            one.door.source.id,
            result.outcome,
            result.new,
            result.changed,
            one.seconds,
            len(one.batch.items) if one.batch else 0,
        )
        for one, result in zip(brought, kept, strict=True)
    ]


def _attempt(work: Callable[[], None]) -> None:
    """The outermost guard of what follows the text: no group and no picture is worth a story."""
    try:
        work()
    except Exception:
        log.exception("what follows the text was not done")


def _failed(harvest: Harvest, door: Door, error: Exception) -> SourceReport:
    log.error("reading %s failed", door.source.id, exc_info=error)
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    full = full or (isinstance(error, SQLAlchemyError) and "is full" in str(error))
    outcome = "disk_full" if full else "crashed"
    harvest.fail(door.source.id, outcome)
    return SourceReport(door.source.id, outcome, 0, 0, 0.0)


def _record(database: Database, report: ReadReport, house: Office | None, now: datetime, via: Via) -> None:
    failed = sum(OUTCOMES[source.outcome].failed for source in report.sources)
    if not (report.new or report.changed or failed) or house is None:
        return
    timer = Actor(person_id=None, name="", role=None, office=house.code, via=via)
    with database.writing() as session:
        record(session, "sources.read", actor=timer, now=now, new=report.new, changed=report.changed, failed=failed)
