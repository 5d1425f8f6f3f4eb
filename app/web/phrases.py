"""Words and times for the templates, in the language of this request."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context
from jinja2 import StrictUndefined

from app.desk import wording
from app.models.errors import BantinError
from app.web.context import context
from app.words import LANGUAGES, gettext, grouped, ngettext, say, translations

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def language() -> str:
    """The language of this request: chosen by the person, else the office's."""
    chosen = g.get("lang", "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else "vi"


def tr(msgid: str, /, **values: object) -> str:
    """The words of `msgid` in the language of this request."""
    return gettext(msgid, language(), **values)


def trn(singular: str, plural: str, num: int, /, **values: object) -> str:
    """As tr, for a counted thing."""
    return ngettext(singular, plural, num, language(), **values)


def tell(error: BantinError) -> str:
    """The sentence of an error in the language of this request."""
    return say(error, language())


def local(at: datetime) -> datetime:
    """The time on the wall in Viet Nam."""
    return at.astimezone(ZONE)


def clock(at: datetime) -> str:
    """`16:04`."""
    return f"{local(at):%H:%M}"


def exact(at: datetime) -> str:
    """`16:04, 23/11/2026`."""
    return f"{local(at):%H:%M, %d/%m/%Y}"


def ago(at: datetime, now: datetime | None = None) -> str:
    """As people say it: just now, 5 minutes ago, 2 hours ago, yesterday, 3 days ago, then the date."""
    now = now or context().now()
    age = now - at
    days = (local(now).date() - local(at).date()).days
    if age < timedelta(minutes=1):
        return tr("just now")
    if age < timedelta(hours=1):
        return trn("%(num)d minute ago", "%(num)d minutes ago", int(age.total_seconds() // 60))
    if days == 0 or age < timedelta(hours=8):
        return trn("%(num)d hour ago", "%(num)d hours ago", int(age.total_seconds() // 3600))
    if days == 1:
        return tr("yesterday")
    return trn("%(num)d day ago", "%(num)d days ago", days) if days < 30 else wording.short_date(local(at).date())


def moment(at: datetime) -> str:
    """`10:52` today, `yesterday`, else the date: for the second line of a list."""
    days = (local(context().now()).date() - local(at).date()).days
    return clock(at) if days == 0 else tr("yesterday") if days == 1 else wording.short_date(local(at).date())


def long_day(day: date) -> str:
    """The day in full, in the language of this request."""
    return wording.long_date(day) if language() == "vi" else f"{ENGLISH_DAYS[day.weekday()]}, {day:%d %B %Y}"


def weekday(day: date) -> str:
    """`Thứ Năm`."""
    return wording.WEEKDAYS[day.weekday()] if language() == "vi" else ENGLISH_DAYS[day.weekday()]


def install(app: Flask) -> None:
    """Teaches the templates our words; a name that is not handed in is an error, never an empty place."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda msgid: gettext(msgid, language()),
        lambda one, many, num: _plural(one, many, num),
        newstyle=True,
    )
    filters: dict[str, Any] = {
        "clock": clock,
        "exact": exact,
        "ago": ago,
        "moment": moment,
        "long_day": long_day,
        "weekday": weekday,
        "number": wording.number,
        "count": lambda num: grouped(num, language()),
        "short_date": wording.short_date,
    }
    env.filters.update(filters)


def _plural(one: str, many: str, num: int) -> str:
    words: str = translations(language()).ungettext(one, many, num)
    return words.replace("%(num)d", grouped(num, language()))
