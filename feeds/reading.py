"""The child's piece of work: the bytes of a feed become a batch. Only a child imports this, and with it feedparser."""

from feeds.batch import Batch
from feeds.catalogue import Quirks
from feeds.clean import clean
from feeds.parse import parse


def read_items(body: bytes, *, quirks: Quirks, base_url: str) -> Batch:
    """parse | clean, in one piece of work for the child. Raises Unreadable: see feeds/tidy.py."""
    parsed = parse(body)
    cleaned = (clean(raw, quirks=quirks, base_url=base_url) for raw in parsed.items)
    return Batch(tuple(item for item in cleaned if item), parsed.state, parsed.head)
