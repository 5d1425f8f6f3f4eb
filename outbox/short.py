"""The short-news page: one lead item with its picture, the others below it in two columns."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from outbox.fit import Fitted, Fitter, Plan
from outbox.pdf import Press
from outbox.render import page
from outbox.runs import Job
from outbox.slots import Head, Row, headline, natural_lines, row_of

LINES = 29
# What is given up, in this order, until the page holds.
_SAVINGS: tuple[dict[str, Any], ...] = (
    {"tight": 1},
    {"pictures": 1},
    {"aloud": False},
    {"lines": 0},
)
_COLUMN = 161.5


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of short news as it is drawn; `place` is its red place name."""

    article: Mapping[str, Any]
    place: str
    texts: tuple[str, ...]
    row: Row | None
    head: Head


@dataclass(frozen=True, slots=True)
class Short:
    """A page of short news."""

    job: Job

    def draw(self, plan: Plan) -> str:
        """The page text of this plan."""
        lead, *briefs = self.job.articles
        return page(
            "bulletin/short.html",
            **self.job.common(),
            plan=plan,
            spoken=next((article for article in self.job.articles if article["aloud"]), None),
            title_head=headline(self.job.run["section"]),
            lead=self._lead(lead, plan),
            briefs=[self._brief(article, plan) for article in briefs],
            whole=_are_twins(briefs),
        )

    def _lead(self, article: Mapping[str, Any], plan: Plan) -> Item:
        row = row_of(article["figures"][:2], lines=plan.lines) if article["figures"] and plan.lines else None
        return Item(
            article, self._place(article), _texts(article, skip=True), row, headline(article["headline"], largest=19.5)
        )

    def _brief(self, article: Mapping[str, Any], plan: Plan) -> Item:
        figures = article["figures"][:1] if plan.pictures > 1 else []
        lines = max(3, min(8, math.floor(natural_lines(figures, _COLUMN) * 0.95))) if figures else 0
        row = row_of(figures, lines=lines, measure=_COLUMN, small=9.5) if figures else None
        return Item(article, self._place(article), _texts(article, skip=False), row, headline(article["headline"]))

    def _place(self, article: Mapping[str, Any]) -> str:
        kicker = str(article["kicker"])
        return (
            "" if kicker.casefold() in (self.job.run["section"].casefold(), article["section"].casefold()) else kicker
        )


def compose(job: Job, press: Press) -> tuple[str, Fitted]:
    """The page text of a short-news run and how it fits."""
    short = Short(job)
    fitter = Fitter(press=press, draw=short.draw, pages=max(1, int(job.run["pages"])), per_page=LINES)
    figures = job.articles[0]["figures"][:2]
    natural = natural_lines(figures) if figures else 4
    plan = fitter.snapped(Plan(lines=max(4, math.floor(natural * 0.42))), ("aloud",), {})
    layout = fitter.lay(plan)
    fewest = layout.pages
    for change in _SAVINGS:
        if layout.pages <= fitter.pages:
            break
        plan = fitter.snapped(replace(plan, **change), ("aloud",), {})
        layout = fitter.lay(plan)
    if layout.pages <= fitter.pages:
        most = min(17, math.ceil(natural * 1.15)) if figures and plan.lines else plan.lines
        plan, layout = fitter.grow(plan, most=most)
        plan, layout = fitter.fill(plan, layout, notes=True)
    return short.draw(plan), fitter.result(plan, layout, fewest=fewest, left_out=_left_out(job, plan))


def _left_out(job: Job, plan: Plan) -> tuple[str, ...]:
    """Approved parts this plan does not show. Of several texts to be read aloud a page has room for one."""
    lead, *briefs = job.articles
    lead_lost = bool(lead["figures"]) and not plan.lines
    pictures = lead_lost or (plan.pictures < 2 and any(brief["figures"] for brief in briefs))
    spoken = [article for article in job.articles if article["aloud"]]
    aloud = len(spoken) > (1 if plan.aloud else 0)
    return tuple(name for name, out in (("pictures", pictures), ("aloud", aloud)) if out)


def _are_twins(briefs: Sequence[Mapping[str, Any]]) -> bool:
    """Two briefs of nearly the same length stand side by side, unbroken; any others flow through the columns."""
    sizes = [sum(len(text) for text in _texts(brief, skip=False)) for brief in briefs]
    return len(sizes) == 2 and max(sizes) <= 1.7 * min(sizes)


def _texts(article: Mapping[str, Any], *, skip: bool) -> tuple[str, ...]:
    """Paragraphs of a short item; the standfirst opens a brief, whose design has no place of its own for it."""
    opening = [article["standfirst"]] if article["standfirst"] and not skip else []
    return (*opening, *(p["text"] for p in article["paragraphs"] if p["text"].strip()))
