"""Sizes worked out before layout: headlines that shrink by steps, rows of pictures, captions of whole lines."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.desk.wording import typeset
from outbox import fonts
from outbox.geometry import UNIT
from outbox.pictures import crop_position

MEASURE = 340.0
GAP = 5.0
_STEPS = ((25.0, 34.0), (22.0, 34.0), (19.5, 25.5), (17.0, 25.5), (14.0, 17.0), (12.0, 17.0))
_READABLE = 17.0  # below this a headline no longer stands out from the text; only for the very longest
_SLACK = 0.985  # our widths know no kerning: keep a little room, so that a line broken here is never broken again


@dataclass(frozen=True, slots=True)
class Head:
    """A headline: its lines, its size and leading in points, and the padding that brings it back to the grid."""

    lines: tuple[str, ...]
    size: float
    leading: float
    pad: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture in a row: asset name, alternative text, width in points, CSS object-position."""

    asset: str
    alt: str
    width: float
    position: str


@dataclass(frozen=True, slots=True)
class Row:
    """Pictures side by side, of one height in points, with one caption under them."""

    cells: tuple[Cell, ...]
    height: float
    caption: str
    credit: str
    caption_height: float

    @property
    def bare(self) -> "Row":
        """The same row without its caption."""
        return Row(self.cells, self.height, "", "", 0.0)


def headline(text: str, *, measure: float = MEASURE, largest: float = 25.0, lines: int = 2) -> Head:
    """The largest step at which this headline takes at most `lines` lines; longer ones get more lines."""
    text = typeset(text)
    steps = [step for step in _STEPS if step[0] <= largest]
    chosen, allowed = steps[-1], 99
    one_line = [(s, 1) for s in steps if s[0] >= largest * 0.85]
    big = [s for s in steps if s[0] >= _READABLE] or steps[:1]
    wider = [(s, lines + more) for more in (1, 2) for s in big if s[0] <= 19.5]
    for step, most in [*one_line, *((s, lines) for s in big), *wider, *((s, 99) for s in steps if s[0] < _READABLE)]:
        if _fits(text, step[0], measure, most):
            chosen, allowed = step, most
            break
    size, leading = chosen
    broken = fonts.balance(text, size=size, measure=measure * _SLACK)[:allowed]
    height = len(broken) * leading
    return Head(tuple(broken), size, leading, math.ceil(height / UNIT) * UNIT - height)


def _fits(text: str, size: float, measure: float, most: int) -> bool:
    lines = fonts.wrap(text, size=size, measure=measure * _SLACK)
    return len(lines) <= most and all(fonts.width(line, size=size) <= measure for line in lines)


def picture_name(figure: Mapping[str, Any]) -> str:
    """The asset name of a figure sized for print."""
    return f"pic-{figure['asset'][:24]}.jpg"


def natural_lines(figures: Sequence[Mapping[str, Any]], measure: float = MEASURE) -> float:
    """Lines a row of these pictures takes at `measure` without any crop."""
    ratios = sum(float(figure["width"]) / float(figure["height"]) for figure in figures)
    return (measure - GAP * (len(figures) - 1)) / ratios / UNIT


def row_of(figures: Sequence[Mapping[str, Any]], *, lines: float, measure: float = MEASURE, small: float = 10.0) -> Row:
    """These pictures side by side, `lines` high, each as wide as its shape asks, with their captions in one."""
    ratios = [min(max(figure["width"] / figure["height"], 0.6), 2.0) for figure in figures]
    room, height = measure - GAP * (len(figures) - 1), lines * UNIT
    widths = [room * ratio / sum(ratios) for ratio in ratios]
    cells = tuple(
        Cell(picture_name(f), f["alt"], width, crop_position(f, width=width, height=height))
        for f, width in zip(figures, widths, strict=True)
    )
    caption, credit = join_captions(figures)
    return Row(cells, height, caption, credit, caption_height(f"{caption} {credit}", measure=measure, small=small))


def join_captions(figures: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The captions in one line of text, and the credits, each named once."""
    captions = [typeset(f["caption"]) for f in figures if f["caption"]]
    credits = dict.fromkeys(typeset(f["credit"]) for f in figures if f["credit"])
    return " ".join(captions), "; ".join(credits)


def caption_height(text: str, *, measure: float, small: float = 10.0) -> float:
    """Height in whole grid lines of a caption of 12.75 pt lines under a picture."""
    if not text.strip():
        return 0.0
    count = len(fonts.wrap(text, size=small, measure=measure * _SLACK, weight=400))
    return math.ceil((count * 12.75 + 4.25) / UNIT) * UNIT
