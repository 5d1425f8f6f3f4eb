"""What tells an outlet's stories apart: the keys an item goes by, and which of them prove anything. Pure."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from app.desk.folding import fold

ALIKE = 0.3  # of all words of two titles, the part both have
TELLING = 4  # words of a title that with its date names a story; “Tin tức” does not

# Which keys prove by themselves that two items are one story, by what an outlet's stories are told apart by. Another
# key of the same story only helps where the titles are alike: outlets give one guid to many items.
PROOFS = {
    "address": frozenset({"url", "text", "told"}),
    "guid": frozenset({"guid", "text", "told"}),
    "title": frozenset({"title", "text", "told"}),
}
# The post number at the end of an address: -post983682.html, -100260822202835894.htm, -4772838.html
_POST_NUMBER = re.compile(r"(?:post(\d{5,})|-(\d{7,}))(?:\.\w{1,6})?/?$")
_DATE = re.compile(r"20\d{6}|\d{4}20\d{2}")  # 20260822 and 22082026 end many addresses and number nothing


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
    picture_credit: str = ""  # whom the feed names for its pictures
    evidence: str = ""
    garbled: str = ""  # the old letter code its text seems to be in: "tcvn3", "vni", "viqr", "double"; empty while well


def keys_of(item: Item, identity: str = "address") -> tuple[str, ...]:
    """What an item is known by: address, post number in it, guid without scheme and host, and what it tells when.

    The last one finds a story again whose outlet changed all its addresses and guids. An item with neither address
    nor guid is known by its text, and one of an outlet without any order by its title.
    """
    url, post = _address_keys(item.url)
    guid = "" if item.guid == item.url and identity != "guid" else _plain_guid(item.guid)
    if guid and identity != "guid" and url.endswith(f"/{guid}"):
        guid = ""  # most guids are the address once more
    named = [key for key in (url, post, f"guid:{guid}" if guid else "") if key]
    if identity == "title":
        named.insert(0, f"title:{_short(fold(item.title))}")
    if identity == "guid":
        named.sort(key=lambda key: not key.startswith("guid:"))
    if not named:
        return (f"text:{digest_of(item)}",)
    return (*(key[:400] for key in named), _fingerprint(item))


def digest_of(item: Item) -> str:
    """Of what an editor reads, title and summary: SHA-256 in hex."""
    return hashlib.sha256(f"{item.title}\0{item.summary}".encode()).hexdigest()


def alike(one: str, other: str, least: float = ALIKE) -> bool:
    """Whether two titles may head the same story: enough of their words, without marks, are the same."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return len(words & others) >= least * max(len(words | others), 1)


def _address_keys(url: str) -> tuple[str, str]:
    """The address without scheme and “www.”, and the post number in it; empty where there is none."""
    if not url:
        return "", ""
    host, _, place = url.partition("://")[2].partition("/")  # it is canonical: feeds/clean.py
    host = host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
    path, _, query = place.partition("?")
    path = f"/{path}".rstrip("/")
    if not path and not query:
        return "", ""  # a front page names no story
    number = _POST_NUMBER.search(path)
    if number is None or _DATE.fullmatch(digits := number[1] or number[2]):
        return f"url:{host}{path}{'?' if query else ''}{query}", ""
    return f"url:{host}{path}{'?' if query else ''}{query}", f"post:{host}/{digits}"


def _plain_guid(guid: str) -> str:
    """Too short a guid, or the address of a front page, names nothing."""
    if re.match(r"https?://", guid, re.IGNORECASE):
        try:
            parts = urlsplit(guid)
        except ValueError:
            return ""
        guid = parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")
    return guid if len(guid) >= 4 else ""


def _fingerprint(item: Item) -> str:
    title = fold(item.title)
    if item.published_at and title.count(" ") + 1 >= TELLING:
        return f"told:{_short(f'{title} {item.published_at.isoformat()}')}"
    return f"said:{_short(f'{digest_of(item)} {item.published_raw}')}"


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
