"""The feature page: one article on one to three pages, drawn in the shape its own content asks for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.desk.wording import typeset
from outbox.fit import Fitted, Fitter, Plan
from outbox.geometry import Layout
from outbox.pdf import Press
from outbox.render import page
from outbox.runs import Job, qr_name
from outbox.slots import (
    MEASURE,
    Cell,
    Head,
    Row,
    caption_height,
    headline,
    join_captions,
    natural_lines,
    row_of,
)

LINES = 29
_SIDE, _TALL = 136.0, 187.0
_DROPPABLE = set("ABCDEGHIKLMNOPQRSTUVXYĐ")  # an accent would hit the line above
_DROP_FROM = 170  # letters of a first paragraph that surely takes four lines
_SIDE_QUOTE = 75  # letters of the longest quote that stands beside the text
_BOXES = ("sapo", "quote", "aloud")
# What is given up, in this order, until the text fits: air first, approved parts last; those are reported.
_SAVINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("", {"tight": 1}),
    ("pictures", {"pictures": 2}),
    ("quote", {"quote": False}),
    ("", {"tight": 2}),
    ("pictures", {"pictures": 1}),
)
Figures = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph as it is drawn, with what stands before it."""

    kind: str
    text: str
    classes: str
    step: int = 0
    drop: str = ""
    lead: str = ""
    row: Row | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One article laid out as a feature; `pages` is what the page map gives it."""

    job: Job
    article: Mapping[str, Any]
    pages: int

    @property
    def shape(self) -> str:
        """`portrait`, `above` (picture over the headline) or `wide`."""
        figures = self.article["figures"]
        if figures and figures[0]["height"] > figures[0]["width"] * 1.1:
            return "portrait"
        steps = any(p["kind"] == "step" for p in self.article["paragraphs"])
        return "above" if figures and (steps or (len(figures) == 1 and self.article["aloud"])) else "wide"

    def split(self, plan: Plan) -> tuple[Figures, Figures]:
        """The figures that open the article, and those that stand further down."""
        figures = list(self.article["figures"])[: plan.pictures]
        if self.shape == "portrait":
            return ([], figures[1:]) if self.pages > 1 else (figures[1:], [])
        return (figures[:2], figures[2:]) if self.pages > 1 else (figures, [])

    def draw(self, plan: Plan) -> str:
        """The page text of this plan."""
        opening, further = self.split(plan)
        rows = [
            row_of(opening[i : i + 2], lines=self._lines(plan, opening[i : i + 2])) for i in range(0, len(opening), 2)
        ]
        tall = self._tall(plan) if self.shape == "portrait" else None
        return page(
            "bulletin/feature.html",
            **self.job.common(),
            article=self.article,
            plan=plan,
            shape=self.shape,
            rows=rows,
            tall=tall,
            tall_height=plan.lines * 17.0,
            head=self._head(plan),
            pieces=self.pieces(plan, further),
            qr=qr_name(self.article),
        )

    def _lines(self, plan: Plan, figures: Figures) -> float:
        return plan.lines if self.shape != "portrait" else max(5, math.floor(natural_lines(figures) * 0.8))

    def _head(self, plan: Plan) -> Head:
        if self.shape == "portrait":
            return headline(self.article["headline"], measure=_SIDE, largest=19.5, lines=4)
        return headline(self.article["headline"], largest=19.5 if plan.tight > 1 else 25.0)

    def _tall(self, plan: Plan) -> Any:
        figure = self.article["figures"][0]
        row = row_of([figure], lines=plan.lines, measure=_TALL)
        caption, credit = join_captions([figure])
        height = caption_height(f"{caption} {credit}", measure=MEASURE)
        cell = row.cells[0]
        return {**_cell(cell), "caption": caption, "credit": credit, "caption_height": height}

    def pieces(self, plan: Plan, further: Figures) -> list[Piece]:
        """The paragraphs, with the further pictures and the quote put where the plan says."""
        paragraphs = [p for p in self.article["paragraphs"] if p["text"].strip()]
        places = dict(zip(plan.inserts or _spread(len(paragraphs), len(further)), further, strict=False))
        where = _quote_place(paragraphs, taken=set(places)) if plan.quote and self.article["quote"] else -1
        shape = "side" if self.pages == 1 and len(self.article["quote"]) <= _SIDE_QUOTE else "wide"
        drawn, step = [], 0
        for number, paragraph in enumerate(paragraphs):
            step = step + 1 if paragraph["kind"] == "step" else 0
            piece = _piece(paragraph["kind"], typeset(paragraph["text"]), first=number == 0, step=step)
            if number in places:
                figure = places[number]
                piece = replace(piece, row=row_of([figure], lines=_further_lines(figure, plan)))
            drawn.append(replace(piece, quote=shape if number == where else ""))
        return drawn


def compose(job: Job, press: Press) -> tuple[str, Fitted]:
    """The page text of a feature run and how it fits."""
    pages = max(1, int(job.run["pages"]))
    feature = Feature(job, job.articles[0], pages)
    fitter = Fitter(press=press, draw=feature.draw, pages=pages, per_page=LINES)
    fitted = _fit(feature, fitter)
    return feature.draw(fitted.plan), fitted


def _fit(feature: Feature, fitter: Fitter) -> Fitted:
    low, most = _range(feature)
    offsets = {"quote": 8.5 if fitter.pages == 1 else 17.0}
    plan = fitter.snapped(Plan(lines=low), _BOXES, offsets)
    layout = fitter.lay(plan)
    fewest = layout.pages
    plan, layout = _saved(feature, fitter, plan, layout, offsets)
    left_out = _left_out(feature, plan)
    if layout.pages > fitter.pages:
        return fitter.result(plan, layout, fewest=fewest, left_out=left_out)
    if feature.shape == "portrait":
        side = layout.boxes["side"].height / 17
        low = max(low, math.ceil(side - 0.05))
        plan = replace(plan, lines=low)
    plan = _placed(feature, fitter, plan)
    plan, layout = fitter.grow(plan, most=max(most, low))
    plan = _placed(feature, fitter, plan)
    plan, layout = fitter.grow(plan, most=max(most, low))
    if fitter.free(layout) >= 3 and feature.shape != "portrait" and feature.article["standfirst"]:
        bigger = fitter.snapped(replace(plan, big=True), ("sapo",), {})
        tried = fitter.lay(bigger)
        plan, layout = (bigger, tried) if tried.pages <= fitter.pages else (plan, layout)
    plan, layout = fitter.fill(plan, layout, notes=True)
    return fitter.result(plan, layout, fewest=fewest, left_out=left_out)


def _placed(feature: Feature, fitter: Fitter, plan: Plan) -> Plan:
    """Further pictures stand near the top of the pages that follow, where they push nothing before them away."""
    _, further = feature.split(plan)
    if not further:
        return plan
    boxes = fitter.lay(replace(plan, inserts=(len(feature.article["paragraphs"]) + 9,) * len(further))).boxes
    starts = [(int(name[1:]), box.page) for name, box in boxes.items() if name[0] == "p" and name[1:].isdigit()]
    paragraphs = [p for p in feature.article["paragraphs"] if p["text"].strip()]
    usable = [
        (n, at)
        for n, at in sorted(starts)
        if n > 0 and paragraphs[n]["kind"] == "text" and paragraphs[n - 1]["kind"] == "text"
    ]
    chosen: list[int] = []
    for number in range(len(further)):
        wanted = min(2 + number, feature.pages)
        later = [n for n, at in usable if at >= wanted and n not in chosen]
        chosen += later[:1] or [n for n, _ in usable[::-1] if n not in chosen][:1]
    return replace(plan, inserts=tuple(chosen)) if len(chosen) == len(further) else plan


def _saved(
    feature: Feature, fitter: Fitter, plan: Plan, layout: Layout, offsets: Mapping[str, float]
) -> tuple[Plan, Layout]:
    """Gives up what must be given up, step by step, then takes back, from the last step, whatever finds room after all."""
    taken: list[dict[str, Any]] = []
    for part, change in _SAVINGS:
        if layout.pages <= fitter.pages:
            break
        if part and not _has(feature, part, change.get("pictures", 0)):
            continue
        taken.append({name: getattr(plan, name) for name in change})
        plan = fitter.snapped(replace(plan, **change), _BOXES, offsets)
        layout = fitter.lay(plan)
    for before in taken[-2::-1] if layout.pages <= fitter.pages else ():
        richer = fitter.snapped(replace(plan, **before), _BOXES, offsets)
        tried = fitter.lay(richer)
        plan, layout = (richer, tried) if tried.pages <= fitter.pages else (plan, layout)
    return plan, layout


def _has(feature: Feature, part: str, fewer: int) -> bool:
    return len(feature.article["figures"]) > fewer if part == "pictures" else bool(feature.article["quote"])


def _left_out(feature: Feature, plan: Plan) -> tuple[str, ...]:
    """Approved parts this plan does not show."""
    pictures = len(feature.article["figures"]) > plan.pictures
    quote = bool(feature.article["quote"]) and not plan.quote
    return tuple(name for name, out in (("pictures", pictures), ("quote", quote)) if out)


def _range(feature: Feature) -> tuple[int, int]:
    """Fewest and most lines the opening picture may take: it is cropped a little, never to a sliver."""
    figures = feature.article["figures"]
    if not figures:
        return 8, 8
    if feature.shape == "portrait":
        natural = natural_lines(figures[:1], _TALL)
        return max(9, math.floor(natural * 0.75)), min(21, math.ceil(natural * 1.15))
    natural = natural_lines(figures[:2] if feature.split(Plan())[0][1:] else figures[:1])
    return max(4, math.floor(natural * 0.48)), min(17, math.ceil(natural * 1.2))


def _piece(kind: str, text: str, *, first: bool, step: int) -> Piece:
    if kind == "step":
        lead, colon, rest = text.partition(": ")
        bold = f"{lead}:" if colon and len(lead) <= 40 else ""
        return Piece(kind, rest if bold else text, "step", step=step, lead=bold)
    if first and kind == "text" and len(text) >= _DROP_FROM and text[0] in _DROPPABLE and text[1] != " ":
        return Piece(kind, text[1:], "first", drop=text[0])
    return Piece(kind, text, "first" if first else "plain")


def _quote_place(paragraphs: list[Mapping[str, Any]], taken: set[int]) -> int:
    """Before the paragraph nearest to a third of the text; never before a subhead, a step or the first paragraph."""
    places = [
        n
        for n in range(1, len(paragraphs))
        if paragraphs[n]["kind"] == "text" and n not in taken and paragraphs[n - 1]["kind"] == "text"
    ]
    return min(places, key=lambda n: abs(n - len(paragraphs) / 3)) if places else -1


def _further_lines(figure: Mapping[str, Any], plan: Plan) -> int:
    return max(5, min(11, math.floor(natural_lines([figure]) * (0.6 if plan.tight else 0.85))))


def _spread(paragraphs: int, figures: int) -> tuple[int, ...]:
    return tuple(min(paragraphs - 1, (number + 1) * paragraphs // (figures + 1)) for number in range(figures))


def _cell(cell: Cell) -> dict[str, Any]:
    return {"asset": cell.asset, "alt": cell.alt, "position": cell.position}
