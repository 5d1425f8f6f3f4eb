"""Preflight of finished bytes: compared with what was approved and with what the law asks for."""

import io
import unicodedata
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from app.desk.findings import Finding
from app.desk.wording import plain_text, typeset
from outbox import fonts
from outbox.last import imprint
from outbox.render import Snapshot, bare

MM = 72 / 25.4
MOST_PAGES = 64
_OWED = ("licence_number", "licence_date", "licensor", "responsible", "periodicity", "print_run", "printer")
_HEAD, _COVER_HEAD, _FOOT = 46.0, 22.0, 46.0  # points at a page's edges that carry no article text


def booklet(pdf: bytes, snapshot: Snapshot) -> tuple[Finding, ...]:
    """The A5 pages: count, size, fonts, letters, every article's text in order, and the imprint."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [*_count(len(document.pages), snapshot), *_sizes(document, 148, 210), *_fonts(document)]
    texts = page_texts(pdf)
    found += [*_letters(snapshot), *_articles(texts, snapshot), *_imprint(texts[-1] if texts else "", snapshot)]
    return tuple(found)


def imposed(pdf: bytes, snapshot: Snapshot) -> tuple[Finding, ...]:
    """The A4 sheets: two sides a sheet, four pages a sheet."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sides, wanted = len(document.pages), -(-snapshot["issue"]["pages"] // 4) * 2
        found = [*_sizes(document, 297, 210), *_fonts(document)]
    if sides != wanted:
        found.append(Finding(kind="page_count", level="hard", values={"count": sides, "wanted": wanted}))
    return tuple(found)


def web(data: bytes, snapshot: Snapshot) -> tuple[Finding, ...]:
    """The web page: every article's text in order, and no link beyond the sources and the office's own site."""
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    text = letters_of("".join(reader.texts))
    found = [finding for article in _articles_of(snapshot) for finding in _in_order(text, article, drops=False)]
    allowed = {source["url"] for article in snapshot["articles"].values() for source in article["sources"]}
    for link in reader.links:
        if link not in allowed and not link.startswith(("#", "data:")):
            found.append(Finding(kind="outside_link", level="hard", where="web", words=link, values={"words": link}))
    return tuple(found)


def post_text(text: str, *, most: int) -> tuple[Finding, ...]:
    """A post's text: clean NFC without hidden characters, and no longer than the channel takes."""
    found = []
    if text != plain_text(text):
        found.append(Finding(kind="not_nfc", level="hard", where="post"))
    if len(text) > most:
        found.append(Finding(kind="too_long", level="hard", where="post", values={"count": len(text), "most": most}))
    return tuple(found)


def post_picture(data: bytes, *, most: int) -> tuple[Finding, ...]:
    """A post's picture: a square JPEG of the promised size, at most `most` bytes."""
    found = []
    if len(data) > most:
        values: dict[str, str | int] = {"count": len(data) // 1000, "most": most // 1000}
        found.append(Finding(kind="too_large", level="hard", where="post", values=values))
    with Image.open(io.BytesIO(data)) as picture:
        if picture.format != "JPEG" or picture.width != picture.height:
            measured = {"width": str(picture.width), "height": str(picture.height), "wanted": "1080 × 1080 px"}
            found.append(Finding(kind="trim", level="hard", where="post", values={**measured}))
    return tuple(found)


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page without head, folio and foot band, in the order it was drawn."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_text(document[number], cover=number == 0) for number in range(len(document))]
    finally:
        document.close()


def letters_of(text: str) -> str:
    """Letters, marks and digits only, NFC and without case: what must be equal in print and in the approved text."""
    kept = (letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter)[0] in "LMN")
    return unicodedata.normalize("NFC", "".join(kept).casefold())


def _page_text(sheet: Any, *, cover: bool) -> str:
    width, height = sheet.get_size()
    text = sheet.get_textpage()
    top = height - (_COVER_HEAD if cover else _HEAD)
    words = text.get_text_bounded(left=0, bottom=_FOOT if not cover else 0, right=width, top=top)
    text.close()
    sheet.close()
    return str(words)


