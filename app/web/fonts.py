"""The desk's fonts, taken from the installed font packages and cut to the letters of our languages."""

import fontpkg
import secrets
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# name: (family, weight; None for the whole variable font)
FONTS: dict[str, tuple[str, int | None]] = {
    "be-vietnam-pro-400": ("Be Vietnam Pro", 400),
    "be-vietnam-pro-600": ("Be Vietnam Pro", 600),
    "noto-serif": ("Noto Serif", None),
}
# Latin with every Vietnamese letter, S'tiêng and M'nông, combining marks, punctuation, the dong sign, arrows.
LETTERS = (
    (0x20, 0x17F), (0x180, 0x1FF), (0x240, 0x24F), (0x2BC, 0x2BC), (0x300, 0x331), (0x1E00, 0x1EFF),
    (0x2000, 0x2044), (0x20AB, 0x20AB), (0x2116, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212),
)  # fmt: skip


def subset(name: str, folder: Path) -> Path:
    """The WOFF2 file of this font in `folder`, made on first use."""
    target = folder / f"{name}.woff2"
    if target.exists():
        return target
    family, weight = FONTS[name]
    font = TTFont(fontpkg.path(family) if weight is None else fontpkg.path(family, weight=weight))
    options = Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
    cutter.subset(font)
    font.flavor = "woff2"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.{secrets.token_hex(4)}.part"
    font.save(part)
    part.replace(target)
    return target
