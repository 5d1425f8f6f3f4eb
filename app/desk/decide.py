"""What a reading brings: of each item whether it is new, changed or the same. Pure; feeds/intake.py carries it out."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from app.desk.folding import fold

AHEAD = timedelta(minutes=10)  # clocks differ a little; an outlet further ahead is wrong
PATIENCE = timedelta(hours=12)  # never given up, never polled to death
ALIKE = 0.3  # of all words of two titles, the part both have

# The post number at the end of an address: -post983682.html, -100260822202835894.htm, -4772838.html
_POST_NUMBER = re.compile(r"(?:post(\d{5,})|-(\d{7,}))(?:\.\w{1,6})?/?$")
_DATE = re.compile(r"20\d{6}|\d{4}20\d{2}")  # 20260822 and 22082026 end many addresses and number nothing
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed in plain words. `url` is empty without a link, `published_at` (UTC) None without a date."""

    url: str
    guid: str
    title: str
    summary: str
    author: str = ""
    published_raw: str = ""
    published_at: datetime | None = None
    pictures: tuple[str, ...] = ()
    evidence: str = ""
    garbled: str = ""  # the old letter code its text seems to be in: "tcvn3", "vni", "viqr", "double"; empty while well


@dataclass(frozen=True, slots=True)
class Known:
    """The story the database holds under a key."""

    story_id: str
    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class New:
    """A story nobody has. The first of `keys` is its identity; `versions` end with the newest."""

    versions: tuple[Item, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A known story whose outlet now says something else."""

    story_id: str
    item: Item
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """A known story as it was; `keys` may hold some it was not yet known by."""

    story_id: str
    keys: tuple[str, ...]


Decision = New | Changed | Same


def decide(items: Sequence[Item], known: Mapping[str, Known], now: datetime) -> tuple[Decision, ...]:
    """Decides on the items of one reading, oldest first, so that the order of first sight is the order of the news.

    `known` holds, under each of `keys_of` these items, what the database has. Some feeds list a story twice:
    its newest version counts, so that a second reading of the same feed brings nothing.
    """
    groups = [sorted(group, key=_age) for group in _groups([clamp(item, now) for item in items])]
    groups.reverse()  # feeds list the newest first; among equal dates that order tells
    return tuple(_decide(group, known) for group in sorted(groups, key=lambda group: _age(group[-1])))


def clamp(item: Item, now: datetime) -> Item:
    """A date in the future is taken as now; what the outlet wrote stays in `published_raw`."""
    if item.published_at and item.published_at > now + AHEAD:
        return replace(item, published_at=now)
    return item


def next_try(now: datetime, *, failures: int, every: timedelta, asked: int = 0) -> datetime | None:
    """When a source that failed so often in a row is due again: later each time, at the latest after half a day.

    `asked` is how many seconds the outlet itself wants to be left alone. None means at the next reading.
    """
    wait = min(every * 2 ** min(failures - 1, 10), PATIENCE) if failures > 1 else timedelta()
    wait = max(wait, timedelta(seconds=asked))
    return now + wait if wait else None


def keys_of(item: Item) -> tuple[str, ...]:
    """What an item is known by, surest first: address, post number in it, guid without scheme and host.

    Only the address proves anything alone: outlets rewrite the headline inside an address and keep its number,
    but they also give one guid to many items. An item with neither address nor guid is known by its text.
    """
    keys = []
    if item.url:
        parts = urlsplit(item.url)
        host = (parts.hostname or "").removeprefix("www.")
        query = f"?{parts.query}" if parts.query else ""
        keys.append(f"url:{host}{parts.path.rstrip('/')}{query}")
        number = _POST_NUMBER.search(parts.path)
        if number and not _DATE.fullmatch(number[1] or number[2]):
            keys.append(f"post:{host}/{number[1] or number[2]}")
    if guid := _plain_guid(item.guid):
        keys.append(f"guid:{guid}")
    return tuple(key[:400] for key in keys) or (f"text:{digest_of(item)}",)


def digest_of(item: Item) -> str:
    """Of what an editor reads, title and summary: SHA-256 in hex."""
    return hashlib.sha256(f"{item.title}\0{item.summary}".encode()).hexdigest()


def alike(one: str, other: str) -> bool:
    """Whether two titles may head the same story: enough of their words, without marks, are the same."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return len(words & others) >= ALIKE * max(len(words | others), 1)


def _decide(group: Sequence[Item], known: Mapping[str, Known]) -> Decision:
    keys = tuple(dict.fromkeys(key for item in group for key in keys_of(item)))
    newest = group[-1]
    story = next((story for item in group if (story := _known(item, known))), None)
    if story is None:
        return New(_versions(group), keys)
    if story.digest == digest_of(newest):
        return Same(story.story_id, keys)
    return Changed(story.story_id, newest, keys)


def _known(item: Item, known: Mapping[str, Known]) -> Known | None:
    for key in keys_of(item):
        story = known.get(key)
        if story and (_is_proof(key) or alike(story.title, item.title)):
            return story
    return None


def _versions(group: Sequence[Item]) -> tuple[Item, ...]:
    """What the outlet said in turn, without what it only repeats."""
    digests = [digest_of(item) for item in group]
    return tuple(item for n, item in enumerate(group) if n == 0 or digests[n] != digests[n - 1])


def _groups(items: Iterable[Item]) -> list[list[Item]]:
    """The items that are one story, together, in the order of the feed."""
    groups: list[list[Item]] = []
    by_key: dict[str, list[Item]] = {}
    for item in items:
        keys = keys_of(item)
        found = (by_key[key] for key in keys if key in by_key and _belongs(item, by_key[key], key))
        group = next(found, None)
        if group is None:
            group = []
            groups.append(group)
        group.append(item)
        for key in keys:
            by_key.setdefault(key, group)
    return groups


def _belongs(item: Item, group: Sequence[Item], key: str) -> bool:
    return _is_proof(key) or alike(item.title, group[0].title)


def _is_proof(key: str) -> bool:
    return key.startswith(("url:", "text:"))


def _plain_guid(guid: str) -> str:
    """Too short a guid, or the address of a front page, names nothing."""
    if re.match(r"https?://", guid, re.IGNORECASE):
        try:
            parts = urlsplit(guid)
        except ValueError:
            return ""
        guid = parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")
    return guid if len(guid) >= 4 else ""


def _age(item: Item) -> datetime:
    return item.published_at or _NEVER
