"""Faces cut down to the letters of one page, as woff2 for the web page that carries its own fonts."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from outbox import fonts


@dataclass(frozen=True, slots=True)
class WebFace:
    """One face for a page: its CSS weight (a range for a variable font) and its woff2 bytes."""

    family: str
    weights: str
    data: bytes


def web_faces(text: str) -> list[WebFace]:
    """Be Vietnam Pro in three weights and Noto Serif from 400 to 700, with only the letters of this text."""
    letters = "".join(sorted(set(text)))
    return [_cut(face, letters) for face in fonts.FACES if _is_wanted(face)]


def _is_wanted(face: fonts.Face) -> bool:
    if face.family == "Be Vietnam Pro":
        return not face.italic and face.weight in (400, 700, 800)
    return face.family == "Noto Serif"


@lru_cache(maxsize=16)
def _cut(face: fonts.Face, letters: str) -> WebFace:
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it reports every table it drops
    font = TTFont(BytesIO(fonts.read(face)), recalcTimestamp=False)
    options = Options(layout_features=["*"], notdef_outline=True, hinting=False)
    cutter = Subsetter(options)
    cutter.populate(text=letters + " \u00a0\u201c\u201d\u2019")
    cutter.subset(font)
    if not face.weight:  # first cut, then pin the axis nobody uses: the other way round takes half a minute
        font = instantiateVariableFont(font, {"wdth": 100, "wght": (400, 700)}, inplace=True)
    target = BytesIO()
    font.flavor = "woff2"
    font.save(target)
    return WebFace(face.family, str(face.weight) if face.weight else "400 700", target.getvalue())
