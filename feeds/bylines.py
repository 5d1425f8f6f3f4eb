"""Whose picture it is, by its own metadata: EXIF, IPTC and XMP are read for a credit and for nothing else."""

import re
import unicodedata
from collections.abc import Iterator

from PIL import Image, ImageFile, IptcImagePlugin

MAX_CREDIT = 200

_ARTIST, _COPYRIGHT = 0x013B, 0x8298  # EXIF 2.32, table 4: tags of the person and of the rights
_IPTC = ((2, 80), (2, 110), (2, 116))  # IPTC IIM 4.2: by-line, credit, copyright notice
# XMP, by pattern and not by an XML parser: `photoshop:Credit`, `dc:creator`, `dc:rights`, as element or attribute.
_XMP_CREDIT = re.compile(r"""photoshop:Credit(?:\s*=\s*["']([^"'<>]{1,400})|>([^<>]{1,400})<)""")
_XMP_LIST = re.compile(r"<dc:(?:creator|rights)>\s*<rdf:\w{3}>\s*<rdf:li[^<>]{0,80}>([^<>]{1,400})<")
# Cameras and programs that sign where a person should.
_NOBODY = re.compile(r"(picasa|unknown|default|camera|canon|nikon|sony|samsung|adobe.*|www\.|https?:.*|\W*)", re.I)
_SPACE = re.compile(r"\s+")


def read_credit(image: Image.Image) -> str:
    """The first name or notice found, at most 200 letters on one line; empty when the picture names nobody.

    Never raises for bad metadata. To be called in the limited child only.
    """
    for found in (*_iptc(image), *_xmp(image), *_exif(image)):
        credit = _plain(found)
        if credit and not _NOBODY.fullmatch(credit):
            return credit[:MAX_CREDIT]
    return ""


def _exif(image: Image.Image) -> Iterator[str]:
    try:
        tags = image.getexif()
        values = [tags.get(_ARTIST), tags.get(_COPYRIGHT)]
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError):
        return
    for value in values:
        if isinstance(value, str):
            yield _unicode(value.encode("latin-1", "ignore")) if value.isascii() is False else value


def _iptc(image: Image.Image) -> Iterator[str]:
    if not isinstance(image, ImageFile.ImageFile):
        return
    try:
        fields = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError):
        return
    for key in _IPTC:
        value = fields.get(key)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, bytes):
                yield _unicode(part)


def _xmp(image: Image.Image) -> Iterator[str]:
    packet = image.info.get("xmp", b"")
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    text = text[:200_000]
    if credit := _XMP_CREDIT.search(text):
        yield credit[1] or credit[2]
    yield from _XMP_LIST.findall(text)


def _unicode(raw: bytes) -> str:
    """IPTC and EXIF do not say their letter code: UTF-8 where it is, else what old Windows wrote."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "ignore")


def _plain(text: str) -> str:
    shown = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text.replace("\ufffd", ""))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", shown)).strip()
