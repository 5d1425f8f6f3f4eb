"""Word documents (.docx) → text and pictures. Only a child imports this, by name.

Macros, embedded objects, comments and whatever the document would load from elsewhere are never looked at.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from feeds.clean import MAX_TITLE, plain_letters, shorten
from feeds.hand.paper import Paper, Print
from feeds.outcomes import unreadable

MAX_PARTS = 2_000
MAX_PART = 16_000_000  # bytes of one part, unpacked
MAX_XML = 5_000_000  # of its text alone; a book of 400 pages has less
MAX_WHOLE = 48_000_000
MAX_PARAGRAPHS = 5_000
MAX_PARAGRAPH = 20_000
MAX_PICTURES = 4
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")

_OLE, _PDF, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"PK\x03\x04"
_MACROS = re.compile(rb"application/vnd\.ms-word\.(?:document|template)\.macroEnabled(?:Template)?\.main\+xml")
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_NO_TITLE = re.compile(r"(microsoft )?(word( \W)? )?(document|tài liệu)?\s*\d*(\.docx?)?|untitled|powerpoint.*", re.I)
_HEADING = re.compile(r"(title|heading ?1|tiêu đề)$", re.IGNORECASE)
_CAPTION = re.compile(r"caption|chú thích", re.IGNORECASE)
# What broken or hostile packages make of zipfile, lxml and python-docx; none of it is a fault of ours.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, etree.LxmlError, OpcError, OSError, EOFError, UnicodeError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, RuntimeError),
)


def read_docx(data: bytes) -> Paper:
    """Title, paragraphs and the first pictures. Raises Unreadable: "doc_…", with what to do."""
    if data.startswith(_OLE):  # an old .doc, and a new one under a password
        raise unreadable("doc_old")
    if data.lstrip()[:4] == _PDF:
        raise unreadable("doc_pdf")
    if not data.startswith(_ZIP):
        raise unreadable("doc_broken")
    try:
        document = docx.Document(io.BytesIO(_checked(data)))
        paper = _read(document)
    except _BROKEN:
        raise unreadable("doc_broken") from None
    if not paper.title:
        raise unreadable("doc_empty")
    return paper


def _checked(data: bytes) -> bytes:
    """The package once its sizes are known to be sane. zipfile unpacks no more than a part's head has promised."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        if any(part.flag_bits & 1 for part in parts):
            raise unreadable("doc_old")
        too_large = sum(part.file_size for part in parts) > MAX_WHOLE or len(parts) > MAX_PARTS
        if too_large or any(part.file_size > (MAX_XML if part in texts else MAX_PART) for part in parts):
            raise unreadable("doc_large")
        for part in texts:
            if b"<!DOCTYPE" in package.read(part)[:4096]:  # Word writes none; only an attack needs one
                raise unreadable("doc_broken")
        types = package.read(_TYPES)
        plain = _MACROS.sub(_MAIN, types).replace(_TEMPLATE, _MAIN)
        return data if plain == types else _with_types(package, plain)


def _with_types(package: zipfile.ZipFile, types: bytes) -> bytes:
    """The same package, said to be a plain document: python-docx refuses one that says it holds macros."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in package.infolist():
            copy.writestr(part.filename, types if part.filename == _TYPES else package.read(part))
    return target.getvalue()


def _read(document: Any) -> Paper:
    styles = {style.style_id: style.name or "" for style in document.styles}
    title, lines, pictures, left_out = "", list[str](), list[Print](), 0
    for paragraph in _paragraphs(document.element.body):
        found, missed = _pictures(paragraph, document.part)
        pictures, left_out = pictures + found, left_out + missed
        text, style = _text(paragraph), _style(paragraph, styles)
        if pictures and _CAPTION.search(style) and not pictures[-1].caption:
            last = pictures.pop()
            pictures.append(Print(data=last.data, caption=text))
        elif text and not title and _HEADING.search(style):
            title = text
        elif text:
            lines.append(text)
    title, lines = _headed(title, lines, document)
    return Paper(
        title=shorten(title, MAX_TITLE),
        paragraphs=tuple(lines[:MAX_PARAGRAPHS]),
        pictures=tuple(pictures[:MAX_PICTURES]),
        left_out=left_out + len(pictures[MAX_PICTURES:]),
    )


def _headed(title: str, lines: list[str], document: Any) -> tuple[str, list[str]]:
    """A heading is the title; else what the document says of itself; else its first line."""
    named = plain_letters(document.core_properties.title or "")
    if title:
        return title, lines
    if named and not _NO_TITLE.fullmatch(named):
        return named, lines[1:] if lines[:1] == [named] else lines
    return (lines[0], lines[1:]) if lines else ("", [])


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every paragraph in reading order, those in tables, frames and fields too; an older spelling is told only once."""
    for paragraph in body.iter(qn("w:p")):
        if (
            next(paragraph.iterancestors("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"), None)
            is None
        ):
            yield paragraph


def _text(paragraph: Any) -> str:
    """The words that stand: what was struck out under “track changes” is not among them, what was put in is."""
    words = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if next(node.iterancestors(qn("w:p")), None) is paragraph:  # a text frame inside has paragraphs of its own
            words.append((node.text or "") if node.tag == qn("w:t") else "-" if node.tag.endswith("Hyphen") else " ")
    return plain_letters("".join(words))[:MAX_PARAGRAPH]


def _style(paragraph: Any, styles: dict[str, str]) -> str:
    named = next(paragraph.iter(qn("w:pStyle")), None)
    return styles.get(named.get(qn("w:val"), ""), "") if named is not None else ""


def _pictures(paragraph: Any, part: Any) -> tuple[list[Print], int]:
    """The pictures that lie in the package itself, and how many had to be left."""
    found, missed = list[Print](), 0
    for node in paragraph.iter(qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata"):
        target = part.related_parts.get(node.get(qn("r:embed")) or node.get(qn("r:id")) or "")
        if target is not None and target.content_type in PICTURES:
            found.append(Print(data=target.blob))
        else:  # linked from elsewhere, or a drawing that no printer of ours reads
            missed += 1
    return found, missed
