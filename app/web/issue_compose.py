"""Composing an issue: which articles, in what order, on which pages, and its small texts."""

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import Refused
from app.store import issues
from app.web.access import actor, door, needs
from app.web.context import context

routes = Blueprint("issue_compose", __name__)
MOST = 12  # lines of one list


@routes.post("/so-ban-tin/<issue_id>/xep")
@needs("issue.compose")
@door("writing")
def add(session: Session, issue_id: str) -> Response:
    """Puts an approved article at the end."""
    said = request.form
    issues.add_article(
        session, issue_id, said.get("bai", ""), design=said.get("kieu", "feature"), actor=actor(), now=context().now()
    )
    return _back(issue_id, said="vao-so")


@routes.post("/so-ban-tin/<issue_id>/cho")
@needs("issue.compose")
@door("writing")
def move(session: Session, issue_id: str) -> Response:
    """One place up or down; out of the issue; another page design; onto the cover."""
    key, work = request.form.get("cho", ""), request.form.get("viec", "")
    who, now = actor(), context().now()
    if work in ("len", "xuong"):
        issues.move_article(session, issue_id, key, -1 if work == "len" else 1, actor=who, now=now)
    elif work == "bo":
        issues.remove_article(session, issue_id, key, actor=who, now=now)
    elif work in issues.DESIGNS:
        issues.set_design(session, issue_id, key, work, actor=who, now=now)
    elif work == "bia":
        issues.set_field(session, issue_id, "cover", _article(session, issue_id, key), actor=who, now=now)
    else:
        raise Refused("The desk does not know this step.")
    return _back(issue_id)


@routes.post("/so-ban-tin/<issue_id>/chu")
@needs("issue.compose")
@door("writing")
def texts(session: Session, issue_id: str) -> Response:
    """The five things on the cover, the days to remember, corrections, the print run."""
    said, who, now = request.form, actor(), context().now()
    things = [{"lead": lead.strip(), "text": text.strip()} for lead, text in _pairs("dieu-dau", "dieu") if text.strip()]
    days = [{"date": day, "text": text.strip()} for day, text in _pairs("ngay", "ngay-chu") if day and text.strip()]
    corrections = [{"text": line.strip()} for line in said.get("dinh-chinh", "").splitlines() if line.strip()]
    run = said.get("so-luong", "").strip()
    if run and not (run.isascii() and run.isdigit() and len(run) < 7):
        raise Refused("The print run is a whole number of copies.")
    values = {"things": things[:MOST], "days": days[:MOST], "corrections": corrections[:MOST], "print_run": run}
    for name, value in values.items():
        issues.set_field(session, issue_id, name, value, actor=who, now=now)
    return redirect(f"/so-ban-tin/{issue_id}?xong=luu#chu", 303)


def _pairs(first: str, second: str) -> list[tuple[str, str]]:
    return list(zip(request.form.getlist(first), request.form.getlist(second), strict=False))


def _article(session: Session, issue_id: str, key: str) -> str:
    for slot in issues.composition(session, issue_id).slots:
        if slot.key == key:
            return slot.article_id
    raise Refused("This article is no longer in the issue.")


def _back(issue_id: str, *, said: str = "da-xep") -> Response:
    return redirect(f"/so-ban-tin/{issue_id}?xong={said}#trong-so", 303)
