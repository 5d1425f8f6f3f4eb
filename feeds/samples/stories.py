"""The forty sample stories: data in stories.toml, read and dated for the day they are shown on."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười một", "Mười hai")
_TENS = ("mồng", "mười", "hai mươi", "ba mươi")
_AFTER_TENS = {1: "mốt", 5: "lăm"}
_PLACE = re.compile(r"\{(d|w|say)([+-]\d+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One of the two invented outlets."""

    id: str
    name: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One story as its outlet published it. `picture` is a file name in PICTURES, or empty."""

    id: str
    outlet: str
    topic: str
    title: str
    body: tuple[str, ...]
    published_at: datetime
    summary: str = ""
    picture: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""

    @property
    def path(self) -> str:
        """Its page below the outlet's address: the title in plain letters, then a number, as real outlets have it."""
        number = sum(ord(letter) for letter in self.outlet) * 100 + int(self.id[-2:])
        ending = f"-post{number}.html" if self.outlet == "datdo" else f"-{number}.htm"
        return f"/{_slug(self.title)}{ending}"


def read_press() -> tuple[Press, ...]:
    """The outlets, in the order of the file."""
    return tuple(Press(**entry) for entry in _read("stories.toml")["outlet"])


def read_stories(now: datetime) -> tuple[Sample, ...]:
    """All stories, newest first, with their dates as seen at `now` (aware)."""
    today = now.astimezone(VIETNAM).date()
    stories = [_story(entry, now, today) for entry in _read("stories.toml")["story"]]
    return tuple(sorted(stories, key=lambda story: story.published_at, reverse=True))


def fill(text: str, *, today: date) -> str:
    """Puts days in: {d+6} gives 29/11, {w+6} its weekday with a capital, {say+6} the same day in spoken words."""

    def put(match: re.Match[str]) -> str:
        kind, days = match.groups()
        day = today + timedelta(days=int(days))
        weekday = _WEEKDAYS[day.weekday()]
        if kind == "d":
            return f"{day.day}/{day.month}"
        return weekday[0].upper() + weekday[1:] if kind == "w" else f"{weekday}, {_spoken(day)}"

    return _PLACE.sub(put, text)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def _story(entry: dict[str, Any], now: datetime, today: date) -> Sample:
    texts = {key: fill(value, today=today) for key, value in entry.items() if isinstance(value, str)}
    body = tuple(fill(paragraph, today=today) for paragraph in entry["body"])
    published_at = (now - timedelta(hours=entry["hours"])).replace(second=0, microsecond=0)
    return Sample(**texts, body=body, published_at=published_at)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d").replace("ƀ", "b"))
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _spoken(day: date) -> str:
    tens, units = divmod(day.day, 10)
    if day.day <= 10:
        words = f"{_TENS[0]} {_UNITS[day.day]}"
    elif tens == 1:
        words = f"{_TENS[1]} {'lăm' if units == 5 else _UNITS[units]}"
    else:
        words = f"{_TENS[tens]} {_AFTER_TENS.get(units, _UNITS[units])}".strip()
    return f"ngày {words} tháng {_MONTHS[day.month - 1]}"
