"""Invented pictures for the tests: hills, houses, a river, each with its own chance; and what people do to pictures."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter


def drawing(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A landscape nobody has photographed."""
    chance = random.Random(seed)
    width, height = size
    image = Image.new("RGB", size, (170 + chance.randrange(60), 200, 235))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = chance.randrange(width), chance.randrange(height // 5, height)
        wide, high = chance.randrange(width // 8, width // 2), chance.randrange(height // 8, height // 2)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        draw = pen.ellipse if chance.random() < 0.5 else pen.rectangle
        draw((x - wide // 2, y - high // 2, x + wide // 2, y + high // 2), fill=colour)
    return image.filter(ImageFilter.GaussianBlur(2))


def encoded(image: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def cropped(image: Image.Image, part: float) -> Image.Image:
    """Without this part of it at each edge."""
    width, height = image.size
    return image.crop((int(width * part), int(height * part), int(width * (1 - part)), int(height * (1 - part))))
