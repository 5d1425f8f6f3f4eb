"""Bytes → frozen raw items. feedparser is inside, and nothing of it comes out; it never opens an address itself."""

import hashlib
import io
import json
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import feedparser

from feeds.batch import Parsed, RawItem
from feeds.tidy import drop_unread, tidy

# Longer fields are cut: no outlet writes them, and every later step may count on it.
MAX_TITLE = 4_000
MAX_SUMMARY = 100_000
MAX_FIELD = 2_000

_NO_DATE = time.gmtime(0)


feedparser.registerDateHandler(lambda _: _NO_DATE)  # it is asked first: dates are read in dates.py, from the raw text


def parse(body: bytes, *, seen: Collection[str] = (), salt: str = "") -> Parsed:
    """The items whose digest is not among `seen`. Raises Unreadable: see feeds/tidy.py.

    `salt` goes into each digest: whatever else decides on what is made of an item.
    """
    document = tidy(body)
    named = [(raw, bare := drop_unread(raw), _digest(bare, salt)) for raw in document.items]
    fresh = [(raw, bare) for raw, bare, digest in named if digest not in seen]
    items = _parse(document.xml(bare for _, bare in fresh), [raw for raw, _ in fresh]) if fresh else ()
    return Parsed(items, document.state, document.head[:MAX_SUMMARY], tuple(digest for _, _, digest in named))


def _parse(xml: bytes, raws: Sequence[str]) -> tuple[RawItem, ...]:
    entries = feedparser.parse(
        io.BytesIO(xml),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,  # twice as slow, and it lets attacks through: nh3 does that work in clean.py
        resolve_relative_uris=False,
    ).entries
    evidence = raws if len(raws) == len(entries) else [""] * len(entries)  # each item's own text, if as many were found
    return tuple(_item(entry, raw) for entry, raw in zip(entries, evidence, strict=True))


def _digest(item: str, salt: str) -> str:
    return hashlib.blake2b(item.encode("utf-8", "replace"), digest_size=8, key=_key(salt)).hexdigest()


@lru_cache(maxsize=64)
def _key(salt: str) -> bytes:
    return hashlib.blake2b(salt.encode("utf-8", "replace"), digest_size=32).digest()


def _item(entry: Any, evidence: str) -> RawItem:
    contents = [part.get("value", "") for part in entry.get("content", ())]
    item = RawItem(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title", MAX_TITLE),
        summary=_text(entry, "summary", MAX_SUMMARY) or _cut("".join(contents), MAX_SUMMARY),
        published=next((raw for raw in (_text(entry, key) for key in _DATES) if raw), ""),
        author=_text(entry, "author"),
        pictures=tuple(dict.fromkeys(_pictures(entry, evidence)))[:8],
        evidence=evidence,
        picture_credit=_picture_credit(entry),
    )
    return item if evidence else _with_own_evidence(item)


# An item's own <image>address</image>, which feedparser drops.
_IMAGE = re.compile(r"<image>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]{1,2000})", re.IGNORECASE)
_DATES = ("published", "updated", "created")


def _with_own_evidence(item: RawItem) -> RawItem:
    fields = asdict(item)
    return RawItem(**(fields | {"evidence": json.dumps(fields, ensure_ascii=False, sort_keys=True)}))


def _pictures(entry: Any, evidence: str) -> list[str]:
    """Addresses of pictures given beside the text: enclosures, Media RSS, and an item's own <image>."""
    found = [
        link.get("href", "")
        for link in [*entry.get("enclosures", ()), *entry.get("links", ())]
        if str(link.get("type", "")).startswith("image/")
    ]
    media = [*entry.get("media_content", ()), *entry.get("media_thumbnail", ())]
    found += [m.get("url", "") for m in media if m.get("medium", "image") == "image" and _may_be_image(m)]
    found.append(entry.get("href", ""))  # <image><url> inside an item
    found += _IMAGE.findall(evidence)
    return [_cut(url.strip(), MAX_FIELD) for url in found if isinstance(url, str) and url.strip()]


def _picture_credit(entry: Any) -> str:
    """Whom Media RSS names for the picture; of several nobody knows whose is which, so none is taken."""
    named = {str(credit.get("content", "")).strip() for credit in entry.get("media_credit", ())} - {""}
    return _cut(named.pop(), MAX_FIELD) if len(named) == 1 else ""


def _may_be_image(media: Any) -> bool:
    return str(media.get("type", "image/")).startswith("image/")


def _text(entry: Any, key: str, most: int = MAX_FIELD) -> str:
    value = entry.get(key, "")
    return _cut(value, most) if isinstance(value, str) else ""


def _cut(text: str, most: int) -> str:
    return text.strip()[:most]
