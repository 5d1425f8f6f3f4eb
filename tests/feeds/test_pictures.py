"""Pictures from anywhere: what is one becomes a plain JPEG, what is none becomes a sentence."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from app.models.errors import Unreadable
from feeds.outcomes import outcome_of
from feeds.pictures import to_print


def encoded(kind: str, *, mode: str = "RGB", size: tuple[int, int] = (64, 48), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind, **how)
    return out.getvalue()


def trouble(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        to_print(data)
    return outcome_of(caught.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_the_formats_of_the_outlets_become_jpeg(kind: str) -> None:
    picture = to_print(encoded(kind))
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (picture.width, picture.height))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "PDF"])
def test_other_formats_are_refused(kind: str) -> None:
    assert trouble(encoded(kind)) == "picture"


def test_a_large_picture_is_made_smaller_and_a_small_one_left() -> None:
    picture = to_print(encoded("JPEG", size=(3200, 1000)))
    assert (picture.width, picture.height) == (1600, 500)
    assert to_print(encoded("PNG", size=(30, 20))).width == 30


def test_what_is_transparent_stands_on_white() -> None:
    with Image.open(io.BytesIO(to_print(encoded("PNG", mode="RGBA")).data)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_place_and_camera_are_dropped_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Máy ảnh"
    picture = to_print(encoded("JPEG", exif=exif))
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == (48, 64)
        assert not image.getexif()


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff"]
)
def test_what_is_no_picture_is_told(data: bytes) -> None:
    assert trouble(data) == "picture"


def test_a_cut_picture_is_told() -> None:
    noise = Image.effect_noise((200, 200), 90)
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert trouble(out.getvalue()[:2000]) == "picture_cut"


def test_too_many_pixels_are_refused_before_they_are_unpacked() -> None:
    assert trouble(encoded("PNG", mode="1", size=(8000, 6000))) == "picture_size"


def test_the_hostile_pictures_are_told_and_the_good_ones_kept(material: Path) -> None:
    folder = material / "hostile/generated"
    expected = json.loads((folder / "expect.json").read_text("utf-8"))
    for name in (name for name in expected if name.startswith("images/")):
        assert trouble((folder / name).read_bytes()) in {"picture", "picture_size", "picture_cut"}, name
    good = ("flower.webp", "hopper.gif", "hopper.png", "pil_sample_cmyk.jpg", "exif_gps.jpg", "hopper_bad_exif.jpg")
    for name in good:
        assert to_print((material / "hostile/images/pillow" / name).read_bytes()).width > 0
