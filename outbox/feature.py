"""The feature page: one article on one to three pages, drawn in the shape its own content asks for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.desk.wording import typeset
from outbox import pieces
from outbox.fit import Fitted, Fitter, Plan
from outbox.geometry import UNIT, Layout
from outbox.pdf import Press
from outbox.render import page
from outbox.runs import Job, qr_name
from outbox.slots import (
    MEASURE,
    Cell,
    Head,
    caption_height,
    headline,
    join_captions,
    natural_lines,
    row_of,
)

LINES = 29
_SIDE, _TALL, _INSET = 136.0, 187.0, 161.5
_SIDE_QUOTE = 75  # letters of the longest quote that stands beside the text
_BOXES = ("sapo", "quote", "aloud")
_MOST_SAVED = 26  # lines that everything below could spare together; a longer text is told so at once
# What is given up, in this order, until the text fits: air first, approved parts last; those are reported.
_SAVINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("", {"tight": 1}),
    ("beside", {"beside": True}),
    ("pictures", {"pictures": 2}),
    ("quote", {"quote": False}),
    ("", {"tight": 2}),
    ("pictures", {"pictures": 1}),
)
Figures = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Feature:
    """One article laid out as a feature; `pages` is what the page map gives it."""

    job: Job
    article: Mapping[str, Any]
    pages: int

    def shape(self, plan: Plan) -> str:
        """`portrait` (picture beside the headline), `above` (over it), `wide` (under it), `wrap` (in half a column)."""
        figures = self.article["figures"]
        if figures and figures[0]["height"] > figures[0]["width"] * 1.1:
            return "portrait"
        if figures and plan.beside:
            return "wrap"
        steps = any(p["kind"] == "step" for p in self.article["paragraphs"])
        return "above" if figures and (steps or (len(figures) == 1 and self.article["aloud"])) else "wide"

    def split(self, plan: Plan) -> tuple[Figures, Figures]:
        """The figures that open the article, and those that stand further down."""
        figures = list(self.article["figures"])[: plan.pictures]
        if self.shape(plan) == "wrap":
            return [], []
        if self.shape(plan) == "portrait":
            return ([], figures[1:]) if self.pages > 1 else (figures[1:], [])
        return (figures[:2], figures[2:]) if self.pages > 1 else (figures, [])

    def draw(self, plan: Plan) -> str:
        """The page text of this plan."""
        opening, further = self.split(plan)
        rows = [
            row_of(opening[i : i + 2], lines=self._lines(plan, opening[i : i + 2])) for i in range(0, len(opening), 2)
        ]
        tall = self._tall(plan) if self.shape(plan) == "portrait" else None
        return page(
            "bulletin/feature.html",
            **self.job.common(),
            article=self.article,
            plan=plan,
            shape=self.shape(plan),
            rows=rows,
            tall=tall,
            inset=row_of(self.article["figures"][:1], lines=plan.lines, measure=_INSET, small=9.5)
            if self.shape(plan) == "wrap"
            else None,
            tall_height=plan.lines * 17.0,
            head=self._head(plan),
            pieces=self.paragraphs(plan, further),
            qr=qr_name(self.article),
        )

    def _lines(self, plan: Plan, figures: Figures) -> float:
        return plan.lines if self.shape(plan) != "portrait" else max(5, math.floor(natural_lines(figures) * 0.8))

    def _head(self, plan: Plan) -> Head:
        if self.shape(plan) == "portrait":
            return headline(self.article["headline"], measure=_SIDE, largest=19.5, lines=4)
        return headline(self.article["headline"], largest=19.5 if plan.tight > 1 else 25.0)

    def _tall(self, plan: Plan) -> Any:
        figure = self.article["figures"][0]
        row = row_of([figure], lines=plan.lines, measure=_TALL)
        caption, credit = join_captions([figure])
        height = caption_height(f"{caption} {credit}", measure=MEASURE)
        cell = row.cells[0]
        return {**_cell(cell), "caption": caption, "credit": credit, "caption_height": height}

    def paragraphs(self, plan: Plan, further: Figures) -> list[pieces.Piece]:
        """The paragraphs, with the further pictures and the quote put where the plan says."""
        paragraphs = [p for p in self.article["paragraphs"] if p["text"].strip()]
        places = dict(zip(plan.inserts or pieces.spread(len(paragraphs), len(further)), further, strict=False))
        where = pieces.quote_place(paragraphs, taken=set(places)) if plan.quote and self.article["quote"] else -1
        shape = "side" if self.pages == 1 and len(self.article["quote"]) <= _SIDE_QUOTE else "wide"
        drawn, step = [], 0
        for number, paragraph in enumerate(paragraphs):
            step = step + 1 if paragraph["kind"] == "step" else 0
            piece = pieces.piece(
                paragraph["kind"], typeset(paragraph["text"]), first=number == 0, step=step, large=not plan.beside
            )
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
    low, _ = _range(feature, Plan())
    offsets = {"quote": 8.5 if fitter.pages == 1 else 17.0}
    plan = fitter.snapped(Plan(lines=low), _BOXES, offsets)
    layout = fitter.lay(plan)
    fewest = layout.pages
    if fitter.free(layout) > -_MOST_SAVED:
        plan, layout = _saved(feature, fitter, plan, layout, offsets)
    left_out = _left_out(feature, plan)
    if layout.pages > fitter.pages:
        return fitter.result(plan, layout, fewest=fewest, left_out=left_out)
    low, most = _range(feature, plan)
    if "side" in layout.boxes:
        plan = replace(plan, lines=max(low, math.ceil(layout.boxes["side"].height / UNIT - 0.05)))
    plan = _placed(feature, fitter, plan)
    plan, layout = fitter.grow(plan, most=max(most, plan.lines))
    plan = _placed(feature, fitter, plan)
    plan, layout = fitter.grow(plan, most=max(most, plan.lines))
    if fitter.free(layout) >= 3 and feature.shape(plan) != "portrait" and feature.article["standfirst"]:
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
    """Gives up what must be given up, step by step, then takes back whatever finds room after all."""
    taken: list[dict[str, Any]] = []
    for part, change in _SAVINGS:
        if layout.pages <= fitter.pages:
            break
        if part and not _has(feature, part, plan, change.get("pictures", 0)):
            continue
        if part == "beside":
            change = {**change, "lines": _range(feature, replace(plan, beside=True))[0]}
        taken.append({name: getattr(plan, name) for name in change})
        plan = fitter.snapped(replace(plan, **change), _BOXES, offsets)
        layout = fitter.lay(plan)
    for before in taken[-2::-1] if layout.pages <= fitter.pages else ():
        richer = fitter.snapped(replace(plan, **before), _BOXES, offsets)
        tried = fitter.lay(richer)
        plan, layout = (richer, tried) if tried.pages <= fitter.pages else (plan, layout)
    return plan, layout


def _has(feature: Feature, part: str, plan: Plan, fewer: int) -> bool:
    figures = feature.article["figures"]
    if part == "beside":
        return bool(figures) and feature.pages == 1 and feature.shape(plan) != "portrait"
    return len(figures) > fewer if part == "pictures" else bool(feature.article["quote"])


def _left_out(feature: Feature, plan: Plan) -> tuple[str, ...]:
    """Approved parts this plan does not show."""
    shown = 1 if plan.beside else plan.pictures
    pictures = len(feature.article["figures"]) > shown
    paragraphs = feature.paragraphs(plan, feature.split(plan)[1])
    quote = bool(feature.article["quote"]) and not any(piece.quote for piece in paragraphs)
    return tuple(name for name, out in (("pictures", pictures), ("quote", quote)) if out)


def _range(feature: Feature, plan: Plan) -> tuple[int, int]:
    """Fewest and most lines the opening picture may take: it is cropped a little, never to a sliver."""
    figures = feature.article["figures"]
    if not figures:
        return 8, 8
    if feature.shape(plan) == "portrait":
        natural = natural_lines(figures[:1], _TALL)
        return max(9, math.floor(natural * 0.75)), min(21, math.ceil(natural * 1.15))
    if plan.beside:
        natural = natural_lines(figures[:1], _INSET)
        return max(4, math.floor(natural * 0.85)), math.ceil(natural * 1.3)
    natural = natural_lines(figures[:2] if feature.split(plan)[0][1:] else figures[:1])
    return max(4, math.floor(natural * 0.48)), min(17, math.ceil(natural * 1.2))


def _further_lines(figure: Mapping[str, Any], plan: Plan) -> int:
    return max(5, min(11, math.floor(natural_lines([figure]) * (0.6 if plan.tight else 0.85))))


def _cell(cell: Cell) -> dict[str, Any]:
    return {"asset": cell.asset, "alt": cell.alt, "position": cell.position}
