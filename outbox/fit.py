"""Fitting a run to its pages: pictures grow by whole lines until the last page is full; nothing is ever cut off."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from outbox.geometry import UNIT, Layout, RunFit
from outbox.pdf import Press

_NOTES_FROM = 5  # free lines from which a box for the reader's own notes is worth its place
_NOTES_LINE, _NOTES_AROUND = 25.5, 52.0  # points of one ruled line, and of the box's heading and margins
_MOST_TRIES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the composer may turn: picture height in lines, and what fills or frees room. Heights in points."""

    lines: int = 8
    quote: bool = True
    aloud: bool = True
    pictures: int = 9
    big: bool = False
    tight: int = 0
    beside: bool = False
    notes: int = 0
    gap: float = 0.0
    slip: bool = True
    asks: int = 2
    inserts: tuple[int, ...] = ()
    snaps: Mapping[str, float] = field(default_factory=dict)

    def snap(self, name: str) -> float:
        """Points to add under this box, so that what follows stands on the grid again."""
        return self.snaps.get(name, 0.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The plan that was chosen, how it lies, and how it fits."""

    plan: Plan
    layout: Layout
    fit: RunFit


Draw = Callable[[Plan], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitter:
    """Lays plans out on one press. `per_page`: lines a page holds; `pages`: how many pages this run was given."""

    press: Press
    draw: Draw
    pages: int
    per_page: float

    def lay(self, plan: Plan) -> Layout:
        """The layout of this plan."""
        return self.press.lay(self.draw(plan))

    def free(self, layout: Layout) -> int:
        """Whole lines left empty on the given pages; negative when the run needs more of them."""
        return math.floor(self.pages * self.per_page - layout.lines(self.per_page) + 0.06)

    def snapped(self, plan: Plan, names: tuple[str, ...], offsets: Mapping[str, float]) -> Plan:
        """The plan with every named box padded to whole grid lines. `offsets`: margins that belong to the box."""
        boxes = self.lay(plan).boxes
        snaps = {}
        for name in names:
            if name in boxes:
                height = boxes[name].height + offsets.get(name, 0.0) - plan.snap(name)
                snaps[name] = math.ceil(height / UNIT - 0.02) * UNIT - height
        return replace(plan, snaps={**plan.snaps, **snaps})

    def grow(self, plan: Plan, *, most: int) -> tuple[Plan, Layout]:
        """The plan with the tallest picture, up to `most` lines, that stays within the given pages."""
        best, layout = plan, self.lay(plan)
        if layout.pages > self.pages:
            return best, layout
        wanted = min(most, plan.lines + self.free(layout))
        for _ in range(_MOST_TRIES):
            if wanted <= best.lines:
                break
            bolder = replace(best, lines=wanted)
            tried = self.lay(bolder)
            if tried.pages > self.pages:
                wanted -= 1
                continue
            best, layout = bolder, tried
            wanted = min(most, best.lines + self.free(layout))
        return best, layout

    def fill(self, plan: Plan, layout: Layout, *, notes: bool) -> tuple[Plan, Layout]:
        """What is still empty: a box for notes when there is much of it, then air above the closing boxes."""
        free = self.free(layout)
        if notes and free >= _NOTES_FROM:
            lines = math.floor((free * UNIT - _NOTES_AROUND) / _NOTES_LINE)
            plan, layout = self._kept(plan, layout, replace(plan, notes=lines))
            free = self.free(layout)
        if free >= 1:
            plan, layout = self._kept(plan, layout, replace(plan, gap=min(free, 4) * UNIT))
        return plan, layout

    def _kept(self, plan: Plan, layout: Layout, bolder: Plan) -> tuple[Plan, Layout]:
        """The bolder plan when it stays within its pages, else the one before."""
        tried = self.lay(bolder)
        return (bolder, tried) if tried.pages <= self.pages else (plan, layout)

    def result(self, plan: Plan, layout: Layout, *, fewest: int, left_out: tuple[str, ...] = ()) -> Fitted:
        """The finished fit of this plan. `fewest`: pages needed before anything was given up."""
        free = self.free(layout)
        pages = layout.pages if layout.pages <= self.pages else max(fewest, self.pages + 1)
        return Fitted(plan, layout, RunFit(pages, max(free, 0), max(-free, 0), left_out))
