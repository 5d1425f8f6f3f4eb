"""What made an edition: versions of the engine, the faces and the looks, so that two proofs can be told apart."""

import ctypes
import ctypes.util
import hashlib
from functools import cache
from importlib.metadata import version

from app.models.errors import Unprintable
from app.paths import TEMPLATES
from outbox import fonts

_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "pypdfium2", "pillow", "segno", "fonttools", "jinja2")
_LOOKS = ("bulletin", "website", "post")


_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
_DEBIAN = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def engine() -> str:
    """The engine's name and versions, for people. Raises Unprintable while a system library is missing."""
    if missing := [name for name in _LIBRARIES if ctypes.util.find_library(name) is None]:
        raise Unprintable(
            "Printing needs a system library that is missing (%(missing)s); Debian has it in: %(packages)s.",
            missing=", ".join(missing),
            packages=_DEBIAN,
        )
    return f"WeasyPrint {version('weasyprint')}, Pango {_pango()}"


@cache
def fingerprint() -> str:
    """Version of every part that decides the bytes, in one line; faces and looks by the beginnings of their hashes."""
    parts = {package: version(package) for package in _PACKAGES}
    whole = {**parts, "pango": _pango(), "fonts": _fonts(), "looks": _looks()}
    return " ".join(f"{name}={value}" for name, value in whole.items())


def _pango() -> str:
    library = ctypes.util.find_library("pango-1.0")
    if library is None:
        return "missing"
    pango = ctypes.CDLL(library)
    pango.pango_version_string.restype = ctypes.c_char_p
    return bytes(pango.pango_version_string()).decode()


def _fonts() -> str:
    digest = hashlib.sha256()
    for face in fonts.FACES:
        digest.update(fonts.read(face))
    return digest.hexdigest()[:12]


def _looks() -> str:
    digest = hashlib.sha256()
    for folder in _LOOKS:
        for path in sorted(path for path in (TEMPLATES / folder).rglob("*") if path.is_file()):
            digest.update(path.relative_to(TEMPLATES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
