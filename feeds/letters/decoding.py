"""Bytes of a feed → text: which letter code they really are in, whatever the feed says of itself."""

import codecs
import re
import unicodedata

from feeds.letters.legacy import repair
from feeds.letters.tables import TCVN, VISCII
from feeds.outcomes import unreadable

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows more codecs than these, some of which run code or unpack; only plain letter codes are taken.
_SAFE = re.compile(
    r"(iso-?8859-\d+|latin-?1|windows-125\d|cp125\d|us-ascii|ascii|koi8-[ru]|gb2312|gbk|gb18030|big5)", re.I
)
# The letter codes of Viet Nam before Unicode, under every name they were declared by.
_BY_TABLE = (
    (re.compile(r"(?:x-)?(?:viet-?)?tcvn(?:-?3|-?5712(?:[-:]\w{1,6}){0,2})?", re.I), TCVN),
    (re.compile(r"(?:x-viet-|cs)?viscii(?:1[.-]1(?:-1)?)?", re.I), VISCII),
)
_VNI = re.compile(r"(?:x-viet-)?vni(?:-win(?:dows)?)?", re.I)


def decode(body: bytes) -> tuple[str, bool]:
    """The text, and whether some letters were lost (U+FFFD stands in their place).

    Raises Unreadable ("encoding") for a declared letter code that cannot be read safely.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _forgiving(body[len(mark) :], codec)
    if pattern := _by_pattern(body):
        return _forgiving(body, pattern)
    try:
        # Bytes that are valid UTF-8 are UTF-8: a wrong declaration is common, a chance hit is not.
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        return _by_declaration(body)


def _by_pattern(body: bytes) -> str | None:
    """UTF-16 without its mark shows a zero byte beside the first "<"."""
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(body[:2])


def _by_declaration(body: bytes) -> tuple[str, bool]:
    match = _DECLARED.match(body)
    declared = match[1].decode("ascii") if match else ""
    if text := _by_table(body, declared):
        return text, False
    if _SAFE.fullmatch(declared):
        return _forgiving(body, declared)
    if declared and declared.lower() not in ("utf-8", "utf8"):
        raise unreadable("encoding")
    text, damaged = _forgiving(body, "utf-8")
    if any(letter > "\x7f" and letter != "\ufffd" for letter in text):
        return text, damaged
    return _forgiving(body, "cp1252")  # not one whole UTF-8 letter in it: quotes and dashes of an old Windows


def _by_table(body: bytes, declared: str) -> str:
    """The text in an old Vietnamese code; empty when none is declared. VPS and VIQR are not read: nobody sends them."""
    if _VNI.fullmatch(declared):
        return repair(body.decode("cp1252", "replace"), "vni")
    for names, table in _BY_TABLE:
        if names.fullmatch(declared):
            letters = {code: letter for code, letter in table.items() if letter != "·"}
            return unicodedata.normalize("NFC", body.decode("latin-1").translate(letters))
    return ""


def _forgiving(body: bytes, codec: str) -> tuple[str, bool]:
    text = body.decode(codec, "replace")
    return text, "\ufffd" in text
