"""A page of headlines, where an outlet has no feed → a batch of items; and the doors a page points to.

Only a child imports this, by name: `bench.call("feeds.sources.sections.read_links", …)`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from app.desk.decide import Item
from feeds.batch import Batch
from feeds.catalogue import Quirks
from feeds.clean import MAX_SUMMARY, MAX_TITLE, canonical_url, drop_prefix, shorten
from feeds.outcomes import unreadable
from feeds.pages.tree import first_time, meta, parse_page, pictures, plain, text_of

MAX_ANCHORS = 3_000
MAX_ITEMS = 120
MAX_CLIMB = 12  # steps from a headline to the block around it
TITLE = 20  # letters and words a headline has at least, where no rule of the office names the articles
WORDS = 4
LEAD = 40
EVIDENCE = 4_000

_BESIDE = ("nav", "header", "footer", "form", "noscript")
_HEADS = ("h1", "h2", "h3", "h4")
# The last part of an article's address: a post number behind words, or many words.
_NUMBER = re.compile(r"\d{5,}[a-z]{0,3}(?:\.\w{1,6})?", re.IGNORECASE)
_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+){5,}(?:\.\w{1,6})?")
_NO_ARTICLE = re.compile(
    r"/(?:tag|tags|topic|chu-de|tac-gia|author|search|tim-kiem|rss|page|trang|login|dang-nhap)(?:/|-|\b)", re.I
)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/xml", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"(?:\.rss|\.rdf|\.atom|/rss\.xml|/feed/?|/atom\.xml|/feed\.xml|/rss/[\w/-]+\.xml)$", re.IGNORECASE
)
_FEED_INDEX = re.compile(r"/(?:rss|feeds?)(?:\.html?|\.aspx|\.php)?/?$", re.IGNORECASE)


def read_links(body: bytes, *, quirks: Quirks, base_url: str) -> Batch:
    """The articles a section page lists, in the order of the page: by the rule `quirks.links`, else by a general one.

    Raises Unreadable: "section_empty" when there is none, "empty" or "encoding".
    """
    tree = parse_page(body)
    is_article = _by_rule(quirks.links) if quirks.links else _by_shape(base_url)
    groups = _group(tree, base_url, is_article)
    items = (_item(url, anchors, groups, quirks, base_url) for url, anchors in list(groups.items())[:MAX_ITEMS])
    found = tuple(item for item in items if item)
    if not found:
        raise unreadable("section_empty")
    return Batch(found, "ok", f"<title>{meta(tree, 'og:title') or _title(tree)}</title>\n")


def read_doors(body: bytes, *, base_url: str) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The page's title, the feeds it names as (address, title), and the pages it calls its list of feeds."""
    tree = parse_page(body)
    feeds: dict[str, str] = {}
    for link in tree.iter("link"):
        if "alternate" in (link.get("rel") or "").lower() and _FEED_TYPE.match(link.get("type") or ""):
            feeds.setdefault(canonical_url(link.get("href") or "", base_url), plain(link.get("title") or ""))
    indexes: dict[str, None] = {}
    for anchor in _anchors(tree):
        url = canonical_url(anchor.get("href") or "", base_url)
        if _FEED_PATH.search(urlsplit(url).path):
            feeds.setdefault(url, text_of(anchor))
        elif _FEED_INDEX.search(urlsplit(url).path):
            indexes.setdefault(url)
    named = tuple((url, shorten(title, 200)) for url, title in feeds.items() if url)
    return shorten(_title(tree), 200), named[:200], tuple(indexes)[:5]


def _title(tree: HtmlElement) -> str:
    return next((text for element in tree.iter("title") if (text := plain(element.text or ""))), "")


def _by_rule(links: str) -> Callable[[str], bool]:
    pattern = re.compile(links)
    return lambda url: bool(pattern.search(url))


def _by_shape(base_url: str) -> Callable[[str], bool]:
    """On the same site, and with an address as articles have them."""
    here = _site(base_url)
    page = urlsplit(base_url).path.rstrip("/")

    def is_article(url: str) -> bool:
        path = urlsplit(url).path.rstrip("/")
        last = path.rpartition("/")[2]
        return _is_shaped(unquote(last)) and path != page and _site(url) == here and not _NO_ARTICLE.search(path)

    return is_article


