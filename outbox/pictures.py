"""Pictures made to the size they are printed at, and the crop that keeps the focus point in view."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image, UnidentifiedImageError

from app.models.errors import Unprintable

DPI = 200
_PT_PER_INCH = 72.0


def sized(data: bytes, *, width: int, quality: int = 82) -> bytes:
    """A baseline JPEG at most `width` pixels wide, without metadata. Raises Unprintable when it is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (width, width))
            picture = _on_white(opened)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Unprintable("A picture of this issue cannot be read.") from error
    if picture.width > width:
        picture = picture.resize(
            (width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS
        )
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True, subsampling=0)
    return target.getvalue()


def for_print(figure: Mapping[str, Any], assets: Callable[[str], bytes], *, points: float) -> bytes:
    """The picture of a figure, sized for a slot `points` wide on paper."""
    return sized(assets(figure["asset"]), width=round(points / _PT_PER_INCH * DPI))


def crop_position(figure: Mapping[str, Any], *, width: float, height: float) -> str:
    """CSS `object-position` that puts the figure's focus as near the slot's middle as the picture allows."""
    scale = max(width / figure["width"], height / figure["height"])
    shown = (width, height)
    whole = (figure["width"] * scale, figure["height"] * scale)
    return " ".join(_axis(focus / 100, s, w) for focus, s, w in zip(figure["focus"], shown, whole, strict=True))


def _axis(focus: float, shown: float, whole: float) -> str:
    spare = whole - shown
    if spare <= 0.01:
        return "50%"
    return f"{min(max((focus * whole - shown / 2) / spare, 0), 1) * 100:.1f}%"


def _on_white(opened: Image.Image) -> Image.Image:
    if opened.mode in ("RGBA", "LA", "P"):
        layer = opened.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return opened.convert("RGB")
