"""The outbox's own Jinja environment: autoescape, nothing undefined, no request; the bulletin's filters."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.desk import wording
from app.paths import TEMPLATES
from outbox import fonts

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Snapshot = Mapping[str, Any]


def page(template: str, /, **values: Any) -> str:
    """The text of this template (a path below `templates/`) filled with these values."""
    return _environment().get_template(template).render(**values)


@cache
def sheet(name: str) -> str:
    """A style sheet below `templates/`, as written."""
    return (TEMPLATES / name).read_text("utf-8")


def vietnam_day(value: str) -> date:
    """The day in Viet Nam of an ISO date, or of an ISO time (UTC when it names no zone)."""
    if len(value) == len("2026-11-25"):
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    return moment.astimezone(VIETNAM).date() if moment.tzinfo else moment.date()


def sans(text: str) -> Markup:
    """Typeset text for Be Vietnam Pro: a word with a letter that face lacks stands in Noto Sans as a whole."""
    words = wording.typeset(text).split(" ")
    return Markup(" ").join(
        Markup('<span class="other">{}</span>').format(word) if fonts.lacks(word) else escape(word) for word in words
    )


def bare(text: str) -> str:
    """Text without quotes around the whole of it: the design brings its own."""
    text = wording.typeset(text)
    inner = text[1:-1]
    return inner if text[:1] == "“" and text[-1:] == "”" and "“" not in inner and "”" not in inner else text


def byline(text: str) -> str:
    """`Bài: Thị Mai`; a byline that names its kind of work itself (`Tổng hợp: …`) stays as it is."""
    return text if ":" in text else f"Bài: {text}"


def points(value: float) -> str:
    """`8.50pt`: the same number gives the same characters on every machine."""
    return f"{value:.2f}pt"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / "bulletin"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters.update(
        room=lambda number: 8 + fonts.width(number, size=12.5),
        t=wording.typeset,
        sans=sans,
        bare=bare,
        byline=byline,
        pt=points,
        day=vietnam_day,
        long_date=wording.long_date,
        short_date=wording.short_date,
        lunar_date=wording.lunar_date,
        month_year=wording.month_year,
        day_month=lambda day: f"{day.day}/{day.month}",
    )
    return environment
