"""How often a source brings something, learned from when it did; and from when on its quiet is worth telling."""

import itertools
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.desk.cadence import VIETNAM

HOUR = timedelta(hours=1)
WATCHED = timedelta(hours=3)  # between two readings at the most, else the computer was off
LEARNING = timedelta(days=3)  # before that, nothing is said
FEWEST = 4  # arrivals
BEYOND = 1.5  # of the longest quiet that is usual
AT_LEAST = 24.0  # hours: a night or a holiday is no silence
WEEKEND = 0.06  # of all arrivals; with less on Saturdays and Sundays the outlet rests then
UNKNOWN = 14 * 24.0  # hours of quiet for a source whose rhythm nobody knows


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`usual`: hours between two arrivals; `patience`: hours of quiet until it counts as silent.

    When the outlet `rests` at weekends, these are left out of its quiet.
    """

    usual: float
    patience: float
    rests: bool


def learn(arrivals: Iterable[datetime], *, looked: Mapping[datetime, datetime] | None = None) -> Rhythm | None:
    """The rhythm of a source, or None while too little is known.

    Nights are part of its longest usual quiet; one outage a month is taken for an accident and left out. `looked` says
    of an arrival when the source was last looked at before it: what nobody watched, for the computer was off, teaches
    nothing.
    """
    times = sorted(set(arrivals))
    if len(times) < FEWEST or times[-1] - times[0] < LEARNING:
        return None
    rests = _rests(times)
    gaps = [(start, _seen_until(start, end, (looked or {}).get(end))) for start, end in itertools.pairwise(times)]
    quiet = sorted((quiet_hours(start, end, rests=rests) for start, end in gaps), reverse=True)
    months = (times[-1] - times[0]) // timedelta(days=30)
    accidents = min(1 + months, len(quiet) // 8)
    usual = statistics.median((end - start) / HOUR for start, end in gaps)
    return Rhythm(usual=usual, patience=max(AT_LEAST, BEYOND * quiet[accidents]), rests=rests)


def quiet_hours(since: datetime, until: datetime, *, rests: bool) -> float:
    """Hours between two times; without Saturdays and Sundays of Viet Nam when the outlet rests then."""
    hours = max((until - since) / HOUR, 0.0)
    if not rests or not hours:
        return hours
    start, end = since.astimezone(VIETNAM), until.astimezone(VIETNAM)
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < end:
        following = day + timedelta(days=1)
        if day.weekday() >= 5:
            hours -= (min(following, end) - max(day, start)) / HOUR
        day = following
    return max(hours, 0.0)


def _seen_until(start: datetime, end: datetime, looked: datetime | None) -> datetime:
    """Until when the quiet before an arrival was watched; an hour where it was not watched at all."""
    if looked is None or end - looked <= WATCHED:
        return end
    return max(looked, min(start + HOUR, end))


def _rests(times: Sequence[datetime]) -> bool:
    """Whether hardly anything comes on Saturdays and Sundays. Without a whole weekend in sight it is taken so."""
    weekend = sum(time.astimezone(VIETNAM).weekday() >= 5 for time in times)
    return weekend < WEEKEND * len(times)
