"""The child's piece of work: the bytes of a feed become a batch. Only a child imports this, and with it feedparser."""

from collections.abc import Collection

from feeds.batch import VERSION, Batch
from feeds.catalogue import Quirks
from feeds.clean import clean
from feeds.parse import parse


def read_items(body: bytes, *, quirks: Quirks, base_url: str, seen: Collection[str] = ()) -> Batch:
    """parse | clean, in one piece of work for the child. Raises Unreadable: see feeds/tidy.py.

    Items whose digest is among `seen` (`Batch.seen` of an earlier reading) were read then and are left out.
    """
    parsed = parse(body, seen=frozenset(seen), salt=f"{VERSION} {quirks!r} {base_url}")
    cleaned = (clean(raw, quirks=quirks, base_url=base_url) for raw in parsed.items)
    return Batch(tuple(item for item in cleaned if item), parsed.state, parsed.head, parsed.seen)
