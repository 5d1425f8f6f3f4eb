"""Reads whole folders of test feeds the way intake does, in the limited child, and says of each file how it ended."""

import gc
import re
import resource
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.desk.decide import AHEAD, Item, clamp
from app.models.errors import Unreadable
from feeds.batch import Batch
from feeds.catalogue import Quirks
from feeds.outcomes import OUTCOMES, outcome_of
from feeds.reading import read_items
from feeds.workbench import Workbench

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:8097/feed.xml"
SECONDS, MEGABYTES = 10, 60
A_BATCH = 150  # files in one call of the child

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Told:
    """How one file ended. `items` are (title, link, summary); `faults` is what must never be stored."""

    path: str
    outcome: str
    items: tuple[tuple[str, str, str], ...]
    faults: tuple[str, ...]
    seconds: float
    megabytes: float  # by how much the child had grown since its start when the file was done


def read_corpus(files: Sequence[Path]) -> list[Told]:
    """Every file through the real way in, some hundred in one call of a child."""
    told: list[Told] = []
    for start in range(0, len(files), A_BATCH):
        with Workbench(seconds=60) as bench:
            told += bench.run(read_all, [str(file) for file in files[start : start + A_BATCH]])
    return told


def read_all(paths: Sequence[str]) -> list[Told]:
    """In the child. What raises anything but Unreadable fails the test: nothing may raise out of intake."""
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return [_read(Path(path), before) for path in paths]


def _read(path: Path, before: int) -> Told:
    body = path.read_bytes()
    started = time.monotonic()
    items: tuple[Item, ...] = ()
    try:
        batch: Batch = read_items(body, quirks=Quirks(), base_url=BASE)
        items, outcome = batch.items, batch.state
    except Unreadable as error:
        outcome = outcome_of(error)  # type: ignore[assignment]
    seconds = time.monotonic() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    faults = tuple(f"{path.name}: {fault}" for item in items for fault in _faults(clamp(item, NOW)))
    return Told(str(path), outcome, tuple((i.title, i.url, i.summary) for i in items), faults, seconds, grown)


def _faults(item: Item) -> Iterator[str]:
    for name in ("title", "summary", "author", "published_raw", "guid"):
        text = getattr(item, name)
        if _TAG.search(text) and name != "published_raw":
            yield f"{name} holds markup: {text[:60]!r}"
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
            yield f"{name} holds a control character"
        if not unicodedata.is_normalized("NFC", text):
            yield f"{name} is not NFC"
    if item.published_at and item.published_at > NOW + AHEAD:
        yield "a date in the future"
    for address in (item.url, *item.pictures):
        if address and not re.match(r"https?://[^\s<>\"']+$", address):
            yield f"an address that is none of the web: {address[:60]!r}"


def check_limits(told: Sequence[Told]) -> None:
    """What holds for every file of every corpus."""
    assert told
    assert not [fault for one in told for fault in one.faults]
    assert not [(one.path, one.seconds) for one in told if one.seconds > SECONDS]
    assert not [(one.path, one.megabytes) for one in told if one.megabytes > MEGABYTES]
    assert {one.outcome for one in told} <= OUTCOMES.keys()


def files_of(folder: Path) -> list[Path]:
    """The test files of a folder, without what describes them."""
    described = {"SOURCE.txt", "expect.json", "README.md"}
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in described)
