"""What comes out of one feed: frozen values, free of the library that read them."""

from dataclasses import dataclass

from app.desk.decide import Item
from feeds.tidy import State

VERSION = 1  # to be raised with any change of what is made of an item, so that all items are read again


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One item as the outlet wrote it; `title` and `summary` may hold HTML, `evidence` is its own piece of the feed."""

    guid: str
    link: str
    title: str
    summary: str
    published: str
    author: str
    pictures: tuple[str, ...]
    evidence: str
    picture_credit: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The items in the order of the feed; `head` is the feed's own start, kept with the evidence.

    `seen` are the short digests of all its items, also of those that were left out because they are known.
    """

    items: tuple[RawItem, ...]
    state: State
    head: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What is new of one feed: its items in order, what must be told of it, and its own start for the evidence.

    `seen` are the short digests of all its items, to be handed in at the next reading.
    """

    items: tuple[Item, ...]
    state: State
    head: str
    seen: tuple[str, ...] = ()