def _is_shaped(last: str) -> bool:
    head = last.rstrip("/")
    digits = next((n for n in range(len(head)) if _NUMBER.fullmatch(head, n)), None)
    return bool(_SLUG.fullmatch(head)) or (digits is not None and any(map(str.isalpha, head[:digits])))


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _anchors(tree: HtmlElement) -> Iterator[HtmlElement]:
    for _, anchor in zip(range(MAX_ANCHORS), tree.iter("a"), strict=False):
        yield anchor


def _group(tree: HtmlElement, base_url: str, is_article: Callable[[str], bool]) -> dict[str, list[HtmlElement]]:
    """The links of each article, together: picture, headline and lead are often three of them."""
    groups: dict[str, list[HtmlElement]] = {}
    for anchor in _anchors(tree):
        url = canonical_url(anchor.get("href") or "", base_url)
        if url and is_article(url) and not any(beside.tag in _BESIDE for beside in anchor.iterancestors(*_BESIDE)):
            groups.setdefault(url, []).append(anchor)
    return groups


def _item(
    url: str, anchors: list[HtmlElement], groups: dict[str, list[HtmlElement]], quirks: Quirks, base_url: str
) -> Item | None:
    head, title = _headline(anchors)
    enough = len(title) >= TITLE and len(title.split()) >= WORDS
    if head is None or not (enough or (quirks.links and title)):
        return None
    block = _block(head, url, groups, base_url)
    raw, at = _time(block)
    return Item(
        url=url,
        guid="",
        title=shorten(title, MAX_TITLE),
        summary=shorten(drop_prefix(_lead(block, title), quirks.summary_prefix), MAX_SUMMARY),
        published_raw=raw if at else "",
        published_at=at,
        pictures=tuple(shown.url for shown in pictures(block.iter("img"), base_url=base_url)[:1]),
        evidence=etree.tostring(block, encoding="unicode", with_tail=False)[:EVIDENCE],
    )


def _headline(anchors: list[HtmlElement]) -> tuple[HtmlElement | None, str]:
    """The link that is the headline: one in a heading, else the one with the most to say; a `title` says it whole."""
    said = [(_in_heading(anchor), _words(anchor), anchor) for anchor in anchors]
    best = max(said, key=lambda one: (one[0] and len(one[1]) > 0, len(one[1])), default=None)
    return (best[2], best[1]) if best and best[1] else (None, "")


def _in_heading(anchor: HtmlElement) -> bool:
    return next(anchor.iterancestors(*_HEADS), None) is not None or next(anchor.iter(*_HEADS), None) is not None


def _words(anchor: HtmlElement) -> str:
    heading = next(anchor.iter(*_HEADS), None)
    shown = text_of(heading if heading is not None else anchor)
    named = plain(anchor.get("title") or "") or next((plain(i.get("alt") or "") for i in anchor.iter("img")), "")
    return named if not shown or (shown.endswith(("…", "...")) and len(named) > len(shown)) else shown


def _block(head: HtmlElement, url: str, groups: dict[str, list[HtmlElement]], base_url: str) -> HtmlElement:
    """The largest element around a headline that tells of no other article."""
    block = head
    for _, parent in zip(range(MAX_CLIMB), head.iterancestors(), strict=False):
        links = (
            canonical_url(a.get("href") or "", base_url) for _, a in zip(range(40), parent.iter("a"), strict=False)
        )
        if parent.tag in ("body", "html", "main") or any(link != url and link in groups for link in links):
            break
        block = parent
    return block


def _lead(block: HtmlElement, title: str) -> str:
    """The longest piece of text beside the headline."""
    pieces = (text_of(part) for part in block.iter("p", "div", "span") if not len(part) or part.tag == "p")
    return max(
        (text for text in pieces if len(text) >= LEAD and text != title and title not in text), key=len, default=""
    )


def _time(block: HtmlElement) -> tuple[str, datetime | None]:
    """Only what is clearly a time: a <time>, or an element whose class says so."""
    marked = [part for part in block.iter() if part.tag == "time" or "time" in (part.get("class") or "").lower()]
    return first_time(
        said for part in marked[:5] for said in (part.get("datetime") or "", part.get("title") or "", text_of(part))
    )
