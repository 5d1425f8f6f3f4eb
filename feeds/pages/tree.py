"""The tree of a web page, and its parts as plain text: paragraphs, times, pictures. Only a child imports this."""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from feeds.clean import canonical_url, plain_letters, plain_text, shorten
from feeds.dates import read_date
from feeds.letters.decoding import decode
from feeds.outcomes import unreadable
from feeds.pages.article import Shown

MAX_PARAGRAPHS = 2_000
MAX_TEXT = 200_000  # letters of all paragraphs: a long feature has 20,000
MAX_PICTURES = 12
BINARY = 0.98  # share of a text that is no control sign; in a picture or an archive it is nine tenths
MAX_TAGS = 20_000  # a long article's page has 5,000; ten copies of a tree of more would fill a small machine

_SILENT = {"script", "style", "noscript", "iframe", "template", "textarea", "svg", "math", "object", "select", "head"}
_ASIDE = {"figure", "figcaption", "video", "audio", "button", "form", "nav", "footer", "aside"}  # no part of the text
_BLOCKS = {
    *("address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul"),
}
_LAZY = ("data-src", "data-original", "src")  # the first is where the picture is when `src` holds a dot that waits

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]+")
_LONG_TAG = re.compile(r"<([A-Za-z]\w{0,20})[^<>]{20000,}+>")  # thousands of attributes take the parser minutes
_META_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})\b")
_CLOCK = re.compile(r"\b(\d{1,2})[:hg](\d{2})(?::\d{2})?(?:\s*([AP]M|SA|CH)\b)?", re.IGNORECASE)
_PAGE_DATE = re.compile(r'"datePublished"\s*+:\s*+"([^"]{8,40})"')
_CREDIT = re.compile(r"[(\[–-]?\s*\b(?:Ảnh|Nguồn ảnh|Đồ họa)\s*:\s*([^()\[\]:]{2,80}?)\s*[)\].]*\s*$")


def parse_page(body: bytes, *, charset: str = "") -> HtmlElement:
    """The tree; `charset` is what the answer's head said.

    Raises Unreadable: "empty", "encoding", "not_page" or "too_hard".
    """
    text, _ = decode(_declare(body, charset))
    shown = _CONTROLS.sub("", text)
    if len(shown) < len(text) * BINARY:
        raise unreadable("not_page")
    text = _LONG_TAG.sub(r"<\1>", shown)
    if text.count("<") > MAX_TAGS:
        raise unreadable("too_hard")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, AssertionError):  # nothing in it that could be a page
        raise unreadable("empty") from None


def _declare(body: bytes, charset: str) -> bytes:
    """Hands the page's own word on its letters to decoding.py, which believes it only when UTF-8 does not fit."""
    found = _META_CHARSET.search(body, 0, 4096)
    said = charset.encode("ascii", "ignore") or (found[1] if found else b"")
    return b'<?xml version="1.0" encoding="' + said + b'"?>' + body if said and body[:1] == b"<" else body


def plain(text: str) -> str:
    """Text that was taken from a tree: one line, NFC, and no tag or entity even where it was escaped twice."""
    letters = plain_letters(text)
    return plain_text(html.escape(letters)) if "&" in letters or "<" in letters else letters


def text_of(element: HtmlElement) -> str:
    """All a reader sees of this element, on one line."""
    return " ".join(paragraphs([element]))


def paragraphs(elements: Iterable[HtmlElement]) -> list[str]:
    """The paragraphs in these elements, each element told once; captions, forms and what lies beside are left out."""
    found: list[str] = []
    size = 0
    for element in _outermost(elements):
        for line in "".join(_walk(element)).split("\n"):
            text = plain(line)
            size += len(text)
            if text and (not found or text != found[-1]):
                found.append(text)
            if size > MAX_TEXT or len(found) >= MAX_PARAGRAPHS:
                return found
    return found


