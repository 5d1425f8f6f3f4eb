"""The pages of an issue as boxes: from its seal where there is one, else as the order of articles will make them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.desk.findings import Finding
from app.models.issue import Issue, IssueStage
from app.store import issues, manuscript, operations
from app.store.issues import Composition

A_SHORT_PAGE = 4  # articles of short news on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page: its design, what it holds, how full it is (None: not measured yet)."""

    number: int
    design: str  # cover, short, feature, more, last, empty
    articles: tuple[str, ...] = ()
    title: str = ""
    picture: str = ""
    over: int = 0
    free: int = 0

    @property
    def tone(self) -> str:
        """The class of its bar."""
        if self.over:
            return "bar-bad"
        return "bar-warn" if self.design == "empty" or self.free > 3 else "bar"


def leaves(session: Session, issue: Issue) -> list[Leaf]:
    """Every page of the issue, in order."""
    sealed = issues.latest_seal(session, issue.id) if issue.stage != IssueStage.DRAFT else None
    if sealed is not None:
        return _from_runs(sealed.snapshot["runs"], sealed.snapshot["articles"], issue.pages)
    composed = issues.composition(session, issue.id)
    held = {slot.article_id: _facts(session, slot.article_id) for slot in composed.slots}
    return _from_runs(expected_runs(composed), held, issue.pages)


def measured(snapshot: Mapping[str, Any], findings: Sequence[Finding]) -> list[Leaf]:
    """The pages as they were just laid out: which run over, which stay half empty."""
    pages = _from_runs(snapshot["runs"], snapshot["articles"], int(snapshot["issue"]["pages"]))
    over = {int(f.values["page"]): int(f.values["lines"]) for f in findings if f.kind == "over"}
    free = {int(f.values["page"]): int(f.values["lines"]) for f in findings if f.kind == "hole"}
    return [replace(leaf, over=over.get(leaf.number, 0), free=free.get(leaf.number, 0)) for leaf in pages]


def expected_runs(composed: Composition) -> list[dict[str, Any]]:
    """Runs as they will stand when every feature takes one page."""
    short = [slot.article_id for slot in composed.slots if slot.design == "short"]
    pages = [short[at : at + A_SHORT_PAGE] for at in range(0, len(short), A_SHORT_PAGE)]
    runs: list[dict[str, Any]] = [
        {"design": "cover", "articles": [composed.cover] if composed.cover else [], "pages": 1}
    ]
    runs += [{"design": "short", "articles": page, "pages": 1} for page in pages]
    runs += [
        {"design": "feature", "articles": [s.article_id], "pages": 1} for s in composed.slots if s.design == "feature"
    ]
    return [*runs, {"design": "last", "articles": [], "pages": 1}]


def spreads(pages: Sequence[Leaf]) -> list[tuple[Leaf, ...]]:
    """The pages as they fold: the last beside the first, then two by two."""
    if len(pages) < 2:
        return [tuple(pages)]
    inner = pages[1:-1]
    return [(pages[-1], pages[0]), *(tuple(inner[at : at + 2]) for at in range(0, len(inner), 2))]


def _from_runs(runs: Sequence[Mapping[str, Any]], held: Mapping[str, Mapping[str, Any]], pages: int) -> list[Leaf]:
    made: list[Leaf] = []
    for run in runs[:-1]:
        ids = tuple(run["articles"])
        article = held.get(ids[0], {}) if ids else {}
        picture = next((figure["asset"] for figure in article.get("figures", [])), "")
        for part in range(max(int(run.get("pages") or 1), 1)):
            design = run["design"] if part == 0 else "more"
            made.append(
                Leaf(
                    number=len(made) + 1,
                    design=design,
                    articles=ids,
                    title=article.get("headline", ""),
                    picture=picture,
                )
            )
    while len(made) < pages - 1:
        made.append(Leaf(number=len(made) + 1, design="empty"))
    return [*made, Leaf(number=len(made) + 1, design="last")]


def _facts(session: Session, article_id: str) -> dict[str, Any]:
    fields = operations.many_standing(session, [article_id], ["article"])[article_id]
    figures = [values for _, values in manuscript.parts(session, article_id, "figure")]
    return {"headline": fields.get("headline", ""), "figures": [f for f in figures if f.get("asset")]}
