"""What a layout says of itself: page count, how far down each page is filled, where named boxes lie."""

from collections.abc import Mapping
from dataclasses import dataclass

UNIT = 17.0
"""One line of body text, in points: the baseline grid."""


@dataclass(frozen=True, slots=True)
class Box:
    """A named box: its page (from 1), its top edge from the text block's top, and its height, in points."""

    page: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. `bottoms`: lowest ink of each page, points from the text block's top; `over`: words sticking out."""

    pages: int
    bottoms: tuple[float, ...]
    boxes: Mapping[str, Box]
    over: tuple[str, ...]

    def lines(self, per_page: float) -> float:
        """Lines used in all, when a page holds `per_page`."""
        return (self.pages - 1) * per_page + self.bottoms[-1] / UNIT


@dataclass(frozen=True, slots=True)
class RunFit:
    """How a run fits its pages.

    `pages`: pages it fills, or, when it does not fit, pages that would hold all of it; `free_lines`: lines still empty
    on the pages it was given; `over_lines`: lines that do not fit; `left_out`: parts left out to make it fit.
    """

    pages: int
    free_lines: int
    over_lines: int
    left_out: tuple[str, ...] = ()