def _outermost(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    listed = list(elements)
    chosen = set(listed)
    return [element for element in listed if not any(above in chosen for above in element.iterancestors())]


def _walk(root: HtmlElement) -> Iterator[str]:
    """The text in reading order, "\\n" where a block begins or ends. No recursion: pages nest as deep as they like."""
    walk = etree.iterwalk(root, events=("start", "end"))
    silent = _SILENT if root.tag in _ASIDE else _SILENT | _ASIDE
    for event, element in walk:
        block = element.tag in _BLOCKS
        if event == "start":
            if element.tag in silent:
                walk.skip_subtree()
                continue
            yield ("\n" if block else "") + _line(element.text)
            continue
        yield ("\n" if block else "") + (_line(element.tail) if element is not root else "")


def _line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def meta(tree: HtmlElement, *names: str) -> str:
    """The content of the first <meta> with one of these names or properties, in the order of the names."""
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said.setdefault(key.lower(), element.get("content") or "")
    return next((text for name in names if (text := plain(said.get(name, "")))), "")


def time_of(element: HtmlElement | None) -> tuple[str, datetime | None]:
    """(as it stands there, in UTC or None) of an element's `datetime`, `content`, `title` or text."""
    if element is None:
        return "", None
    said = [element.get(name) or "" for name in ("datetime", "content", "title")] + [text_of(element)]
    return first_time(said)


def first_time(said: Iterable[str]) -> tuple[str, datetime | None]:
    """The first of these that is a time; else the first that says anything."""
    rest = ""
    for text in (plain(text)[:200] for text in said):
        if text and (at := read_time(text)):
            return text[:100], at
        rest = rest or text
    return rest[:100], None


def read_time(text: str) -> datetime | None:
    """A time as pages print it, words around it: "Thứ Hai, 23/11/2026 - 08:15", "08:15, ngày 23 tháng 11 năm 2026"."""
    if found := read_date(text):
        return found
    day, clock = _DAY.search(text), _CLOCK.search(text)
    if day is None:
        return None
    hour = f" {clock[1]}:{clock[2]}{' ' + clock[3] if clock[3] else ''}" if clock else ""
    if clock and clock[3]:  # day first here, so the month must not be read by AM or PM
        return read_date(f"{day[3]}-{day[2]}-{day[1]}{hour}")
    return read_date(f"{day[1]}/{day[2]}/{day[3]}{hour}")


def page_time(tree: HtmlElement) -> tuple[str, datetime | None]:
    """The time of publication that a page tells programs: meta, JSON-LD, <time>."""
    said = [meta(tree, "article:published_time", "datepublished", "pubdate", "og:article:published_time")]
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and (found := _PAGE_DATE.search((script.text or "")[:100_000])):
            said.append(found[1])
    said += [element.get("datetime") or "" for element in tree.iter("time")][:1]
    return first_time(said)


def pictures(images: Iterable[HtmlElement], *, base_url: str, caption: str = "", credit: str = "") -> tuple[Shown, ...]:
    """The pictures of these <img>, with what the figure around each says; the selectors look inside that figure."""
    found: dict[str, Shown] = {}
    for image in images:
        url = next((url for name in _LAZY if (url := _picture_url(image.get(name) or "", base_url))), "")
        if url and url not in found and len(found) < MAX_PICTURES:
            found[url] = _shown(url, image, caption, credit)
    return tuple(found.values())


def _picture_url(source: str, base_url: str) -> str:
    return "" if source.startswith("data:") else canonical_url(source, base_url)


def _shown(url: str, image: HtmlElement, caption: str, credit: str) -> Shown:
    figure = next(image.iterancestors("figure", "table"), None)
    if figure is None:  # a frame of <div>s: the nearest that holds a caption
        frames = list(image.iterancestors("div"))[:3] if caption else []
        figure = next((frame for frame in frames if frame.cssselect(caption)), None)
    if figure is None:
        return Shown(url=url)
    words = _first(figure, caption or "figcaption")
    owner = _first(figure, credit) if credit else ""
    named = _CREDIT.search(words)
    return Shown(url=url, caption=shorten(words, 500), credit=shorten(owner or (named[1] if named else ""), 200))


def _first(root: HtmlElement, selector: str) -> str:
    return next((text for element in root.cssselect(selector) if (text := text_of(element))), "")
