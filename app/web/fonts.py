"""The desk's fonts, taken from the installed font packages and cut to the letters of our languages."""

import secrets
from importlib import resources
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Each by its package and its file there.
FONTS: dict[str, tuple[str, str]] = {
    "be-vietnam-pro-400": ("fontpkg_be_vietnam_pro", "BeVietnamPro-Regular.ttf"),
    "be-vietnam-pro-600": ("fontpkg_be_vietnam_pro", "BeVietnamPro-SemiBold.ttf"),
    "noto-serif": ("fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf"),
}
# Latin with every Vietnamese letter, S'tiêng and M'nông, combining marks, punctuation, the dong sign, arrows.
LETTERS = (
    (0x20, 0x17F),
    (0x180, 0x1FF),
    (0x240, 0x24F),
    (0x2BC, 0x2BC),
    (0x300, 0x331),
    (0x1E00, 0x1EFF),
    (0x2000, 0x2044),
    (0x20AB, 0x20AB),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)


def subset(name: str, folder: Path) -> Path:
    """The WOFF2 file of this font in `folder`, made on first use."""
    target = folder / f"{name}.woff2"
    if target.exists():
        return target
    package, file = FONTS[name]
    with resources.as_file(resources.files(package) / "files" / file) as source:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{name}.{secrets.token_hex(4)}.part"
        _cut(source, part)
    part.replace(target)
    return target


def _cut(source: Path, target: Path) -> None:
    with TTFont(source) as font:
        cutter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
        cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(target)
