"""What a reading brings: of each item whether it is new, changed or the same. Pure; feeds/harvest.py carries it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from app.desk.identity import PROOFS
from app.desk.identity import Item as Item  # what is decided on is asked for here
from app.desk.identity import alike as alike
from app.desk.identity import digest_of as digest_of
from app.desk.identity import keys_of as keys_of

AHEAD = timedelta(minutes=10)  # clocks differ a little; an outlet further ahead is wrong
PATIENCE = timedelta(hours=12)  # never given up, never polled to death
AKIN = 0.15  # the same of two summaries; below it they tell of other things
APART = timedelta(hours=1)  # what is given an address again comes later than that

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """The story the database holds under a key. `own`: it came from the source that is being read.

    `said` are the digests of all it ever said, wanted only of a story that came from another source.
    """

    story_id: str
    digest: str
    title: str
    summary: str = ""
    published_at: datetime | None = None
    own: bool = True
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class New:
    """A story nobody has. The first of `keys` is its identity; `versions` end with the newest.

    `takes` are the keys that until now led to another story: the outlet gave its address to this one.
    """

    versions: tuple[Item, ...]
    keys: tuple[str, ...]
    takes: tuple[str, ...] = ()


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


class _Tale(Protocol):
    """What can be asked of a story, be it in the database or in the same feed."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def published_at(self) -> datetime | None: ...


T = TypeVar("T", bound=_Tale)


@dataclass(slots=True)
class _Group:
    """The items of one feed that are one story, in the order of the feed, with all their keys."""

    items: list[Item]
    keys: dict[str, None] = field(default_factory=dict)  # a set that keeps its order

    @property
    def title(self) -> str:
        return self.items[0].title

    @property
    def summary(self) -> str:
        return self.items[0].summary

    @property
    def published_at(self) -> datetime | None:
        return self.items[0].published_at


def decide(
    items: Sequence[Item], known: Mapping[str, Known], now: datetime, *, identity: str = "address"
) -> tuple[Decision, ...]:
    """Decides on the items of one reading, oldest first, so that the order of first sight is the order of the news.

    `known` holds, under each of `keys_of` these items, what the database has; `identity` is the quirk of the source.
    Some feeds list a story twice: its newest version counts, so that a second reading of the same feed brings nothing.
    """
    groups = _groups(items, identity, now)
    for group in groups:
        group.items.sort(key=_age)
    groups.reverse()  # feeds list the newest first; among equal dates that order tells
    return tuple(_decide(group, known, identity) for group in sorted(groups, key=lambda group: _age(group.items[-1])))


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


def _decide(group: _Group, known: Mapping[str, Known], identity: str) -> Decision:
    newest = group.items[-1]
    keys = tuple(group.keys)
    alone = len(group.items) == 1
    found = (_find(i, keys if alone else keys_of(i, identity), known, identity) for i in group.items)
    story = next((story for story in found if story), None)
    if story is None:
        return _new(group, known, identity)
    digest = digest_of(newest)
    # Two sources of an outlet may word a story differently for ever: each wording is kept, and is news once.
    if story.digest == digest or (not story.own and digest in story.said):
        return Same(story.story_id, keys)
    return Changed(story.story_id, newest, keys)


def _new(group: _Group, known: Mapping[str, Known], identity: str) -> New:
    newest = group.items[-1]
    held = [key for key in group.keys if key in known]
    free = [key for key in group.keys if key not in known] or [f"text:{digest_of(newest)}"]
    takes = tuple(
        key
        for key in held
        if key.partition(":")[0] in PROOFS[identity] and _age(newest) > (known[key].published_at or _NEVER)
    )
    return New(_versions(group.items), (*free, *held), takes)


def _find(item: Item, keys: Iterable[str], book: Mapping[str, T], identity: str) -> T | None:
    """The story of this book that the item is. Weak words of it count only where its address was given away."""
    given_away = False
    for key in keys:
        story = book.get(key)
        if story is None:
            continue
        kind = key.partition(":")[0]
        if kind not in PROOFS[identity]:
            if given_away if kind == "said" else alike(item.title, story.title):
                return story
        elif kind in ("told", "text", "title") or not _is_another(item, story):
            return story
        else:
            given_away = True
    return None


def _is_another(item: Item, story: _Tale) -> bool:
    """Whether an outlet gave the address of one story to another: not a word in common, and at another time.

    In doubt it is the same story: a change is shown as one, and every wording is kept.
    """
    if item.published_at is None or story.published_at is None:
        return False
    if abs(item.published_at - story.published_at) < APART or alike(item.title, story.title):
        return False
    return not alike(item.summary, story.summary, AKIN) or not (item.summary and story.summary)


def _versions(items: Sequence[Item]) -> tuple[Item, ...]:
    """What the outlet said in turn, without what it only repeats."""
    digests = [digest_of(item) for item in items]
    return tuple(item for n, item in enumerate(items) if n == 0 or digests[n] != digests[n - 1])


def _groups(items: Iterable[Item], identity: str, now: datetime) -> list[_Group]:
    """The items that are one story, together, in the order of the feed."""
    groups: list[_Group] = []
    by_key: dict[str, _Group] = {}
    for item in items:
        keys = keys_of(item, identity)
        group = _find(item, keys, by_key, identity)
        if group is None:
            group = _Group([])
            groups.append(group)
        group.items.append(clamp(item, now))
        for key in keys:
            group.keys[key] = None
            by_key.setdefault(key, group)
    return groups


def _age(item: Item) -> datetime:
    return item.published_at or _NEVER