def _count(count: int, snapshot: Snapshot) -> Iterator[Finding]:
    wanted = snapshot["issue"]["pages"]
    if count != wanted or count > MOST_PAGES:
        yield Finding(kind="page_count", level="hard", values={"count": count, "wanted": min(wanted, MOST_PAGES)})


def _sizes(document: pikepdf.Pdf, width: float, height: float) -> Iterator[Finding]:
    for number, sheet in enumerate(document.pages, 1):
        left, low, right, top = (float(value) / MM for value in sheet.mediabox.as_list())
        if abs(right - left - width) > 0.4 or abs(top - low - height) > 0.4:
            values = {"width": f"{right - left:.1f}", "height": f"{top - low:.1f}", "wanted": f"{width:g} × {height:g}"}
            yield Finding(kind="trim", level="hard", where=str(number), values={**values})
            return


def _fonts(document: pikepdf.Pdf) -> Iterator[Finding]:
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/FontDescriptor":
            continue
        if not any(name in item for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield Finding(kind="font", level="hard", words=str(item.get("/FontName")))


def _letters(snapshot: Snapshot) -> Iterator[Finding]:
    """A letter none of our faces has would be drawn as an empty box."""
    lost = sorted({letter for text in _strings(snapshot) for letter in typeset(text) if not fonts.covers(letter)})
    if lost:
        words = " ".join(lost)
        yield Finding(kind="glyph", level="hard", words=words, values={"words": words})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _strings(inner)


def _articles(texts: list[str], snapshot: Snapshot) -> Iterator[Finding]:
    for run in snapshot["runs"]:
        if run["design"] in ("short", "feature"):
            pages = "".join(texts[run["page"] - 1 : run["page"] - 1 + run["pages"]])
            for key in run["articles"]:
                yield from _in_order(letters_of(pages), snapshot["articles"][key], drops=run["design"] == "feature")


def _articles_of(snapshot: Snapshot) -> list[Mapping[str, Any]]:
    keys = dict.fromkeys(key for run in snapshot["runs"] for key in run["articles"])
    return [snapshot["articles"][key] for key in keys]


def _in_order(text: str, article: Mapping[str, Any], *, drops: bool) -> Iterator[Finding]:
    """One finding when a paragraph is missing, changed or out of order. `drops`: as in a feature, whose
    first letter may stand apart and whose text to be read aloud is always printed."""
    at, first = 0, True
    for paragraph in article["paragraphs"]:
        wanted = letters_of(typeset(paragraph["text"]))
        found = text.find(wanted, at)
        if found < 0 and first and drops:
            wanted = wanted[1:]
            found = text.find(wanted, at)
        if found < 0:
            yield _differs(article, paragraph["text"])
            return
        at, first = found + len(wanted), False
    for field in ("headline", "standfirst", "aloud") if drops else ("headline", "standfirst"):
        if letters_of(bare(article[field])) not in text:
            yield _differs(article, article[field])
            return


def _differs(article: Mapping[str, Any], words: str) -> Finding:
    return Finding(
        kind="text", level="hard", where=article["code"], words=words[:80], values={"headline": article["headline"]}
    )


def _imprint(text: str, snapshot: Snapshot) -> Iterator[Finding]:
    """Everything the law asks for at the foot of the last page is filled in and really printed there."""
    given = snapshot["imprint"]
    missing = [field for field in _OWED if not str(given[field] or "").strip()]
    for field in missing:
        yield Finding(kind="imprint", level="hard", where="last", words=field, values={"field": field})
    printed = letters_of(text)
    for label, value in imprint(snapshot) if not missing else ():
        if letters_of(label + value) not in printed:
            yield Finding(kind="imprint", level="hard", where="last", words=value, values={"field": label.rstrip(":")})


class _Reader(HTMLParser):
    """Collects the visible text and every address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "script", "title")
        self.links += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)
