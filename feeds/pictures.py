"""Bytes of a picture → a checked JPEG for print: known formats, a cap on pixels, no EXIF, 1600 pixels a side."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from feeds.outcomes import unreadable

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600  # a column of 85 mm at 300 dpi is 1004, a page of 148 mm 1748
QUALITY = 88


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG without metadata; sizes in pixels."""

    data: bytes
    width: int
    height: int


def to_print(data: bytes) -> Picture:
    """Raises Unreadable: "picture" for what is none, "picture_size" before a bomb is unpacked, "picture_cut"."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, loaded where children are born, allows half pictures
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bad EXIF is dropped anyway
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            Warning,
            Image.DecompressionBombError,
        ) as error:
            raise unreadable("picture_size" if "decompression bomb" in str(error) else "picture") from None
        if image.width * image.height > MAX_PIXELS or min(image.size) < 1:
            raise unreadable("picture_size")
        try:
            return _encode(image)
        except (OSError, ValueError, SyntaxError, Warning, EOFError) as error:
            raise unreadable("picture_cut") from error


def _encode(image: Image.Image) -> Picture:
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # JPEG is decoded at the size needed; others ignore this
    image.load()
    upright = _flatten(ImageOps.exif_transpose(image))
    upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True, exif=b"")
    return Picture(out.getvalue(), upright.width, upright.height)


def _flatten(image: Image.Image) -> Image.Image:
    """In RGB, with white paper behind what is transparent."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
