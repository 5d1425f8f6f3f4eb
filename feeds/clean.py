"""Raw items → what the desk may see: plain NFC text, one address, one date, picture addresses. No HTML is left."""

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import nh3

from app.desk.decide import Item
from feeds.batch import RawItem
from feeds.catalogue import Quirks
from feeds.dates import read_date
from feeds.letters.legacy import repair, suspect

MAX_TITLE = 500
MAX_SUMMARY = 5_000
MAX_URL = 2_000
MAX_PICTURES = 4

# Elements whose content is no text for readers.
_SILENT = {"script", "style", "noscript", "iframe", "template", "textarea", "svg", "math", "object", "select", "title"}
_TEXT = nh3.Cleaner(tags=set(), clean_content_tags=_SILENT)
_PICTURES = nh3.Cleaner(
    tags={"img"}, attributes={"img": {"src", "data-src", "width", "height"}}, clean_content_tags=_SILENT, link_rel=None
)
_IMG_START = re.compile(r"<img\b", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^>]*>")
_SRC = re.compile(r'\b(?:data-)?src="([^"]*)"')
_DOT = re.compile(r'\b(?:width|height)="[01](?:px)?"')  # a picture of one pixel counts readers

_BREAK = re.compile(r"<(?=/?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|figure|figcaption|section)\b)", re.I)
_CUT_TAG = re.compile(r"<(?:[/!]?[A-Za-z][^<>]*+|/)?$")  # a summary cut off inside a tag
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<[!/][A-Za-z]")
_LONG_TAG = re.compile(r"<([A-Za-z]\w{0,20})[^<>]{20000,}+>")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}\d{0,2}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
# Nearly every text is of these letters alone, none of which is dropped: then none has to be looked at by itself.
_ORDINARY = re.compile(
    "[\t\n\r -~\xa0-\xac\xae-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*+"
)

# Direction marks spill into neighbouring text; the rest prints as nothing or as a box.
_DROPPED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x00AD, 0xFEFF, 0x2060}
_KHMER = re.compile("[\u1780-\u17ff\u19e0-\u19ff]")

_PLAIN_URL = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?/[A-Za-z0-9/._~-]*+")  # as it should be already
_UNSAFE = re.compile(r"""[<>"'\\`{}|^ ]""")
_TRACKERS = re.compile(r"(utm_\w*|at_\w+|fbclid|gclid|zarsrc|zalo_\w+|mc_[ce]id|_ga|igshid)", re.IGNORECASE)


def clean(raw: RawItem, *, quirks: Quirks, base_url: str) -> Item | None:
    """The item for the desk; None when it says nothing. `base_url` is where the feed was read."""
    body = drop_elements(raw.summary, quirks.strip)
    url = canonical_url(raw.link or raw.guid, base_url)
    summary = drop_prefix(plain_text(body, quirks.letters), quirks.summary_prefix)
    title = plain_text(raw.title, quirks.letters) or shorten(summary, 120)
    if not title:
        return None
    return Item(
        url=url,
        guid=shorten(plain_text(raw.guid), MAX_URL),
        title=shorten(title, MAX_TITLE),
        summary=shorten(summary, MAX_SUMMARY),
        author=shorten(plain_text(raw.author, quirks.letters), 200),
        published_raw=plain_letters(raw.published)[:100],
        published_at=read_date(raw.published),
        pictures=tuple(_picture_urls(body, raw, url or base_url)),
        picture_credit=shorten(plain_text(raw.picture_credit, quirks.letters), 200),
        evidence=raw.evidence,
        garbled=suspect(f"{title} {summary}"),
    )


def plain_text(markup: str, letters: str = "") -> str:
    """What a reader sees of this HTML, on one line. Undoes double escaping, so no tag and no entity is left.

    `letters`: the old letter code it is really in, one of feeds.catalogue.LETTERS.
    """
    text = markup
    for _ in range(4 if "<" in markup or "&" in markup else 0):  # each round undoes one layer of escaping
        # html5ever slows down on tags with thousands of attributes.
        spaced = _BREAK.sub(" <", _LONG_TAG.sub(r"<\1>", _CUT_TAG.sub("", text)))
        text = html.unescape(_TEXT.clean(spaced))
        if not _TAG.search(text) and not _ENTITY.search(text):
            break
    return plain_letters(repair(_TAG.sub(" ", text), letters))


def plain_letters(text: str) -> str:
    """NFC on one line, without invisible letters; Khmer keeps its zero-width spaces, which part its words."""
    if not _ORDINARY.fullmatch(text):
        khmer = bool(_KHMER.search(text))
        text = "".join(letter for letter in text if _is_shown(letter, khmer))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_shown(letter: str, khmer: bool) -> bool:
    code = ord(letter)
    if code < 0x7F:
        return code >= 0x20 or letter in "\t\n\r"
    if code == 0x200B:
        return khmer
    # Cc controls, Cs surrogates, Co private letters, Cn none at all
    return code not in _DROPPED and (letter == "\x85" or unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn"))


def shorten(text: str, most: int) -> str:
    """At most this many letters, cut between words where there is a word to cut at."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head) + "…"


def drop_prefix(text: str, prefixes: tuple[str, ...]) -> str:
    """Takes off an outlet's signature: "VOV.VN - ", "(Chinhphu.vn) – "."""
    for prefix in prefixes:
        match = re.match(rf"{re.escape(prefix)}\s*[-–—:]\s*", text, re.IGNORECASE)
        if match:
            return text[match.end() :]
    return text


def drop_elements(markup: str, starts: tuple[str, ...]) -> str:
    """Takes out each element that begins so, up to its own end tag, or to the end when it has none."""
    for start in starts:
        pattern = re.compile(re.escape(start).replace(r"\ ", r"\s*"), re.IGNORECASE)
        while found := pattern.search(markup):
            markup = markup[: found.start()] + markup[_element_end(markup, found.start()) :]
    return markup


def _element_end(markup: str, start: int) -> int:
    name = re.compile(r"<(\w+)").match(markup, start)
    if name is None:
        return start + 1
    depth = 0
    for tag in re.compile(rf"<(/?){name[1]}\b[^>]*>", re.IGNORECASE).finditer(markup, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(markup)


def canonical_url(link: str, base_url: str) -> str:
    """The address of the article: absolute, without fragment and trackers. Empty when it is no web address."""
    if _PLAIN_URL.fullmatch(link) and len(link) <= MAX_URL:
        return link
    text = "".join(html.unescape(link).split())
    try:
        absolute = text if text.startswith(("https://", "http://")) else urljoin(base_url, text)
        parts = urlsplit(absolute) if text else None
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return ""
        kept = _without_trackers(parts.query) if parts.query else ""
    except ValueError:
        return ""
    url = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", kept, ""))
    return _UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", plain_letters(url)) if len(url) <= MAX_URL else ""


def _without_trackers(query: str) -> str:
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _TRACKERS.fullmatch(pair[0])]
    return query if len(pairs) == query.count("&") + 1 else urlencode(pairs)


def _picture_urls(body: str, raw: RawItem, base_url: str) -> Iterator[str]:
    seen: set[str] = set()
    for source in [*_shown_pictures(body), *raw.pictures]:
        url = canonical_url(source, base_url)
        if url and url not in seen and len(seen) < MAX_PICTURES:
            seen.add(url)
            yield url


def _shown_pictures(body: str) -> Iterator[str]:
    if not _IMG_START.search(body):
        return
    for tag in _IMG.findall(_PICTURES.clean(_LONG_TAG.sub(r"<\1>", body))):
        source = _SRC.search(tag)
        if source and not _DOT.search(tag):
            yield html.unescape(source[1])
