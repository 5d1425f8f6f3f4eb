"""The dates Vietnamese feeds really carry. Without a zone they are Vietnam time; what cannot be read is no date."""

import re
from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975, so a fixed offset is right

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "ict": 7}

_TIME = (
    r"(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d{1,9})?\s*(?P<half>[AP]\.?M\.?|SA|CH)?"
)
_ZONE = r"\(?\s*(?P<zone>(?:GMT|UTC|Z)?\s*[+-]\d{1,2}(?::?\d{2})?|GMT|UT|UTC|Z|[A-Z]{3})?\s*\)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_SPACE = re.compile(r"[\s,\u00a0\u202f\u200b\u200e\u200f]+")

# Each form with where it was seen; they are tried in this order.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        # Sat, 22 Aug 2026 22:58:22 +07:00 (Nhân Dân) · +07 (VTV) · 26 05:52:00 +0700 (Thanh Niên) · GMT (VnEconomy)
        rf"(?:[a-z]+\s)?(?P<day>\d{{1,2}})[ -](?P<word>[a-z]{{3,9}})\.?[ -]{_YEAR}(?:\s{_TIME}\s*{_ZONE})?",
        # 2026-11-20T08:00:00+07:00 · 2026-11-20 08:00:00 · 2026-11-20 (Atom and hand-made feeds)
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:[T\s]{_TIME}\s*{_ZONE})?",
        # Aug 22 2026 10:58 PM
        rf"(?:[a-z]+\s)?(?P<word>[a-z]{{3,9}})\s(?P<day>\d{{1,2}})\s(?P<year>\d{{4}})(?:\s{_TIME}\s*{_ZONE})?",
        # 8/22/2026 11:00:00 PM (Chính phủ, Tuổi Trẻ): month first · 08/09/2018 (GMT+7) (VietNamNet): day first
        rf"(?P<one>\d{{1,2}})[/.-](?P<two>\d{{1,2}})[/.-](?P<year>\d{{4}})(?:\s{_TIME})?\s*{_ZONE}",
        # 22:58 20/11/2026
        rf"{_TIME}\s(?P<one>\d{{1,2}})[/.-](?P<two>\d{{1,2}})[/.-](?P<year>\d{{4}})\s*{_ZONE}",
    )
)


def read_date(raw: str) -> datetime | None:
    """A feed's date in UTC, or None. American order (month first) is taken only with AM or PM."""
    text = _SPACE.sub(" ", raw[:100]).strip()
    for form in _FORMS:
        match = form.fullmatch(text)
        if match and (found := _build(match.groupdict())):
            return found
    return None


def _build(parts: dict[str, str | None]) -> datetime | None:
    day, month = _day_and_month(parts)
    year = int(parts["year"] or 0)
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    zone = _zone(parts.get("zone"))
    if zone is None:
        return None
    try:
        moment = datetime(
            year, month, day, _hour(parts), int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=zone
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day_and_month(parts: dict[str, str | None]) -> tuple[int, int]:
    if word := parts.get("word"):
        return int(parts["day"] or 0), _month(word)
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        american = bool(parts["half"]) if max(one, two) <= 12 else two > 12
        return (two, one) if american else (one, two)
    return int(parts["day"] or 0), int(parts["month"] or 0)


def _month(word: str) -> int:
    start = word[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or "").replace(".", "").upper()
    if half in ("PM", "CH") and hour < 12:
        return hour + 12
    return 0 if half in ("AM", "SA") and hour == 12 else hour


def _zone(raw: str | None) -> timezone | None:
    """None for a zone nobody knows: no date is better than one that is hours off."""
    text = re.sub(r"\s", "", raw or "").lower()
    if not text:
        return VIETNAM
    if match := re.fullmatch(r"(?:gmt|utc|z)?([+-])(\d{1,2}):?(\d{2})?", text):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes < 1440 else None
    if text in ("gmt", "ut", "utc", "z"):
        return UTC
    return timezone(timedelta(hours=_ZONES[text])) if text in _ZONES else None
