"""The cover: masthead, brocade band, the picture and headline of one article, what to remember, and the contents."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.desk.wording import typeset
from app.models.errors import Unprintable
from outbox import fonts
from outbox.fit import Fitted, Fitter, Plan
from outbox.pdf import Press
from outbox.render import page
from outbox.runs import Job
from outbox.slots import MEASURE, headline, natural_lines, row_of

LINES = 31.25
_LONG_NAME = 12  # letters of the longest name that stands on one line
_NAME_ROOM = 281.0  # points beside the issue number
_PLANS = (Plan(lines=5), Plan(lines=5, tight=1), Plan(lines=4), Plan(lines=4, tight=1), Plan(lines=2, tight=1))
# Size, leading, most lines, letter-spacing in em.
_NAMES = (
    (51, 68, 1, -0.028),
    (45, 68, 1, -0.028),
    (39, 68, 1, -0.02),
    (31, 34, 2, -0.015),
    (27, 34, 2, -0.015),
    (23, 34, 2, -0.015),
    (21, 25.5, 3, -0.015),
    (17, 22.7, 3, -0.015),
    (13, 17, 4, 0),
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover of an issue."""

    job: Job
    article: Mapping[str, Any]

    def draw(self, plan: Plan) -> str:
        """The page text of this plan."""
        snapshot = self.job.snapshot
        figures = self.article["figures"][:1]
        five, toc = self._widths()
        return page(
            "bulletin/cover.html",
            **self.job.common(),
            plan=plan,
            who=_publisher(snapshot["office"]["name"]),
            name=masthead(snapshot["bulletin"]["name"]),
            issue=snapshot["issue"],
            date=self.job.date,
            article=self.article,
            row=row_of(figures, lines=plan.lines) if figures else None,
            head=headline(self.article["headline"], largest=19.5 if plan.tight else 25.0),
            page=self._page(),
            things=snapshot["cover"]["things"],
            contents=contents(self.job),
            five_width=five,
            thing_size=self._thing_size(five),
            toc_width=toc,
        )

    def _page(self) -> int:
        runs = [r for r in self.job.snapshot["runs"] if r["design"] != "cover" and self.article["id"] in r["articles"]]
        if not runs:
            raise Unprintable("The cover shows an article that is on no other page of the issue.")
        return int(runs[0]["page"])

    def _widths(self) -> tuple[float, float]:
        """Widths of the things to remember and of the contents, each by its longest line, within reason."""
        if not self.job.snapshot["cover"]["things"]:
            return 0.0, MEASURE
        sections = [typeset(entry["section"]) for entry in contents(self.job)]
        things = [(typeset(t["lead"]), typeset(t["text"])) for t in self.job.snapshot["cover"]["things"]]
        wanted = max(fonts.width(section, size=10, weight=500) for section in sections) + 22
        five = max(_thing_width(lead, text, size=12) for lead, text in things) + 41
        room = MEASURE - 11
        toc = min(max(wanted, 100.0), max(room - five, 106.0))
        return room - toc, toc

    def _thing_size(self, width: float) -> float:
        """The largest of three sizes at which every thing to remember stands on one line, else the smallest."""
        things = [(typeset(t["lead"]), typeset(t["text"])) for t in self.job.snapshot["cover"]["things"]]
        fitting = [s for s in (12.0, 11.5, 11.0) if all(_thing_width(a, b, size=s) <= width - 41 for a, b in things)]
        return fitting[0] if fitting else 11.0


def _thing_width(lead: str, text: str, *, size: float) -> float:
    return fonts.width(f"{lead} ", size=size, weight=700) + fonts.width(text, size=size, weight=400)


def compose(job: Job, press: Press) -> tuple[str, Fitted]:
    """The page text of the cover and how it fits."""
    cover = Cover(job, job.articles[0])
    fitter = Fitter(press=press, draw=cover.draw, pages=1, per_page=LINES)
    figures = cover.article["figures"][:1]
    most = min(14, math.ceil(natural_lines(figures) * 1.2)) if figures else 16
    plan = next((plan for plan in _PLANS if fitter.lay(plan).pages == 1), _PLANS[-1])
    plan, layout = fitter.grow(plan, most=most)
    free = LINES * 17 - layout.bottoms[-1]
    if layout.pages == 1 and 0 < free < 17 * 5:
        plan = replace(plan, gap=max(0.0, free - 1))
        layout = fitter.lay(plan)
    return cover.draw(plan), fitter.result(plan, layout, fewest=layout.pages)


def contents(job: Job) -> list[dict[str, Any]]:
    """Name and first page of every run after the cover; a name that goes on is listed once.

    A feature is named by its kicker, which is short, and else by its section.
    """
    entries: dict[str, int] = {}
    for run in job.snapshot["runs"]:
        if run["design"] != "cover":
            entries.setdefault(_name(job, run), int(run["page"]))
    return [{"section": section, "page": at} for section, at in entries.items()]


def _name(job: Job, run: Mapping[str, Any]) -> str:
    kickers = [job.snapshot["articles"][key]["kicker"] for key in run["articles"] if run["design"] == "feature"]
    return next((kicker for kicker in kickers if kicker), "") or run["section"] or "Lịch, số cần gọi"


def masthead(name: str) -> dict[str, Any]:
    """Lines, size and leading of the bulletin's name: one line up to 12 letters, then two, smaller as it grows."""
    text = typeset(name)
    for step in _NAMES:
        size, leading, most, spacing = step
        if most == 1 and len(text) > _LONG_NAME:
            continue
        lines = fonts.balance(text, size=size, measure=_NAME_ROOM)
        tightened = [fonts.width(line, size=size) + spacing * size * len(line) for line in lines]
        if len(lines) <= most and max(tightened) <= _NAME_ROOM:
            break
    else:
        lines, size, leading, spacing = fonts.balance(text, size=11, measure=_NAME_ROOM), 11, 17, 0
    return {
        "lines": lines,
        "size": size,
        "leading": leading,
        "spacing": spacing,
        "height": max(68, len(lines) * leading),
    }


def _publisher(name: str) -> list[str]:
    """The publisher's name in capitals, on one line beside BẢN TIN when it fits, else on two or more."""
    text = typeset(name).upper()
    spaced = 0.45 * len(text)  # letter-spacing of .05em at 9 pt
    if fonts.width(text, size=9, weight=600) + spaced <= 225:
        return [text]
    return fonts.balance(text, size=8, measure=200, weight=600)
