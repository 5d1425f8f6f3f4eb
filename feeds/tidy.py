"""Bytes of a feed → one well-formed document of whole items, or the sentence that says what came instead."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from feeds.letters.decoding import decode
from feeds.outcomes import unreadable

MAX_ITEMS = 1000

State = Literal["ok", "partial", "too_long", "empty"]

# Possessive repeats (*+) throughout: nothing here may backtrack on hostile input.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]+")
_DOCTYPE = re.compile(r"""<!DOCTYPE(?>"[^"]*"|'[^']*'|[^\[>"'])*+(?:\[(?>"[^"]*"|'[^']*'|[^\]"'])*+\]\s*+)?>""", re.I)
_DOCTYPE_START = re.compile(r"<!DOCTYPE\b(?!\s+html\b)", re.IGNORECASE)
_ROOT = re.compile(r"<((?:[\w.-]{1,20}:)?(rss|feed|rdf))(?=[\s>])", re.IGNORECASE)
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE)
_CHALLENGE = re.compile(r"document\.cookie|cf-chl|challenge-platform|__test=|just a moment", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_PIECE = re.compile(r"<!\[CDATA\[|<!--|<(/?)((?:[\w.-]{1,20}:)?(?:item|entry))(?=[\s>])[^<>]*>", re.IGNORECASE)

# What nobody here reads: parsing it takes half of the time, and a counter of comments would make an item look new.
_UNREAD = re.compile(
    r"<!\[CDATA\[|<!--|<(/?)(content:encoded|content|category|comments|slash:comments|wfw:commentRss)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_LEAD = re.compile(r"<(?:description|summary)(?:\s[^<>]*+)?>\s*+(?:<!\[CDATA\[\s*+)?(?!\]\]>|</)", re.IGNORECASE)

_ENTITY = re.compile(r"&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_BARE_LESS = re.compile(r"<(?![A-Za-z/!?_])")
_LONG_TAG = re.compile(r"<([A-Za-z_][\w:.-]{0,50})\s[^<>]{4000,}+>")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}


@dataclass(frozen=True, slots=True)
class Document:
    """`head`, `items` and `tail` are as they came, `state` is what must be told of it; `xml` makes a tidied whole."""

    head: str
    items: tuple[str, ...]
    tail: str
    state: State

    def xml(self, items: Iterable[str]) -> bytes:
        """Well-formed, with these items instead of all."""
        return "".join(_mend(part) for part in (self.head, *items, self.tail)).encode()


def tidy(body: bytes) -> Document:
    """Raises Unreadable: "empty", "web_page", "challenge", "not_feed" or "encoding"."""
    text, damaged = decode(body)
    text = _drop_doctype(_CONTROLS.sub("", text))
    root = _ROOT.search(text)
    _name_strangers(text, root.start() if root else len(text))
    if root is None:
        raise unreadable("not_feed" if text.strip() else "empty")
    start, spans, end, whole = _spans(text, root.end())
    head = text[root.start() : start]
    items = tuple(text[a:b] for a, b in spans[:MAX_ITEMS])
    tail = text[end:] if whole else _closing(root[1], root[2], head)
    return Document(head, items, tail, _state(len(spans), whole, damaged))


def drop_unread(item: str) -> str:
    """Takes out of an item the elements nobody reads; its full text only where it also has a summary."""
    kept: list[str] = []
    place, start, opened = 0, 0, ""
    while (piece := _UNREAD.search(item, place)) and (place := _past(item, piece)) >= 0:
        name = (piece[2] or "").lower()
        if not name or (name.startswith("content") and not _LEAD.search(item)):
            continue
        if not opened and not piece[1]:
            kept.append(item[start : piece.start()])
            opened, start = ("", place) if piece[0].endswith("/>") else (name, piece.start())
        elif piece[1] and opened == name:
            opened, start = "", place
    return "".join([*kept, item[start:]])


def _drop_doctype(text: str) -> str:
    """Only the first one is looked at: XML allows no more, and a search from each of thousands would take minutes."""
    start = _DOCTYPE_START.search(text)
    whole = _DOCTYPE.match(text, start.start()) if start else None
    return text[: whole.start()] + text[whole.end() :] if whole else text


def _name_strangers(text: str, before: int) -> None:
    """A web page is told by what stands before any root element of a feed."""
    if _WEB_PAGE.search(text, 0, before):
        raise unreadable("challenge" if _CHALLENGE.search(text) else "web_page")


def _state(items: int, whole: bool, damaged: bool) -> State:
    if items > MAX_ITEMS:
        return "too_long"
    if damaged or not whole:
        return "partial"
    return "ok" if items else "empty"


def _spans(text: str, start: int) -> tuple[int, list[tuple[int, int]], int, bool]:
    """(where the head ends, the whole items, where the tail begins, whether the document is whole)."""
    spans: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    first, place = None, start
    while piece := _PIECE.search(text, place):
        place = _past(text, piece)
        if place < 0:  # cut off inside CDATA or a comment
            break
        name = piece[2]
        if name and not piece[1] and opened is None and not piece[0].endswith("/>"):
            opened = piece.start(), name.lower()
            first = piece.start() if first is None else first
        elif name and piece[1] and opened and opened[1] == name.lower():
            spans.append((opened[0], place))
            opened = None
    end = spans[-1][1] if spans else start
    whole = place >= 0 and opened is None and _CLOSED.search(text, end) is not None
    return (first if first is not None else _end_of_head(text, start, whole)), spans, end, whole


def _past(text: str, piece: re.Match[str]) -> int:
    """The place after this piece; -1 when it never ends."""
    closing = {"<![CDATA[": "]]>", "<!--": "-->"}.get(piece[0].upper())
    if closing is None:
        return piece.end()
    end = text.find(closing, piece.end())
    return end if end < 0 else end + len(closing)


def _end_of_head(text: str, start: int, whole: bool) -> int:
    """Without any item, a whole document is all tail; of a cut one only the root element is kept."""
    close = text.find(">", start)
    return start if whole else close + 1 if close >= 0 else start


def _closing(root: str, kind: str, head: str) -> str:
    """What a cut document lacks at its end."""
    opened = "<channel" in head.lower() and "</channel" not in head.lower()
    return ("</channel>" if opened and kind.lower() != "feed" else "") + f"</{root}>"


def _mend(part: str) -> str:
    """Escapes what XML does not allow, outside CDATA."""
    pieces = []
    place = 0
    while (start := part.find("<![CDATA[", place)) >= 0 and (end := part.find("]]>", start)) >= 0:
        pieces += [_mend_markup(part[place:start]), part[start : end + 3]]
        place = end + 3
    return "".join([*pieces, _mend_markup(part[place:])])


def _mend_markup(text: str) -> str:
    if len(text) > 4000:
        text = _LONG_TAG.sub(r"<\1>", text)  # thousands of attributes take the parser minutes
    if "&" in text:
        text = _BARE_AMPERSAND.sub("&amp;", _ENTITY.sub(_entity, text))
    return _BARE_LESS.sub("&lt;", text)


def _entity(match: re.Match[str]) -> str:
    """XML's own five stay; names of HTML become their letters; numbers of what is no letter vanish."""
    name = match[1]
    if name in _OF_XML:
        return match[0]
    letters = html.unescape(match[0])
    if letters == match[0]:
        return match[0]
    return html.escape(_CONTROLS.sub("", letters.replace("\ufffd", "")))
