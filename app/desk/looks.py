"""How alike two pictures look: a perceptual hash of 64 bits and the distance between two of them. Pure arithmetic."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import cos, pi

SIDE = 32  # the picture is shrunk to this many greys a side before it is looked at
LOW = 8  # its coarse shapes: this many waves a side
FLAT = 6.0  # a picture whose greys stray less than this from their mean shows nothing to be known by
NEAR = 10  # bits; unrelated pictures differ in about 32, the same one cut or lightened in few


def look_of(greys: Sequence[int]) -> str:
    """The look, 16 hex digits, of a picture shrunk to 32 × 32 greys (0 to 255, row by row); empty when it is flat.

    The signs of the coarsest waves (a discrete cosine transform) against their median: sizes, letters of a caption,
    compression and brightness hardly move them.
    """
    mean = sum(greys) / len(greys)
    if (sum((grey - mean) ** 2 for grey in greys) / len(greys)) ** 0.5 < FLAT:
        return ""
    rows = [_waves(greys[y * SIDE : (y + 1) * SIDE]) for y in range(SIDE)]
    columns = [_waves([row[u] for row in rows]) for u in range(LOW)]
    strengths = [columns[u][v] for v in range(LOW) for u in range(LOW)]
    middle = sorted(strengths[1:])[(LOW * LOW - 1) // 2]
    bits = sum((strength > middle) << n for n, strength in enumerate(strengths[1:]))
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """In how many of 64 bits two looks differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearest(look: str, known: Iterable[int]) -> tuple[int, int] | None:
    """(place in `known`, distance) of the look nearest to this one; None when none is near. The first of equals."""
    wanted = int(look, 16)
    best, place = NEAR + 1, -1
    for n, other in enumerate(known):
        if (far := (wanted ^ other).bit_count()) < best:
            best, place = far, n
    return (place, best) if place >= 0 else None


def _waves(values: Sequence[float]) -> list[float]:
    return [sum(map(float.__mul__, wave, map(float, values))) for wave in _table()]


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(cos(pi * wave * (2 * x + 1) / (2 * SIDE)) for x in range(SIDE)) for wave in range(LOW))
