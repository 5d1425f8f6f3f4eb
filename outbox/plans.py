"""Runs already composed in this process, by what they hold: measuring an issue and then printing it composes once."""

import threading

from app.desk.snapshot import digest
from outbox.fit import Fitted
from outbox.runs import Job, title

Composed = tuple[str, Fitted]
MOST = 64  # runs kept: several issues of several editors

# These hold nothing that is told elsewhere in the issue, such as page numbers; a cover and a last page do.
_APART = ("short", "feature")
_kept: dict[str, Composed] = {}
_lock = threading.Lock()


def find(job: Job) -> Composed | None:
    """The page text and fit of a run of the same content on as many pages, or None."""
    return _kept.get(_key(job)) if job.run["design"] in _APART else None


def keep(job: Job, composed: Composed) -> None:
    """Remembers a run; the longest known is forgotten first."""
    if job.run["design"] not in _APART:
        return
    with _lock:
        _kept[_key(job)] = composed
        while len(_kept) > MOST:
            _kept.pop(next(iter(_kept)))


def _key(job: Job) -> str:
    run = {name: job.run[name] for name in ("design", "section", "pages")}
    return digest([run, list(job.articles), title(job.snapshot), job.snapshot["bulletin"], job.snapshot["mode"]])
