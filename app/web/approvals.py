"""Duyệt: the article as it will be read, and one decision over exactly this text."""

from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.desk.snapshot import digest, short
from app.models.article import Article, Stage
from app.models.person import Person
from app.store import articles, manuscript, people
from app.web.access import actor, door, needs
from app.web.changes import changes
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tr
from app.web.remarks import hard_count, settled, standing
from app.web.states import article_state

routes = Blueprint("approvals", __name__)


@routes.get("/duyet")
@needs("look")
@door("reading")
def queue(session: Session) -> Page | Response:
    """The first article that waits; or that nothing does."""
    waiting = articles.listing(session, stages_=[Stage.SUBMITTED])
    if waiting:
        return redirect(f"/duyet/{waiting[-1].id}", 303)
    approved = articles.listing(session, stages_=[Stage.APPROVED], limit=8)
    return Page("approval_empty.html", {"approved": _queue(session, list(approved), "")})


@routes.get("/duyet/<article_id>")
@needs("look")
@door("reading")
def reading(session: Session, article_id: str) -> Page:
    """The article as the reader will have it, what changed, what was found, who may decide."""
    article = articles.get(session, article_id)
    content = manuscript.content(session, article_id)
    waiting = list(reversed(articles.listing(session, stages_=[Stage.SUBMITTED])))
    ids = [one.id for one in waiting]
    before = articles.last_approval(session, article_id)
    found = standing(session, content)
    return Page(
        "approval.html",
        {
            "article": {
                "id": article.id,
                "state": article_state(article.stage),
                "submitted": article.stage == Stage.SUBMITTED,
                "remark": article.remark,
            },
            "content": content,
            "hash": digest(content),
            "code": short(digest(content)),
            "queue": _queue(session, waiting, article_id),
            "position": ids.index(article_id) + 1 if article_id in ids else 0,
            "following": _following(ids, article_id),
            "changes": changes(before.content, content) if before else [],
            "before": {"at": before.approved_at, "by": people.by_id(session, before.person_id).name}
            if before
            else None,
            "findings": found,
            "hard": hard_count(found),
            "settled": settled(session, content),
            **_verdict(session, article),
        },
    )


@routes.post("/duyet/<article_id>/duyet")
@needs("article.approve")
@door("writing")
def approve(session: Session, article_id: str) -> Response:
    """The second person's signature over the text whose hash the page carried."""
    articles.approve(session, article_id, shown=request.form.get("ma", ""), actor=actor(), now=context().now())
    return redirect(_next(session, "duyet"), 303)


@routes.post("/duyet/<article_id>/tra-lai")
@needs("article.return")
@door("writing")
def send_back(session: Session, article_id: str) -> Response:
    """Returns the article with one sentence."""
    said = request.form
    articles.send_back(
        session, article_id, remark=said.get("vi-sao", ""), shown=said.get("ma", ""), actor=actor(), now=context().now()
    )
    return redirect(_next(session, "tra-lai"), 303)


def _next(session: Session, said: str) -> str:
    waiting = articles.listing(session, stages_=[Stage.SUBMITTED])
    return f"/duyet/{waiting[-1].id}?xong={said}" if waiting else f"/duyet?xong={said}"


def _queue(session: Session, found: list[Article], here: str) -> list[dict[str, Any]]:
    fields = articles.headlines(session, [article.id for article in found])
    return [
        {
            "href": f"/duyet/{article.id}",
            "headline": fields[article.id].get("headline") or tr("untitled"),
            "section": fields[article.id].get("section", ""),
            "at": article.changed_at,
            "here": article.id == here,
        }
        for article in found
    ]


def _following(ids: list[str], article_id: str) -> str:
    if article_id not in ids or len(ids) < 2:
        return ""
    return f"/duyet/{ids[(ids.index(article_id) + 1) % len(ids)]}"


def _verdict(session: Session, article: Article) -> dict[str, Any]:
    """Whether this person may decide; where not, who can."""
    person = cast(Person, g.visitor.person)
    wrote = articles.authors(session, article.id)
    able = [
        p.name for p in people.everyone(session) if p.active and may(p.role, "article.approve") and p.id not in wrote
    ]
    return {
        "may_decide": may(person.role, "article.approve")
        and person.id not in wrote
        and article.stage == Stage.SUBMITTED,
        "wrote": person.id in wrote,
        "able": able,
        "authors": [people.by_id(session, one).name for one in sorted(wrote)],
    }
