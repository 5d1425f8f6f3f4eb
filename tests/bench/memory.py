"""The memory of a program and all its children: proportional set size, where shared pages count once."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY = 0.1  # seconds


class Peak:
    """The most that was seen, in megabytes."""

    megabytes = 0.0


@contextmanager
def watching(process_id: int) -> Iterator[Peak]:
    """Looks several times a second while the block runs."""
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            peak.megabytes = max(peak.megabytes, sum(map(_pss, _family(process_id))) / 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _family(process_id: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    family = [process_id]
    for member in family:  # grows while it is walked through
        family += children.get(member, [])
    return family


def _pss(process_id: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process_id}/smaps_rollup").read_text("ascii"), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0
