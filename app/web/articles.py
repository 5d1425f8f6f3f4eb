"""Bài: every article of the desk, by where it stands; and a new one."""

from typing import Any

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.article import Stage
from app.store import articles, people
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tr
from app.web.states import article_state

routes = Blueprint("articles", __name__)
GROUPS: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "dang-viet": ("Being written", (Stage.RETURNED, Stage.DRAFT)),
    "cho-duyet": ("Awaiting approval", (Stage.SUBMITTED,)),
    "da-duyet": ("Approved", (Stage.APPROVED,)),
    "da-xep": ("In an issue", (Stage.PLACED,)),
    "phat-hanh": ("Released", (Stage.RELEASED,)),
    "da-rut": ("Withdrawn", (Stage.WITHDRAWN,)),
}


@routes.get("/bai")
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """The articles of one group, last changed first; returned ones on top."""
    key = request.args.get("nhom", "dang-viet")
    key = key if key in GROUPS else "dang-viet"
    counted = articles.counts(session)
    groups = [
        {
            "label": tr(label),
            "count": sum(counted.get(stage, 0) for stage in stages),
            "href": f"/bai?nhom={name}",
            "here": name == key,
        }
        for name, (label, stages) in GROUPS.items()
    ]
    return Page("articles.html", {"groups": groups, "rows": rows(session, GROUPS[key][1])})


@routes.post("/bai")
@needs("article.write")
@door("writing")
def create(session: Session) -> Response:
    """An article of our own, built on no story."""
    article = articles.create(session, actor=actor(), now=context().now())
    return redirect(f"/bai/{article.id}", 303)


def rows(session: Session, stages: tuple[Stage, ...]) -> list[dict[str, Any]]:
    """Articles as lines of a table."""
    found = sorted(articles.listing(session, stages_=stages), key=lambda article: stages.index(article.stage))
    fields = articles.headlines(session, [article.id for article in found])
    names = {person.id: person.name for person in people.everyone(session)}
    return [
        {
            "id": article.id,
            "headline": fields[article.id].get("headline") or tr("untitled"),
            "section": fields[article.id].get("section", ""),
            "state": article_state(article.stage),
            "by": names.get(article.created_by, ""),
            "changed_at": article.changed_at,
            "remark": article.remark if article.stage == Stage.RETURNED else "",
        }
        for article in found
    ]
