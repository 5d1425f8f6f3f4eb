"""How a source is, from what is known of it: good, silent, failing, off, or never read. Silent is not failing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.desk.cadence import VIETNAM
from app.desk.rhythm import UNKNOWN, quiet_hours

# Ends of a reading that say of the source nothing at all: it was not asked.
WAITING = frozenset({"budget"})
# Ends that are a matter of this computer and its network, not of the outlet.
OURS = frozenset({"portal", "inside", "clock", "proxy", "disk_full"})
NETWORK = frozenset({"dns", "connection", "timeout", "proxy"})
DAYS = 30  # of the strip
OLD_HOURS = 72.0  # dates of a feed just met: it has not been watched long enough to know it better


class State(StrEnum):
    """In the order in which sources need attention."""

    ERROR = "error"
    SILENT = "silent"
    NEW = "new"
    GOOD = "good"
    OFF = "off"


class Quiet(StrEnum):
    """What kind of silence it is."""

    NONE = ""
    GAP = "gap"  # it answers well, nothing new comes, though usually it would have
    FROZEN = "frozen"  # the same as ever since it was first read, though it answers well
    OLD = "old"  # whatever it holds has old dates
    EMPTY = "empty"  # a valid feed without a single item


# What each silence means and what to do about it; "empty" is said with the words of the outcome.
QUIET: dict[Quiet, tuple[str, str]] = {
    Quiet.GAP: (
        "It answers well, but nothing new comes as it usually would.",
        "Look at the outlet's page: if there is fresh news, find its feed anew; else just wait.",
    ),
    Quiet.FROZEN: (
        "It answers well, but has said the same ever since it was first read.",
        "The outlet seems to have left this feed: find its feed anew or use its section page.",
    ),
    Quiet.OLD: (
        "It answers well, but all its stories have old dates.",
        "The outlet seems to have left this feed: find its feed anew or use its section page.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a source. `newest_at` is the latest date on any of its stories, `first_at` its first reading."""

    enabled: bool
    outcome: str | None
    failures: int
    read_at: datetime | None
    new_at: datetime | None
    first_at: datetime | None
    newest_at: datetime | None
    failing_since: datetime | None
    patience_hours: float | None
    rests_weekends: bool


@dataclass(frozen=True, slots=True)
class Health:
    """`since` is when it began to fail, or when it last brought something."""

    state: State
    since: datetime | None
    quiet: Quiet = Quiet.NONE


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip."""

    day: date
    new: int
    failed: bool


def judge(facts: Facts, *, now: datetime) -> Health:
    """How a source is now."""
    if not facts.enabled:
        return Health(State.OFF, None)
    if facts.read_at is None:
        return Health(State.NEW, None)
    if facts.failures:
        return Health(State.ERROR, facts.failing_since or facts.read_at)
    quiet = _quiet(facts, min(now, facts.read_at))  # a computer that was off has missed nothing yet
    return Health(State.SILENT if quiet else State.GOOD, facts.new_at or facts.newest_at or facts.first_at, quiet)


def strip(rows: Iterable[tuple[datetime, int, str]], *, failing: Collection[str], now: datetime) -> list[Day]:
    """The last thirty days by the calendar of Viet Nam, oldest first, from (time, new, outcome) in order of time.

    Only changes are kept, so a failure lasts until the next row.
    """
    today = now.astimezone(VIETNAM).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    new, failed = dict.fromkeys(days, 0), dict.fromkeys(days, False)
    bad_since: date | None = None
    for at, count, outcome in rows:
        day = at.astimezone(VIETNAM).date()
        if bad_since:
            _mark(failed, bad_since, day)
        bad_since = day if outcome in failing else None
        if day in new:
            new[day] += count
            failed[day] = failed[day] or bad_since is not None
    if bad_since:
        _mark(failed, bad_since, today + timedelta(days=1))
    return [Day(day, new[day], failed[day]) for day in days]


def shares(outcomes: Sequence[str]) -> str:
    """What stands in the way of most sources at once: "portal", "clock", "network", "budget", or empty.

    `outcomes` are the last ones of all sources that are on and were read.
    """
    for name, kinds in (
        ("portal", {"portal", "inside"}),
        ("clock", {"clock", "expired"}),
        ("budget", WAITING),
        ("network", NETWORK),
    ):
        met = sum(outcome in kinds for outcome in outcomes)
        if met and met * 2 > len(outcomes):
            return name
    return ""


def _mark(failed: dict[date, bool], start: date, end: date) -> None:
    for day in failed:
        if start <= day < end or day == start:
            failed[day] = True


def _quiet(facts: Facts, until: datetime) -> Quiet:
    if facts.outcome == "empty":
        return Quiet.EMPTY
    has_brought = facts.new_at is not None and (facts.first_at is None or facts.new_at > facts.first_at)
    if not has_brought and facts.newest_at and _is_long(facts.newest_at, facts, until, at_least=OLD_HOURS):
        return Quiet.OLD
    last = facts.new_at or facts.first_at
    if last is None or not _is_long(last, facts, until):
        return Quiet.NONE
    return Quiet.GAP if has_brought else Quiet.FROZEN


def _is_long(since: datetime, facts: Facts, until: datetime, *, at_least: float = 0.0) -> bool:
    patience = max(facts.patience_hours or UNKNOWN, at_least)
    return quiet_hours(since, until, rests=facts.rests_weekends) > patience
