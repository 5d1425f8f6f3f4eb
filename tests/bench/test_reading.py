"""Two hundred feeds of fifty stories: read first, again, and with one new story each, beside newsboat and reader."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.bench.figures import Promised, Told
from tests.bench.memory import watching
from tests.bench.peers import Newsboat, lemon_reader, our_command, ours, readers_command
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
class Reading:
    """What one way of reading took, in seconds: ours beside the two others."""

    newsboat: float
    reader: float
    ours: float

    def beside(self, *peers: str) -> str:
        ratios = {"newsboat": self.ours / self.newsboat, "reader": self.ours / self.reader}
        return ", ".join([f"{self.ours:.2f} s", *(f"{ratios[peer]:.2f} × {peer}" for peer in peers)])

    def within(self, *, newsboat: float = 1e9, reader: float) -> bool:
        return self.ours <= newsboat * self.newsboat and self.ours <= reader * self.reader


@dataclass(frozen=True)
class Step:
    """One reading by all three: as whole commands, and ours and reader's inside a program that runs already.

    newsboat cannot stay, so its whole command stands in both.
    """

    whole: Reading
    inside: Reading
    answer: dict[str, Any]  # of tests/bench/ours.py
    megabytes: float


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
    first, _, grown = steps = _read_three_times(tmp_path, more)
    for name, step in zip(STEPS, steps, strict=True):
        told(f"newsboat, {name}", step.whole.newsboat)
        told(f"reader, {name}: the whole command", step.whole.reader)
        told(f"ours, {name}: the whole command", step.whole.ours)
        told(f"reader, {name}: inside a program", step.inside.reader)
        told(f"ours, {name}: inside a program, all text kept", step.inside.ours)
        told(f"ours, {name}: inside a program, groups and pictures as well", step.answer["all"])
    suffix = "" if disk == "this disk" else " slow disk"
    _promise(f"S1{suffix}", f"S2{suffix}", f"S3{suffix}", [step.whole for step in steps], steps, promised)
    inside = [step.inside for step in steps]
    _promise(f"S1 inside{suffix}", f"S2 inside{suffix}", f"S3 inside{suffix}", inside, steps, promised)
    peak = max(step.megabytes for step in steps)
    promised(
        f"S4{suffix}",
        "peak memory of all processes meanwhile",
        target=f"≤ {PSS} MB PSS",
        figure=f"{peak:.0f} MB",
        kept=peak <= PSS,
    )
    assert first.answer["stored"] == first.answer["parsed"] == FEEDS * ITEMS
    assert grown.answer["stored"] == FEEDS * (ITEMS + 1)


def _promise(
    one: str, two: str, three: str, readings: Sequence[Reading], steps: Sequence[Step], promised: Promised
) -> None:
    """One row for each of the three readings; what is stored and parsed was counted inside the program."""
    (first, again, grown), (counted, quiet, last) = readings, (step.answer for step in steps)
    how = "inside a program that runs" if "inside" in one else "whole commands"
    both = ("newsboat", "reader")
    promised(
        one,
        f"200 feeds × 50 items read the first time; {how}",
        target="≤ 0.9 × newsboat, ≤ 0.25 × reader, 10,000 stored",
        figure=f"{first.beside(*both)}, {counted['stored']:,} stored",
        kept=counted["stored"] == counted["parsed"] == FEEDS * ITEMS and first.within(newsboat=0.9, reader=0.25),
    )
    rows = sum(count for table, count in quiet["rows"].items() if table not in HEALTH)
    promised(
        two,
        f"read again, nothing new; {how}",
        target="≤ 0.15 × newsboat, ≤ 0.25 × reader, 0 rows written but those of the sources' own health",
        figure=f"{again.beside(*both)}, {rows} rows",
        kept=rows == 0 and again.within(newsboat=0.15, reader=0.25),
    )
    promised(
        three,
        f"read again, one new item in each feed; {how}",
        target="≤ 0.25 × reader, only the new ones parsed",
        figure=f"{grown.beside('reader')}, {last['parsed']} parsed",
        kept=last["parsed"] == FEEDS and grown.within(reader=0.25),
    )


def _read_three_times(folder: Path, more: Mapping[str, str]) -> list[Step]:
    with (
        running_press() as press,
        lemon_reader(press, folder / "reader", more) as reader,
        ours(press, folder / "ours", more) as program,
    ):
        newsboat = Newsboat.of(press, folder / "newsboat", more)
        theirs, mine = readers_command(press, folder / "readers", more), our_command(press, folder / "command", more)
        steps = []
        for number in range(len(STEPS)):
            if number == 2:
                press.publish_more()
            whole = Reading(newsboat.read(), theirs.read(), mine.read())
            kept = reader.read()["seconds"]
            with watching(program.process.pid) as peak:
                answer = program.read()
            inside = Reading(whole.newsboat, kept, answer["seconds"])
            steps.append(Step(whole, inside, answer, peak.megabytes))
        return steps
