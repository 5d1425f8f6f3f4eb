"""When things are due, by the office's cadence: pure arithmetic on days, in Viet Nam's time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
QUARTER_MONTHS = (1, 4, 7, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often, on which weekday, and when copy closes on the day before."""

    periodicity: str
    weekday: str
    copy_deadline: time


def next_issue_date(cadence: Cadence, *, after: date, last: date | None) -> date:
    """The first date later than `after` on which an issue appears; `last` is the date of the latest one.

    Weekly: every such weekday. Fortnightly: two weeks after the last. Monthly and quarterly: the first such weekday
    of the month, or of January, April, July and October.
    """
    weekday, floor = WEEKDAYS.index(cadence.weekday), max(after, last or after)
    if cadence.periodicity in ("week", "fortnight"):
        step = timedelta(days=7 if cadence.periodicity == "week" else 14)
        day = last + step if last and last.weekday() == weekday else _weekday_from(floor + timedelta(days=1), weekday)
        while day <= floor:
            day += step
        return day
    months = range(1, 13) if cadence.periodicity == "month" else QUARTER_MONTHS
    first_days = (
        _weekday_from(date(year, month, 1), weekday) for year in (floor.year, floor.year + 1) for month in months
    )
    return next(day for day in first_days if day > floor)


def deadline(cadence: Cadence, issue_date: date) -> datetime:
    """When copy of an issue closes: the day before, at the office's hour; aware."""
    return datetime.combine(issue_date - timedelta(days=1), cadence.copy_deadline, VIETNAM)


def slot_every(minutes: int, now: datetime) -> str:
    """The name of the running slot of a job due every so many minutes, counted from midnight in Viet Nam."""
    local = now.astimezone(VIETNAM)
    past = (local.hour * 60 + local.minute) // minutes * minutes
    return f"{local:%Y-%m-%d} {past // 60:02d}:{past % 60:02d}"


def slot_daily(at: time, now: datetime) -> str:
    """The name of the latest daily slot: today's when the hour has come, else yesterday's."""
    local = now.astimezone(VIETNAM)
    day = local.date() if local.time() >= at else local.date() - timedelta(days=1)
    return day.isoformat()


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
