"""The page map: how many pages each run takes, and what the editor must know before the issue is sealed."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from app.desk.findings import Finding
from config import Config
from outbox import booklet
from outbox.geometry import RunFit
from outbox.runs import Assets

LONGEST_RUN = 3  # pages of one feature
HOLE_LINES = 9  # lines of 29: from here on a page looks unfinished
_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A snapshot whose runs know their pages, how each fits, and the findings."""

    snapshot: dict[str, Any]
    fits: tuple[RunFit, ...]
    findings: tuple[Finding, ...]


def lay_out(snapshot: Mapping[str, Any], assets: Assets, config: Config) -> Laid:
    """Measures every run and numbers the pages. Raises Unprintable when a run cannot be laid out at all."""
    runs = [dict(run) for run in snapshot["runs"]]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        fits = list(pool.map(lambda run: _fit(snapshot, run, assets, config), runs))
    page = 1
    for run, fit in zip(runs, fits, strict=True):
        run["page"], run["pages"] = page, 1 if fit.over_lines else fit.pages
        page += run["pages"]
    mapped = {**snapshot, "runs": runs}
    return Laid(snapshot=mapped, fits=tuple(fits), findings=_findings(mapped, fits))


def _fit(snapshot: Mapping[str, Any], run: Mapping[str, Any], assets: Assets, config: Config) -> RunFit:
    """On as few pages as it needs; a cover, a page of short news and the last page always have one."""
    fit = booklet.measure(snapshot, {**run, "page": 1, "pages": 1}, assets, config)
    if fit.over_lines and run["design"] == "feature" and 1 < fit.pages <= LONGEST_RUN:
        return booklet.measure(snapshot, {**run, "page": 1, "pages": fit.pages}, assets, config)
    return fit


def _findings(snapshot: Mapping[str, Any], fits: list[RunFit]) -> tuple[Finding, ...]:
    runs = zip(snapshot["runs"], fits, strict=True)
    found = [finding for run, fit in runs for finding in _of_run(snapshot, run, fit)]
    count = sum(run["pages"] for run in snapshot["runs"])
    wanted = snapshot["issue"]["pages"]
    if count != wanted:
        found.append(Finding(kind="page_count", level="hard", values={"count": count, "wanted": wanted}))
    return tuple(found)


def _of_run(snapshot: Mapping[str, Any], run: Mapping[str, Any], fit: RunFit) -> list[Finding]:
    heads = [snapshot["articles"][key]["headline"] for key in run["articles"][:1]]
    where = {"page": run["page"] + run["pages"] - 1, "headline": heads[0] if heads else run["design"]}
    if fit.over_lines:
        return [Finding(kind="over", level="hard", where=str(run["page"]), values={**where, "lines": fit.over_lines})]
    if fit.free_lines >= HOLE_LINES:
        return [Finding(kind="hole", level="soft", where=str(run["page"]), values={**where, "lines": fit.free_lines})]
    return [
        Finding(kind="left_out", level="soft", where=str(run["page"]), words=part, values={**where, "words": part})
        for part in fit.left_out
    ]
