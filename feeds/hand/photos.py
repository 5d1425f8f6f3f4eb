"""A photo somebody brings: checked and made like every picture, and what its file gave away told to the person.

Only a child runs this, by name.
"""

import contextlib
import io
import re
import warnings
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

from feeds.pictures import FORMATS, Picture, to_print

_TAKEN = re.compile(r"(\d{4}):(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class Photo:
    """`had_place`: the file said where it was taken, which is dropped. `taken` is the day by the camera, or empty."""

    picture: Picture
    had_place: bool
    taken: str


def read_photo(data: bytes) -> Photo:
    """Raises Unreadable: see feeds/pictures.py."""
    picture = to_print(data)
    had_place, taken = _told_by_exif(data)
    return Photo(picture, had_place, taken)


def _told_by_exif(data: bytes) -> tuple[bool, str]:
    """Whether there is a place, and the day (ISO) it was taken. Damaged EXIF tells nothing; it is dropped anyway."""
    with warnings.catch_warnings(), contextlib.suppress(OSError, ValueError, SyntaxError, TypeError, KeyError):
        warnings.simplefilter("ignore")
        exif = Image.open(io.BytesIO(data), formats=FORMATS).getexif()
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        taken = str(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or "")
        return bool(place), _day(taken)
    return False, ""


def _day(taken: str) -> str:
    found = _TAKEN.match(taken)
    if not found:
        return ""
    with contextlib.suppress(ValueError):
        return datetime(int(found[1]), int(found[2]), int(found[3])).date().isoformat()  # noqa: DTZ001  a day only
    return ""
