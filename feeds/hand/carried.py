"""What kind of file somebody brought: told by its bytes, never by its name."""

import io
import re
import zipfile
from collections.abc import Sequence

from app.models.errors import Refused
from feeds.outcomes import unreadable

_HEIF = re.compile(rb".{4}ftyp(?:heic|heix|mif1|hevc)", re.DOTALL)
_PHOTO = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8|RIFF.{4}WEBP|.{4}ftypavi[fs]", re.DOTALL)
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|article|div|p|!--)|^(?:mime-version|from|content-type):", re.I | re.M
)


def is_package(data: bytes) -> bool:
    """Whether this may be a document: .docx, or one of those that are told what to do."""
    return data.startswith(_PACKED)


def is_page(data: bytes) -> bool:
    """Whether this is a page that a browser saved."""
    return bool(_MARKUP.search(data[:4096]))


def is_photo(data: bytes) -> bool:
    """Whether these bytes begin as a picture does, readable here or not."""
    return bool(_PHOTO.match(data) or _HEIF.match(data))


def as_photo(data: bytes) -> bytes:
    """The same bytes. Raises Refused for what phones write and nothing here reads."""
    if _HEIF.match(data):
        raise Refused("This phone saves photos as HEIC. Send the photo as JPEG, or take a screenshot of it.")
    return data


def bundle(words: str, photos: Sequence[bytes]) -> bytes:
    """The bytes as they came: the text alone, one photo alone, or all of them in one zip, always the same."""
    if not photos or (len(photos) == 1 and not words):
        return words.encode("utf-8", "replace") if not photos else photos[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        parts = [("text.txt", words.encode("utf-8", "replace")), *((f"photo-{n}", p) for n, p in enumerate(photos, 1))]
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name), data)  # dated 1980: the same parts are the same bytes
    return out.getvalue()


def plain_words(data: bytes) -> str:
    """A text file, as Windows and phones write them."""
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unreadable("doc_broken")
    for codec in ("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "cp1258"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise unreadable("doc_broken")
