"""Writes Vietnamese in the letter codes from before Unicode, so that the tests can read it back."""

import unicodedata
from collections.abc import Callable

from feeds.letters.tables import (
    TCVN,
    VIQR_SHAPES,
    VIQR_TONES,
    VNI_BASES,
    VNI_BOWLS,
    VNI_LETTERS,
    VNI_ROOFS,
    VNI_TONES,
)

_TCVN3 = {letter: chr(code) for code, letter in TCVN.items() if 0xA1 <= code <= 0xFE and letter.isalpha()}
_VIQR = {sign: mark for mark, sign in {**VIQR_SHAPES, **VIQR_TONES}.items()}


def tcvn3(text: str) -> str:
    """Capitals with a tone are written small: their font drew every letter as a capital."""
    return "".join(_TCVN3.get(c) or _TCVN3.get(c.lower(), c) for c in text)


def vni(text: str) -> str:
    """A base letter and a sign after it."""
    return "".join(_VNI.get(c, c) for c in text)


def viqr(text: str) -> str:
    """Signs of ASCII after the letter."""
    return "".join(_viqr(c) for c in text)


def double(text: str) -> str:
    """UTF-8 taken for the letters of an old Windows."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def latin(text: str) -> str:
    """UTF-8 taken for Latin-1."""
    return text.encode().decode("latin-1")


def twice(text: str) -> str:
    """And that once more."""
    return double(double(text))


CODES: dict[str, tuple[Callable[[str], str], str]] = {
    "tcvn3": (tcvn3, "tcvn3"),
    "vni": (vni, "vni"),
    "viqr": (viqr, "viqr"),
    "double": (double, "double"),
    "latin": (latin, "double"),
    "twice": (twice, "double"),
}


def _viqr(letter: str) -> str:
    if letter in "đĐ":
        return "dd" if letter == "đ" else "DD"
    parts = unicodedata.normalize("NFD", letter)
    base, signs = parts[0], parts[1:]
    marks = sorted((_VIQR[sign] for sign in signs if sign in _VIQR), key=lambda mark: mark not in VIQR_SHAPES)
    return base + "".join(marks) if base.isalpha() else letter


def _pairs() -> dict[str, str]:
    found = {letter: sign for sign, letter in VNI_LETTERS.items()}
    for base in VNI_BASES:
        stem = VNI_LETTERS.get(base, base)
        shapes = [("", VNI_TONES), ("\u0302", VNI_ROOFS), ("\u0306", VNI_BOWLS)]
        for shape, signs in shapes:
            for sign, tone in signs.items():
                letter = unicodedata.normalize("NFC", stem + shape + tone)
                if len(letter) == 1 and letter not in found:
                    found[letter] = base + sign
    return found


_VNI = _pairs()
