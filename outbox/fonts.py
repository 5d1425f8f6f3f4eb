"""The bulletin's faces, from the fontpkg-* packages: their bytes, their @font-face rules, and the width of a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from fontTools.ttLib import TTFont


@dataclass(frozen=True, slots=True)
class Face:
    """One font file. `weight` 0: a variable font, which brings its own range (WeasyPrint refuses a range here)."""

    family: str
    weight: int
    italic: bool
    package: str
    file: str

    @property
    def asset(self) -> str:
        """The name under which a press serves it."""
        return f"font-{self.file.replace('[', '-').replace(']', '').replace(',', '-')}"


_PRO = (("Regular", 400), ("Medium", 500), ("SemiBold", 600), ("Bold", 700), ("ExtraBold", 800))
FACES = (
    *(Face("Be Vietnam Pro", w, False, "fontpkg_be_vietnam_pro", f"BeVietnamPro-{n}.ttf") for n, w in _PRO),
    Face("Be Vietnam Pro", 400, True, "fontpkg_be_vietnam_pro", "BeVietnamPro-Italic.ttf"),
    Face("Noto Serif", 0, False, "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf"),
    Face("Noto Sans", 0, False, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    Face("Noto Sans Khmer", 0, False, "fontpkg_noto_sans_khmer", "NotoSansKhmer[wdth,wght].ttf"),
)
FAMILIES = tuple(dict.fromkeys(face.family for face in FACES))


@cache
def read(face: Face) -> bytes:
    """The font file's bytes."""
    return files(face.package).joinpath("files", face.file).read_bytes()


def assets() -> dict[str, bytes]:
    """Asset name → bytes, for a press."""
    return {face.asset: read(face) for face in FACES}


def rules() -> str:
    """The @font-face rules that point at `assets()`."""

    def rule(face: Face) -> str:
        weight = f"font-weight:{face.weight};" if face.weight else ""
        style = "italic" if face.italic else "normal"
        return f"@font-face{{font-family:'{face.family}';{weight}font-style:{style};src:url('asset:{face.asset}')}}"

    return "\n".join(rule(face) for face in FACES)


def width(text: str, *, size: float, weight: int = 800) -> float:
    """Points this text takes on one line of Be Vietnam Pro, without kerning."""
    advances, fallback = _advances(weight)
    return sum(advances.get(ord(letter), fallback) for letter in text) * size


def wrap(text: str, *, size: float, measure: float, weight: int = 800) -> list[str]:
    """The lines this text breaks into at `measure` points wide."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size=size, weight=weight) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balance(text: str, *, size: float, measure: float, weight: int = 800) -> list[str]:
    """The same number of lines as `wrap`, broken so that they are as even as can be (WeasyPrint has no text-wrap)."""
    best = wrap(text, size=size, measure=measure, weight=weight)
    for narrower in _narrower(measure):
        lines = wrap(text, size=size, measure=narrower, weight=weight)
        if len(lines) > len(best) or max(width(line, size=size, weight=weight) for line in lines) > narrower:
            break
        best = lines
    return best


def _narrower(measure: float) -> Iterator[float]:
    step = 0.96
    while step > 0.5:
        yield measure * step
        step -= 0.04


@cache
def _advances(weight: int) -> tuple[dict[int, float], float]:
    face = next(face for face in FACES if face.family == "Be Vietnam Pro" and face.weight == weight and not face.italic)
    with TTFont(BytesIO(read(face)), lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics, names = font["hmtx"].metrics, font.getBestCmap()
        return {code: metrics[name][0] / em for code, name in names.items()}, metrics["a"][0] / em


def lacks(text: str) -> bool:
    """Whether Be Vietnam Pro has no glyph for some letter of this text."""
    known, _ = _advances(400)
    return any(ord(letter) not in known for letter in text)


def covers(letter: str) -> bool:
    """Whether some face of ours has this letter. Spaces and invisible characters need none."""
    return letter.isspace() or letter == "\u200b" or ord(letter) in _every_letter()


@cache
def _every_letter() -> frozenset[int]:
    known: set[int] = set()
    for face in FACES:
        if not face.weight or face.weight == 400:
            with TTFont(BytesIO(read(face)), lazy=True) as font:
                known |= font.getBestCmap().keys()
    return frozenset(known)
