"""Bytes of a picture → checked JPEGs for print and screen, upright, in sRGB, without metadata; its credit and look."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from app.desk.looks import SIDE, look_of
from feeds.bylines import read_credit
from feeds.outcomes import unreadable

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MAX_PIXELS = 40_000_000
MAX_BYTES = 26_000_000  # of the unpacked picture; with it the child grows by less than 60 MB
MAX_WAVES = 48_000_000  # the same of a progressive JPEG
MAX_SIDE = 1600  # a column of 85 mm at 300 dpi is 1004, a page of 148 mm 1748
SCREEN_SIDE = 480  # in lists and beside a story
QUALITY = 88
SCREEN_QUALITY = 78
MAX_PROFILE = 4_000_000  # bytes of a colour profile; those of printers reach two million

# Bytes of a pixel while it is unpacked: in its own mode, and where Pillow must turn it into another at full size.
_PIXEL = {"1": 2, "L": 1, "P": 7, "LA": 8, "I;16": 9, "I": 5, "F": 5}
_SEE_THROUGH = 9  # what is transparent is copied once more to be made smaller
_DECODERS = {"WEBP": 9.2, "AVIF": 5.8}  # these keep planes or frames of their own beside it

_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, EOFError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Picture:
    """JPEGs without metadata; sizes in pixels. `look` is that of app/desk/looks.py, `credit` empty when none is named.

    `screen` is `data` itself when the picture is that small.
    """

    data: bytes
    width: int
    height: int
    screen: bytes = b""
    screen_width: int = 0
    screen_height: int = 0
    look: str = ""
    credit: str = ""


def to_print(data: bytes) -> Picture:
    """Raises Unreadable: "picture" for what is none, "picture_size" before a bomb is unpacked, "picture_cut"."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, loaded where children are born, allows half pictures
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bad EXIF is dropped anyway
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except (*_BROKEN, Image.DecompressionBombError) as error:
            raise unreadable("picture_size" if "decompression bomb" in str(error) else "picture") from None
        _check_size(image)
        try:
            return _make(image)
        except _BROKEN as error:
            raise unreadable("picture_cut") from error


def _check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS or min(image.size) < 1:
        raise unreadable("picture_size")
    if pixels * _bytes_a_pixel(image) > MAX_BYTES or pixels * _waves_a_pixel(image) > MAX_WAVES:
        raise unreadable("picture_size")


def _bytes_a_pixel(image: Image.Image) -> float:
    """What unpacking needs."""
    if image.format == "JPEG":
        return 4 / _draft_scale(image) ** 2
    own = _SEE_THROUGH if image.has_transparency_data else _PIXEL.get(image.mode, 4)
    return _DECODERS.get(image.format or "", own)


def _draft_scale(image: Image.Image) -> int:
    """A JPEG can be unpacked at half its size and less: as small as still prints well, smaller where room demands."""
    scale = 1
    pixels = image.width * image.height
    while scale < 8 and (max(image.size) >= 2 * scale * MAX_SIDE or pixels * 4 / scale**2 > MAX_BYTES):
        scale *= 2
    return scale


def _waves_a_pixel(image: Image.Image) -> float:
    """A progressive JPEG is held whole as waves of two bytes before the first line of it can be unpacked."""
    if image.format != "JPEG" or not image.info.get("progressive"):
        return 0
    return 2 * _samples(image) + 4 / _draft_scale(image) ** 2


def _samples(image: Image.Image) -> float:
    """How many values a pixel of this JPEG has: 3 in full colour, 1.5 when colour is kept at a quarter."""
    layers = [(across, down) for _, across, down, _ in getattr(image, "layer", ())]
    most = max((across * down for across, down in layers), default=1)
    return sum(across * down for across, down in layers) / most if layers else 4


def _make(image: Image.Image) -> Picture:
    credit = read_credit(image)
    profile = image.info.get("icc_profile")
    small = _shrunk(image)
    ImageOps.exif_transpose(small, in_place=True)
    upright = _flatten(small, profile if isinstance(profile, bytes) else b"")
    printed = _jpeg(upright, QUALITY)
    look = look_of(upright.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes())
    width, height = upright.size
    if max(upright.size) <= SCREEN_SIDE:
        return Picture(printed, width, height, printed, width, height, look, credit)
    upright.thumbnail((SCREEN_SIDE, SCREEN_SIDE), Image.Resampling.LANCZOS)
    return Picture(printed, width, height, _jpeg(upright, SCREEN_QUALITY), *upright.size, look, credit)


def _shrunk(image: Image.Image) -> Image.Image:
    """At most 1600 pixels a side, before anything else is done to it."""
    if image.format == "JPEG" and (scale := _draft_scale(image)) > 1:
        image.draft(None, (max(1, image.width // scale), max(1, image.height // scale)))
    image.load()
    plain = _in_levels(image)
    plain.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return plain


def _in_levels(image: Image.Image) -> Image.Image:
    """Palettes cannot be resampled, and sixteen bits of grey are eight too many."""
    if image.mode.startswith("I"):
        whole = image if image.mode == "I" else image.convert("I")
        return whole.point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode in ("L", "RGB") and image.has_transparency_data:
        return image.convert("RGBA")  # one colour of it is see-through
    return image.convert("L") if image.mode in ("1", "F") else image


def _flatten(image: Image.Image, profile: bytes) -> Image.Image:
    """In sRGB, with white paper behind what is transparent."""
    if not image.has_transparency_data:
        return _in_srgb(image, profile)
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(_in_srgb(layer.convert("RGB"), profile), mask=layer.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """By the picture's own colour profile where it has a good one, else as its numbers say."""
    if profile and len(profile) <= MAX_PROFILE and image.mode in ("RGB", "CMYK", "L"):
        try:
            made = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, *_BROKEN):  # a broken profile, or one for another kind of picture
            made = None
        if made is not None:
            return made
    return image if image.mode == "RGB" else image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.info.clear()  # Pillow would write the comment of the old file into the new one
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
