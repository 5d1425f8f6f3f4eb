"""Days as people type them: 20/11/2026, 2026-11-20, 20/11, 11/2026, hôm nay, hôm qua, 7 ngày."""

import re
from calendar import monthrange
from datetime import date, timedelta

from app.desk.folding import fold

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_COUNT = re.compile(r"(\d{1,4}) ?(?:ngay|days?)(?: qua)?")
_TODAY, _YESTERDAY = ("hom nay", "today"), ("hom qua", "yesterday")


def read_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day meant, or None when the text is no date. A day without a year is the last such day."""
    said = fold(text)
    if said in _TODAY:
        return today, today
    if said in _YESTERDAY:
        return today - timedelta(days=1), today - timedelta(days=1)
    if found := _COUNT.fullmatch(said):
        count = int(found[1])
        return (today - timedelta(days=count - 1), today) if 0 < count <= 3660 else None
    try:
        return _read_numbers(text.strip(), today)
    except ValueError:
        return None


def _read_numbers(text: str, today: date) -> tuple[date, date] | None:
    if found := _ISO.fullmatch(text):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := _DAY.fullmatch(text):
        day = date(int(found[3] or today.year), int(found[2]), int(found[1]))
        day = day if found[3] or day <= today else day.replace(year=day.year - 1)
        return day, day
    if found := _MONTH.fullmatch(text):
        first = date(int(found[2]), int(found[1]), 1)
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return None
