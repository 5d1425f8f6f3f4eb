"""How often a source usually brings something, and from when on its quiet is worth telling."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.cadence import VIETNAM
from app.desk.rhythm import learn, quiet_hours

MONDAY = datetime(2026, 11, 2, 0, 0, tzinfo=VIETNAM)


def office_hours(days: int, *, weekends: bool = False) -> Iterator[datetime]:
    """Something every hour from seven to seventeen o'clock."""
    for day in range(days):
        for hour in range(7, 18):
            at = MONDAY + timedelta(days=day, hours=hour)
            if weekends or at.weekday() < 5:
                yield at


def every(hours: float, count: int) -> list[datetime]:
    return [MONDAY + timedelta(hours=hours * n) for n in range(count)]


def test_an_hourly_source_is_silent_after_about_a_day() -> None:
    for days in (4, 12, 40):
        rhythm = learn(office_hours(days, weekends=True))
        assert rhythm
        assert rhythm.usual == 1
        assert 24 <= rhythm.patience <= 30


@pytest.mark.parametrize("days", [4, 5, 12, 19, 33, 61])
def test_an_outlet_that_rests_at_weekends_is_not_silent_on_monday_morning(days: int) -> None:
    """Also when its first weekend has not been seen yet."""
    times = list(office_hours(days))
    rhythm = learn(times)
    assert rhythm
    friday = max(times) + timedelta(days=(4 - max(times).weekday()) % 7)
    monday = friday.replace(hour=9) + timedelta(days=3)
    assert quiet_hours(friday.replace(hour=17), monday, rests=rhythm.rests) <= rhythm.patience
    assert quiet_hours(friday.replace(hour=17), monday + timedelta(days=2), rests=rhythm.rests) > rhythm.patience


def test_a_daily_weekly_and_monthly_source_have_their_own_patience() -> None:
    daily, weekly, monthly = learn(every(24, 12)), learn(every(168, 8)), learn(every(30 * 24, 5))
    assert daily
    assert weekly
    assert monthly
    assert 30 <= daily.patience <= 48
    assert weekly.rests  # five days of a week count, so these are one and a half weeks
    assert weekly.patience == 1.5 * 5 * 24
    assert monthly.patience >= 40 * 24
    assert (daily.usual, weekly.usual, monthly.usual) == (24, 168, 720)


def test_nothing_is_said_before_some_days_of_learning() -> None:
    assert learn([]) is None
    assert learn(every(1, 70)) is None  # not three days yet
    assert learn(every(30, 3)) is None  # too few
    assert learn(every(1, 73)) is not None


def test_an_outage_a_month_teaches_no_patience() -> None:
    times = [at for at in office_hours(28, weekends=True) if not 10 <= (at - MONDAY).days < 18]
    rhythm = learn(times)
    assert rhythm
    assert rhythm.patience <= 30


def test_what_nobody_watched_teaches_nothing() -> None:
    """The office's computer runs on Mondays and Thursdays only; each first reading brings something."""
    days = [MONDAY + timedelta(days=7 * week + day, hours=8) for week in range(4) for day in (0, 3)]
    times = [day + timedelta(minutes=30 * n) for day in days for n in range(16)]
    looked = {end: start for start, end in itertools.pairwise(times)}
    watched, believed = learn(times, looked=looked), learn(times)
    assert watched
    assert believed
    assert watched.patience == 24
    assert believed.patience >= 60  # the control


def test_weekends_count_where_the_outlet_works_on_them() -> None:
    friday = MONDAY + timedelta(days=4, hours=17)
    monday = MONDAY + timedelta(days=7, hours=7)
    assert quiet_hours(friday, monday, rests=False) == 62
    assert quiet_hours(friday, monday, rests=True) == 14
    assert quiet_hours(friday + timedelta(days=1, hours=3), monday - timedelta(hours=20), rests=True) == 0
    assert quiet_hours(monday, friday, rests=True) == 0


@given(st.lists(st.integers(0, 90_000), max_size=40))
def test_any_times_give_a_rhythm_or_none(hours: list[int]) -> None:
    rhythm = learn(MONDAY + timedelta(hours=hour) for hour in hours)
    assert rhythm is None or (rhythm.patience >= 24 and rhythm.usual > 0)
