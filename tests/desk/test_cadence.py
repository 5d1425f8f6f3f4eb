"""The office's rhythm: month ends, leap years, the turn of the year, and Viet Nam's time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.cadence import VIETNAM, WEEKDAYS, Cadence, deadline, next_issue_date, slot_daily, slot_every

PERIODS = ("week", "fortnight", "month", "quarter")
MOMENTS = st.integers(1_577_836_800, 2_840_140_800).map(lambda second: datetime.fromtimestamp(second, UTC))
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def cadence(periodicity: str, weekday: str = "friday", at: time = time(16, 0)) -> Cadence:
    return Cadence(periodicity=periodicity, weekday=weekday, copy_deadline=at)


@pytest.mark.parametrize(
    ("periodicity", "weekday", "after", "last", "next_day"),
    [
        ("week", "friday", date(2026, 11, 23), None, date(2026, 11, 27)),
        ("week", "friday", date(2026, 11, 27), None, date(2026, 12, 4)),
        ("week", "friday", date(2026, 12, 26), date(2026, 12, 25), date(2027, 1, 1)),
        ("week", "friday", date(2026, 11, 23), date(2026, 9, 4), date(2026, 11, 27)),
        ("fortnight", "friday", date(2026, 11, 14), date(2026, 11, 13), date(2026, 11, 27)),
        ("fortnight", "friday", date(2026, 11, 27), date(2026, 11, 13), date(2026, 12, 11)),
        ("fortnight", "friday", date(2026, 11, 1), date(2026, 11, 13), date(2026, 11, 27)),
        ("fortnight", "monday", date(2026, 11, 1), date(2026, 11, 13), date(2026, 11, 16)),
        ("month", "friday", date(2026, 11, 23), None, date(2026, 12, 4)),
        ("month", "friday", date(2026, 12, 4), date(2026, 12, 4), date(2027, 1, 1)),
        ("month", "friday", date(2026, 12, 31), None, date(2027, 1, 1)),
        ("month", "thursday", date(2028, 2, 29), None, date(2028, 3, 2)),
        ("month", "thursday", date(2028, 1, 31), None, date(2028, 2, 3)),
        ("month", "sunday", date(2026, 2, 28), None, date(2026, 3, 1)),
        ("month", "friday", date(2026, 11, 23), date(2026, 12, 4), date(2027, 1, 1)),
        ("quarter", "friday", date(2026, 11, 23), None, date(2027, 1, 1)),
        ("quarter", "friday", date(2026, 1, 1), None, date(2026, 1, 2)),
        ("quarter", "friday", date(2026, 10, 2), None, date(2027, 1, 1)),
    ],
)
def test_the_day_of_the_next_issue(
    periodicity: str, weekday: str, after: date, last: date | None, next_day: date
) -> None:
    assert next_issue_date(cadence(periodicity, weekday), after=after, last=last) == next_day


@given(st.sampled_from(PERIODS), st.sampled_from(WEEKDAYS), DAYS, st.none() | DAYS)
def test_the_next_issue_is_later_than_today_and_than_the_last_on_the_right_weekday(
    periodicity: str, weekday: str, after: date, last: date | None
) -> None:
    day = next_issue_date(cadence(periodicity, weekday), after=after, last=last)
    assert day > after
    assert last is None or day > last
    assert day.weekday() == WEEKDAYS.index(weekday)
    longest = {"week": 7, "fortnight": 14, "month": 38, "quarter": 99}[periodicity]
    assert day - max(after, last or after) <= timedelta(days=longest)


@given(st.sampled_from(PERIODS), st.sampled_from(WEEKDAYS), DAYS)
def test_issue_follows_issue_without_a_gap_or_a_double(periodicity: str, weekday: str, start: date) -> None:
    rhythm = cadence(periodicity, weekday)
    days, today = [next_issue_date(rhythm, after=start, last=None)], start
    for _ in range(200):
        today += timedelta(days=3)
        if today >= days[-1]:
            days.append(next_issue_date(rhythm, after=today, last=days[-1]))
    steps = {(b - a).days for a, b in pairwise(days)}
    allowed = {"week": {7}, "fortnight": {14}, "month": {28, 35}, "quarter": {84, 91, 98}}[periodicity]
    assert steps <= allowed


def test_copy_closes_the_day_before_at_the_offices_hour_in_viet_nam() -> None:
    assert deadline(cadence("week"), date(2026, 11, 27)) == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert deadline(cadence("week"), date(2027, 1, 1)) == datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    assert deadline(cadence("week"), date(2028, 3, 1)) == datetime(2028, 2, 29, 9, 0, tzinfo=UTC)


def test_a_slot_of_half_an_hour_is_counted_from_midnight_in_viet_nam() -> None:
    assert slot_every(30, datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)) == "2026-11-23 23:30"
    assert slot_every(30, datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == "2026-11-24 00:00"
    assert slot_every(7, datetime(2026, 11, 23, 16, 59, tzinfo=UTC)) == "2026-11-23 23:55"
    assert slot_every(1440, datetime(2026, 11, 23, 16, 59, tzinfo=UTC)) == "2026-11-23 00:00"


def test_a_daily_slot_begins_at_its_hour() -> None:
    at = time(5, 30)
    assert slot_daily(at, datetime(2026, 11, 23, 5, 29, tzinfo=VIETNAM)) == "2026-11-22"
    assert slot_daily(at, datetime(2026, 11, 23, 5, 30, tzinfo=VIETNAM)) == "2026-11-23"
    assert slot_daily(at, datetime(2027, 1, 1, 0, 0, tzinfo=VIETNAM)) == "2026-12-31"


@given(st.integers(5, 1440), MOMENTS)
def test_slots_only_go_forward(minutes: int, moment: datetime) -> None:
    assert slot_every(minutes, moment) <= slot_every(minutes, moment + timedelta(minutes=1))
