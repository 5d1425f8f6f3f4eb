"""One way to an outlet and back: fetch a source, and have what came taken apart in a limited child."""

import hashlib
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from app.models.errors import Unreadable
from app.store.memory import Memory
from feeds.batch import Batch
from feeds.doors import Door
from feeds.outcomes import outcome_of
from feeds.wire.fetch import Fetched, Fetcher
from feeds.workbench import Workshop

READ_FEED = "feeds.reading.read_items"  # by name: the process that asks never loads the parser
READ_SECTION = "feeds.sources.sections.read_links"
AHEAD = 32  # sources under way or waiting to be stored: what they weigh stays in memory
AT_ONCE = 16  # sources stored together

Coming = tuple[Door, "Future[Brought]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of one source. Without a batch `outcome` says why: nothing new, or a trouble.

    `asked` is how many seconds the outlet wants to be left alone.
    """

    door: Door
    outcome: str
    seconds: float
    fetched: Fetched | None = None
    batch: Batch | None = None
    digest: str | None = None
    asked: int = 0

    @property
    def memory(self) -> Memory:
        """What is to be remembered of the source now."""
        before = self.door.memory
        items, way = (self.batch.seen, self.door.way) if self.batch else (before.items, before.way)
        return Memory(items, self.fetched.cookies if self.fetched else before.cookies, way)


@dataclass(frozen=True, slots=True)
class Errand:
    """What every thread needs to bring one source."""

    fetcher: Fetcher
    workshop: Workshop
    now: datetime

    def bring(self, door: Door) -> Brought:
        """Fetches and parses one source. No trouble of the source raises."""
        started = time.monotonic()
        try:
            fetched = self.fetcher.fetch(door.wanted, now=self.now)
            digest = hashlib.sha256(fetched.body).hexdigest() if fetched.status == "new" else door.row.body_digest
            if digest == door.row.body_digest and door.is_read_as_before:
                seconds = time.monotonic() - started
                return Brought(door=door, outcome="same", seconds=seconds, fetched=fetched, digest=digest)
            batch = self._read(door, fetched)
            fetched = replace(fetched, body=b"")  # it may have to wait, and weighs up to five megabytes
        except Unreadable as trouble:
            asked = trouble.values.get("retry_after", 0)
            return Brought(
                door=door,
                outcome=outcome_of(trouble),
                seconds=time.monotonic() - started,
                asked=asked if isinstance(asked, int) else 0,
            )
        outcome = batch.state if fetched.complete or batch.state != "ok" else "partial"
        seconds = time.monotonic() - started
        return Brought(door=door, outcome=outcome, seconds=seconds, fetched=fetched, batch=batch, digest=digest)

    def _read(self, door: Door, fetched: Fetched) -> Batch:
        quirks = door.source.quirks
        with self.workshop.lend() as bench:
            if door.is_section:
                batch: Batch = bench.call(READ_SECTION, fetched.body, quirks=quirks, base_url=fetched.final_url)
            else:
                seen = door.memory.items
                batch = bench.call(READ_FEED, fetched.body, quirks=quirks, base_url=fetched.final_url, seen=seen)
        return batch


def bring_all(pool: Executor, errand: Errand, doors: Iterable[Door]) -> Iterator[list[Coming]]:
    """Sends for every source, never for many ahead of their reader; hands over some at a time, all of them done.

    They come in the order of the doors, but for what keeps many others waiting. Of one outlet only one comes at a
    time, so that a story two of its sources tell is known when the second is decided on.
    """
    waiting: deque[Coming] = deque()
    rest = iter(doors)
    try:
        while True:
            while len(waiting) < AHEAD and (door := next(rest, None)):
                waiting.append((door, pool.submit(errand.bring, door)))
            if not waiting:
                return
            ready = _ready(waiting)
            for pair in ready:
                waiting.remove(pair)
            yield ready
    finally:
        for _, coming in waiting:
            coming.cancel()


def _ready(waiting: deque[Coming]) -> list[Coming]:
    while True:
        done = [pair for pair in waiting if pair[1].done()]
        first = list(takewhile(lambda pair: pair[1].done(), waiting))
        if first or len(done) >= AT_ONCE:
            return _one_of_each_outlet((first or done)[:AT_ONCE])
        wait([coming for _, coming in waiting if not coming.done()], return_when=FIRST_COMPLETED)


def _one_of_each_outlet(ready: list[Coming]) -> list[Coming]:
    outlets: dict[str, Coming] = {}
    for door, coming in ready:
        if door.outlet.id in outlets:
            break
        outlets[door.outlet.id] = (door, coming)
    return list(outlets.values())
