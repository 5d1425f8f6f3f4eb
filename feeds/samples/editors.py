"""What the demo's editors write: eight articles made of the sample stories and the small things of their issue."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feeds.samples.stories import HERE, VIETNAM, fill, read_stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of an article: `file` lies in stories.PICTURES, `focus` is x and y in percent."""

    file: str
    caption: str
    alt: str
    credit: str
    focus: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article; `design` is short or feature, `stories` are ids of samples, paragraphs are (kind, text)."""

    key: str
    design: str
    stories: tuple[str, ...]
    section: str
    kicker: str
    headline: str
    standfirst: str
    paragraphs: tuple[tuple[str, str], ...]
    quote: str
    quote_by: str
    aloud: str
    byline: str
    credit: str
    zalo: str
    facebook: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The issue: keys of drafts in page order, things to remember as (lead, text), phones as (label, number)."""

    cover: str
    short_section: str
    short: tuple[str, ...]
    features: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    corrections: tuple[str, ...]
    phones: tuple[tuple[str, str], ...]
    office: dict[str, str]
    imprint: dict[str, str | int]


def read_drafts(now: datetime) -> tuple[Draft, ...]:
    """All drafts with their dates as seen at `now` (aware), and the day of the first story in the credit."""
    today = now.astimezone(VIETNAM).date()
    days = {story.id: story.published_at.astimezone(VIETNAM).date() for story in read_stories(now)}
    return tuple(_draft(entry, today, days[entry["stories"][0]]) for entry in _read()["article"])


def read_plan(now: datetime) -> Plan:
    """The issue around the drafts. `imprint` has the keys of a snapshot's imprint, its licence dated this year."""
    table, today = _read(), now.astimezone(VIETNAM).date()
    issue, imprint = table["issue"], dict(table["imprint"])
    imprint["licence_date"] = f"{today.year}-{imprint.pop('licence_day')}"
    return Plan(
        cover=issue["cover"],
        short_section=issue["short_section"],
        short=tuple(issue["short"]),
        features=tuple(issue["features"]),
        things=tuple((fill(thing["lead"], today=today), fill(thing["text"], today=today)) for thing in issue["things"]),
        corrections=tuple(issue["corrections"]),
        phones=tuple((phone["label"], phone["number"]) for phone in issue["phones"]),
        office=table["office"],
        imprint=imprint,
    )


def days_to_remember(after: date, *, count: int = 4) -> tuple[tuple[date, str], ...]:
    """The next `count` days worth remembering, from `after` on, over the turn of the year if need be."""
    days = [
        (date.fromisoformat(f"{year}-{day}"), text)
        for year in (after.year, after.year + 1)
        for day, text in _read()["days"].items()
    ]
    return tuple(sorted(entry for entry in days if entry[0] >= after)[:count])


def _read() -> dict[str, Any]:
    return tomllib.loads((HERE / "articles.toml").read_text("utf-8"))


def _draft(entry: dict[str, Any], today: date, published: date) -> Draft:
    def put(text: str) -> str:
        return fill(text, today=today).replace("{date}", f"{published.day}/{published.month}/{published.year}")

    texts = {key: put(value) for key, value in entry.items() if isinstance(value, str)}
    return Draft(
        **texts,
        stories=tuple(entry["stories"]),
        paragraphs=tuple((paragraph["kind"], put(paragraph["text"])) for paragraph in entry["paragraphs"]),
        pictures=tuple(Picture(**(picture | {"focus": tuple(picture["focus"])})) for picture in entry["picture"]),
    )
