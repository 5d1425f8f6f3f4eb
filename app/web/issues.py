"""Số bản tin: every number, and the page of one: its map, its contents, what still keeps it from being signed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypedDict, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk import wording
from app.desk.findings import Finding
from app.desk.policy import may
from app.models.errors import Refused
from app.models.issue import Issue, IssueStage
from app.models.person import Person
from app.store import articles, issues, people, sealing
from app.web import plan, remarks
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import local, tr
from app.web.proofs import proof_progress, proof_rows
from app.web.states import article_state, issue_state
from outbox import proof

routes = Blueprint("issues", __name__)
LACKS = ("imprint", "office_fact")
DESIGNS = {"short": "Short news", "feature": "Feature"}
PAGES = [(str(count), str(count)) for count in range(4, 28, 4)]


class Wanted(TypedDict):
    """What the form of a number says."""

    number: int
    pages: int
    issue_date: date


@routes.get("/so-ban-tin")
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """Every number, newest first, and the form that opens the next."""
    today = local(context().now()).date()
    rows = [
        {
            "id": issue.id,
            "number": issue.number,
            "date": issue.issue_date,
            "pages": issue.pages,
            "state": issue_state(issue.stage),
        }
        for issue in issues.listing(session)
    ]
    blank = _blank(session)
    day = blank.issue_date if blank else today + timedelta(days=14)
    following = {
        "number": blank.number if blank else issues.next_number_of(session, today.year),
        "date": day.isoformat(),
        "pages": str(blank.pages if blank else 8),
    }
    values = {"rows": rows, "following": following, "blank": blank is not None, "page_choices": PAGES}
    return Page("issues.html", values)


@routes.post("/so-ban-tin")
@needs("issue.compose")
@door("writing")
def create(session: Session) -> Response:
    """Opens a number; one that stands open and empty, as the timer leaves it, takes these values instead."""
    wanted, blank = _wanted(), _blank(session)
    if blank is None:
        issue = issues.create(session, **wanted, actor=actor(), now=context().now())
    else:
        issue = issues.change(session, blank.id, **wanted, actor=actor(), now=context().now())
    return redirect(f"/so-ban-tin/{issue.id}", 303)


@routes.post("/so-ban-tin/<issue_id>/so")
@needs("issue.compose")
@door("writing")
def change(session: Session, issue_id: str) -> Response:
    """Another number, day or count of pages for an issue that is not signed."""
    issues.change(session, issue_id, **_wanted(), actor=actor(), now=context().now())
    return redirect(f"/so-ban-tin/{issue_id}?xong=so", 303)


def _wanted() -> Wanted:
    said = request.form
    try:
        return {
            "number": int(said.get("so", "")),
            "pages": int(said.get("trang", "8")),
            "issue_date": date.fromisoformat(said.get("ngay", "")),
        }
    except ValueError:
        raise Refused("An issue needs a number, a day and a count of pages.") from None


def _blank(session: Session) -> Issue | None:
    """The open issue while nothing stands in it."""
    issue = issues.open_issue(session)
    is_blank = issue and issue.stage == IssueStage.DRAFT and not issues.composition(session, issue.id).slots
    return issue if is_blank else None


@routes.get("/so-ban-tin/<issue_id>")
@needs("look")
@door("own")
def one(issue_id: str) -> Page:
    """One issue. With `do=1` every page is laid out and measured first, while no transaction is open."""
    laid = None
    if request.args.get("do") == "1":
        laid = proof.lay_out(context().folder, issue_id, now=context().now())
    with context().lend("reading") as session:
        issue = issues.get(session, issue_id)
        pages = plan.measured(laid.snapshot, laid.findings) if laid else plan.leaves(session, issue)
        found = laid.findings if laid else sealing.issue_findings(session, issue)
        return Page(
            "issue.html",
            {**_head(session, issue), **_map(session, issue, pages), **_todo(found, pages), **_texts(session, issue)},
        )


def _head(session: Session, issue: Issue) -> dict[str, Any]:
    person = cast(Person, g.visitor.person)
    signature = issues.signature(session, issue.id)
    sealed = issues.latest_seal(session, issue.id) if issue.stage != IssueStage.DRAFT else None
    closes = issue.issue_date - timedelta(days=1)
    made = proof_rows(session, sealed) if sealed else []
    progress = proof_progress(made, len(proof.wanted(sealed.snapshot)) if sealed else 0)
    proofs, posts = [row for row in made if not row["title"]], [row for row in made if row["title"]]
    return {
        "issue": {
            "id": issue.id,
            "number": issue.number,
            "date": issue.issue_date,
            "month": wording.month_year(issue.issue_date),
            "pages": issue.pages,
            "closes": closes,
            "closes_at": f"{context().config.copy_deadline:%H:%M}",
            "state": issue_state(issue.stage),
            "stage": issue.stage.value,
            "open": issue.stage in (IssueStage.DRAFT, IssueStage.SEALED),
        },
        "page_choices": PAGES,
        "measured": request.args.get("do") == "1",
        "sealed": {"hash": sealed.snapshot_hash, "at": sealed.sealed_at} if sealed else None,
        "proofs": proofs,
        "posts": posts,
        "preview": _preview(proofs),
        "proofs_bad": sum(1 for row in (*proofs, *posts) for found in row["findings"] if found["level"] == "hard"),
        "progress": progress,
        "unfinished": issue.stage == IssueStage.SEALED and progress["waiting"] > 0,
        "signature": {"by": people.by_id(session, signature.person_id).name, "at": signature.signed_at}
        if signature
        else None,
        "may_sign": may(person.role, "issue.sign"),
        "may_compose": may(person.role, "issue.compose"),
    }


def _preview(proofs: Sequence[dict[str, Any]]) -> str:
    """Where the pages of the booklet's proof are drawn, up to the page's number; empty before there is one."""
    pdfs = [(row["id"], f["number"]) for row in proofs for f in row["files"] if f["is_pdf"] and f["pages"]]
    return f"/ban-thu/{pdfs[0][0]}/{pdfs[0][1]}/trang-" if pdfs else ""


def _map(session: Session, issue: Issue, pages: Sequence[plan.Leaf]) -> dict[str, Any]:
    composed = issues.composition(session, issue.id)
    first = {article: leaf.number for leaf in reversed(pages) for article in leaf.articles if leaf.design != "cover"}
    fields = articles.headlines(session, [slot.article_id for slot in composed.slots])
    stages = {slot.article_id: articles.get(session, slot.article_id).stage for slot in composed.slots}
    rows = [
        {
            "key": slot.key,
            "article": slot.article_id,
            "page": first.get(slot.article_id, "–"),
            "headline": fields[slot.article_id].get("headline") or tr("untitled"),
            "section": fields[slot.article_id].get("section", ""),
            "state": article_state(stages[slot.article_id]),
            "design": slot.design,
            "cover": slot.article_id == composed.cover,
        }
        for slot in composed.slots
    ]
    waiting = issues.proposals(session)
    names = articles.headlines(session, [article.id for article in waiting])
    return {
        "spreads": plan.spreads(pages),
        "rows": rows,
        "designs": [(key, tr(words)) for key, words in DESIGNS.items()],
        "waiting": [
            {
                "id": a.id,
                "headline": names[a.id].get("headline") or tr("untitled"),
                "section": names[a.id].get("section", ""),
            }
            for a in waiting
        ],
    }


def _todo(found: Sequence[Finding], pages: Sequence[plan.Leaf]) -> dict[str, Any]:
    empty = [leaf.number for leaf in pages if leaf.design == "empty"]
    rows = remarks.rows([*(f for f in found if f.kind not in LACKS), *_lacking(found)])
    for row in rows:
        row["href"] = (
            f"/bai/{row['where']}"
            if row["kind"] == "not_approved"
            else "/he-thong#co-quan"
            if row["kind"] in LACKS
            else ""
        )
    return {"todo": rows, "hard": remarks.hard_count(rows), "empty_pages": empty}


def _lacking(found: Sequence[Finding]) -> list[Finding]:
    """One line for everything the imprint lacks, one for the office, not eight."""
    made = []
    for kind in LACKS:
        names = [str(f.values["field"]) for f in found if f.kind == kind]
        if names:
            made.append(Finding(kind=kind, level="hard", values={"field": ", ".join(names)}))
    return made


def _texts(session: Session, issue: Issue) -> dict[str, Any]:
    composed = issues.composition(session, issue.id)
    return {
        "things": [*composed.things, *({"lead": "", "text": ""} for _ in range(5 - len(composed.things)))],
        "days": [*composed.days, *({"date": "", "text": ""} for _ in range(max(2, 5 - len(composed.days))))],
        "corrections": "\n".join(item.get("text", "") for item in composed.corrections),
        "print_run": composed.print_run,
    }
