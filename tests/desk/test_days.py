"""Days are understood as people type them."""

from datetime import date, timedelta

import pytest

from app.desk.days import read_days

TODAY = date(2026, 11, 23)
D = date


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("20/11/2026", (D(2026, 11, 20), D(2026, 11, 20))),
        ("2026-11-20", (D(2026, 11, 20), D(2026, 11, 20))),
        ("5-1-2026", (D(2026, 1, 5), D(2026, 1, 5))),
        ("20/11", (D(2026, 11, 20), D(2026, 11, 20))),
        ("30/11", (D(2025, 11, 30), D(2025, 11, 30))),
        ("11/2026", (D(2026, 11, 1), D(2026, 11, 30))),
        ("2/2024", (D(2024, 2, 1), D(2024, 2, 29))),
        ("hôm nay", (TODAY, TODAY)),
        ("HOM QUA", (TODAY - timedelta(days=1), TODAY - timedelta(days=1))),
        ("today", (TODAY, TODAY)),
        ("7 ngày", (D(2026, 11, 17), TODAY)),
        ("7 ngày qua", (D(2026, 11, 17), TODAY)),
        ("1 day", (TODAY, TODAY)),
    ],
)
def test_a_day_is_read(text: str, days: tuple[date, date]) -> None:
    assert read_days(text, TODAY) == days


@pytest.mark.parametrize(
    "text", ["", "31/2/2026", "2026-13-01", "0 ngày", "99999 ngày", "mai", "20//11", "32/1", "13/2026"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_days(text, TODAY) is None


def test_the_29th_of_february_without_a_year_is_no_error() -> None:
    assert read_days("29/2", D(2028, 2, 1)) is None
    assert read_days("29/2", D(2028, 3, 1)) == (D(2028, 2, 29), D(2028, 2, 29))
