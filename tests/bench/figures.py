"""How a measurement is told: one line a figure on the terminal, and one row a promise in docs/promises.md."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

from app.paths import ROOT

TABLE = ROOT / "docs" / "promises.md"
_HEAD = """# Promises, as last measured

Written by `./test --bench` and `./test --prove`, never by hand. A row that was not measured in the last run keeps what
the run before it found. Times depend on the machine; the ratios are of programs measured side by side in one run.

"""
_COLUMNS = ("promise", "what", "target", "figure", "kept", "command", "measured")


class Told(Protocol):
    """Tells one figure; seconds unless another unit is named."""

    def __call__(self, what: str, figure: float, unit: str = "s") -> None: ...


class Promised(Protocol):
    """Notes how a promise of the product fared: `figure` in words, such as “3.1 s, 0.42 × newsboat”."""

    def __call__(self, name: str, what: str, *, target: str, figure: str, kept: bool) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `name` is its own: “S1”, or “S1 slow disk” where a promise has several figures."""

    name: str
    what: str
    target: str
    figure: str
    kept: str
    command: str
    measured: str


def read_rows(path: Path = TABLE) -> dict[str, Row]:
    """What the table holds, by name; nothing when there is none."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    names = [field.name for field in fields(Row)]
    rows = (Row(**dict(zip(names, row, strict=True))) for row in cells if len(row) == len(names))
    return {row.name: row for row in rows if row.name != _COLUMNS[0]}


def write_rows(new: Iterable[Row], path: Path = TABLE) -> None:
    """Puts these rows into the table in place of their older ones, and keeps all others."""
    rows = read_rows(path) | {row.name: row for row in new}
    lines = [_line(_COLUMNS), "|" + "---|" * len(_COLUMNS)]
    lines += [_line(_cells(rows[name])) for name in sorted(rows, key=_order)]
    path.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


def machine() -> str:
    """This machine in neutral words."""
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text("ascii"))
    gigabytes = round(int(memory[1]) / 2**20) if memory else 0
    return f"{os.cpu_count()} cores, {gigabytes} GB"


def _cells(row: Row) -> list[str]:
    return [str(getattr(row, field.name)).replace("|", "/").replace("\n", " ") for field in fields(Row)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _order(name: str) -> tuple[str, int, str]:
    letters = re.match(r"([A-Z]+)(\d+)(.*)", name)
    return (letters[1], int(letters[2]), letters[3]) if letters else (name, 0, "")
