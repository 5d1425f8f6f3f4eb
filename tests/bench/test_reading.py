"""Two hundred feeds of fifty stories: read first, again, and with one new story each, beside newsboat and reader."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.bench.figures import Promised, Told
from tests.bench.memory import watching
from tests.bench.peers import Newsboat, lemon_reader, ours
from tests.bench.press import FEEDS, ITEMS, running_press

PSS = 250  # megabytes
HEALTH = {"source_reading", "traffic"}  # that a source fell quiet, and the day's bytes
STEPS = ("the first time", "again, nothing new", "again, one new story in each")

# The office's disk: each write that must not be lost takes as long as on a PC with a hard disk or a plain SSD.
_SLOW_DISK = """
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>
static int slowly(long call, int file) {
    struct timespec pause = {0, 5000000};
    nanosleep(&pause, 0);
    return syscall(call, file);
}
int fsync(int file) { return slowly(SYS_fsync, file); }
int fdatasync(int file) { return slowly(SYS_fdatasync, file); }
"""


@dataclass(frozen=True)
class Step:
    """One reading by all three."""

    newsboat: float
    reader: dict[str, Any]
    ours: dict[str, Any]
    megabytes: float

    def beside(self, *peers: str) -> str:
        seconds = self.ours["seconds"]
        ratios = {"newsboat": seconds / self.newsboat, "reader": seconds / self.reader["seconds"]}
        return ", ".join([f"{seconds:.2f} s", *(f"{ratios[peer]:.2f} × {peer}" for peer in peers)])

    def within(self, *, newsboat: float = 1e9, reader: float) -> bool:
        seconds = self.ours["seconds"]
        return bool(seconds <= newsboat * self.newsboat and seconds <= reader * self.reader["seconds"])


def slow_disk(folder: Path) -> dict[str, str]:
    """What makes fsync take five milliseconds, for all three programs alike."""
    compiler = which("cc")
    if compiler is None:
        pytest.skip("no C compiler is installed")
    (folder / "slow.c").write_text(_SLOW_DISK, "ascii")
    library = folder / "slow.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, folder / "slow.c"], check=True)
    return {"LD_PRELOAD": str(library)}


@pytest.mark.parametrize("disk", ["this disk", "slow disk"])
def test_two_hundred_feeds_beside_newsboat_and_reader(
    disk: str, tmp_path: Path, told: Told, promised: Promised
) -> None:
    more = slow_disk(tmp_path) if disk == "slow disk" else {}
    first, again, grown = steps = _read_three_times(tmp_path, more)
    for name, step in zip(STEPS, steps, strict=True):
        told(f"newsboat, {name}", step.newsboat)
        told(f"reader, {name}", step.reader["seconds"])
        told(
            f"ours, {name}: all text kept; {step.ours['stored']} stored, {step.ours['parsed']} parsed",
            step.ours["seconds"],
        )
        told(f"ours, {name}: groups and pictures as well", step.ours["all"])
    suffix = "" if disk == "this disk" else " slow disk"
    whole = first.ours["stored"] == first.ours["parsed"] == FEEDS * ITEMS
    both = ("newsboat", "reader")
    promised(
        f"S1{suffix}",
        "200 feeds × 50 items read the first time",
        target="≤ 0.9 × newsboat, ≤ 0.25 × reader, 10,000 stored",
        figure=f"{first.beside(*both)}, {first.ours['stored']:,} stored",
        kept=whole and first.within(newsboat=0.9, reader=0.25),
    )
    rows = sum(count for table, count in again.ours["rows"].items() if table not in HEALTH)
    promised(
        f"S2{suffix}",
        "read again, nothing new",
        target="≤ 0.15 × newsboat, ≤ 0.25 × reader, 0 rows written but those of the sources' own health",
        figure=f"{again.beside(*both)}, {rows} rows",
        kept=rows == 0 and again.within(newsboat=0.15, reader=0.25),
    )
    promised(
        f"S3{suffix}",
        "read again, one new item in each feed",
        target="≤ 0.25 × reader, only the new ones parsed",
        figure=f"{grown.beside('reader')}, {grown.ours['parsed']} parsed",
        kept=grown.ours["parsed"] == FEEDS and grown.within(reader=0.25),
    )
    peak = max(step.megabytes for step in steps)
    promised(
        f"S4{suffix}",
        "peak memory of all processes meanwhile",
        target=f"≤ {PSS} MB PSS",
        figure=f"{peak:.0f} MB",
        kept=peak <= PSS,
    )
    assert whole
    assert grown.ours["stored"] == FEEDS * (ITEMS + 1)


def _read_three_times(folder: Path, more: Mapping[str, str]) -> list[Step]:
    with (
        running_press() as press,
        lemon_reader(press, folder / "reader", more) as reader,
        ours(press, folder / "ours", more) as program,
    ):
        newsboat = Newsboat.of(press, folder / "newsboat", more)
        steps = []
        for number in range(len(STEPS)):
            if number == 2:
                press.publish_more()
            seconds, theirs = newsboat.read(), reader.read()
            with watching(program.process.pid) as peak:
                answer = program.read()
            steps.append(Step(seconds, theirs, answer, peak.megabytes))
        return steps
