"""The editor: source on the left, our words in the middle, findings and gauges on the right."""

import json
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from app.desk import stages
from app.desk.content import ArticleContent
from app.desk.snapshot import digest, short
from app.models.article import Article, Stage
from app.models.outlet import Outlet
from app.store import articles, events, manuscript, office, people, stories
from app.web.access import door, needs
from app.web.article_form import seen_by_name
from app.web.gauges import gauges, words
from app.web.pages import Page
from app.web.phrases import tr
from app.web.remarks import label, settled, standing
from app.web.sentences import sentences
from app.web.states import article_state

routes = Blueprint("article_page", __name__)
KINDS = {"text": "Paragraph", "subhead": "Subhead", "step": "Step"}


@routes.get("/bai/<article_id>")
@needs("look")
@door("reading")
def editor(session: Session, article_id: str) -> Page:
    """One article, to be written and checked."""
    article = articles.get(session, article_id)
    content = manuscript.content(session, article_id)
    return Page(
        "article.html", {**frame(session, article, content), **side(session, content), **sources(session, content)}
    )


def frame(session: Session, article: Article, content: ArticleContent) -> dict[str, Any]:
    """Everything of the middle column."""
    house = office.find(session)
    remark_by = people.by_id(session, article.remark_by).name if article.remark_by else ""
    return {
        "article": {
            "id": article.id,
            "state": article_state(article.stage),
            "stage": article.stage.value,
            "open": article.stage in stages.OPEN,
            "signed": article.stage in stages.SIGNED,
            "changed_at": article.changed_at,
            "remark": article.remark if article.stage in (Stage.RETURNED, Stage.DRAFT) else "",
            "remark_by": remark_by,
        },
        "content": content,
        "heading": content.headline or tr("New article"),
        "hash": digest(content),
        "code": short(digest(content)),
        "seen": json.dumps(seen_by_name(session, article.id)),
        "sections": [("", tr("Choose a section")), *((name, name) for name in (house.sections if house else []))],
        "kinds": [(key, tr(name)) for key, name in KINDS.items()],
        "body_words": sum(words(p.text) for p in content.paragraphs),
        "clashes": _clashes(session, article.id),
        "notes": [
            {"text": note.text, "by": people.by_id(session, note.person_id).name, "at": note.made_at}
            for note in articles.notes(session, article.id)
        ],
        "lines": sentences(session, events.of_subject(session, article.id, limit=24), named=False)[:12],
    }


def side(session: Session, content: ArticleContent) -> dict[str, Any]:
    """Everything of the right column; a script fetches it anew after each save."""
    return {
        "findings": standing(session, content),
        "settled": settled(session, content),
        "gauges": gauges(content),
        "article_id": content.id,
    }


def sources(session: Session, content: ArticleContent) -> dict[str, Any]:
    """The stories as they were read, with their evidence and pictures."""
    found = []
    for ref in content.sources:
        story = stories.get(session, ref.story_id)
        said = next((r for r in stories.revisions(session, story.id) if r.digest == ref.digest), None)
        newest = stories.revisions(session, story.id)
        found.append(
            {
                "id": story.id,
                "outlet": ref.outlet,
                "official": session.get_one(Outlet, story.outlet_id).official,
                "title": ref.title,
                "url": ref.url,
                "paragraphs": [part for part in (said.summary if said else story.summary).split("\n") if part.strip()],
                "published_at": story.published_at,
                "fetched_at": said.fetched_at if said else story.first_seen_at,
                "code": short(ref.digest),
                "changed": bool(newest and newest[0].digest != ref.digest),
                "pictures": [
                    {"asset": p.asset, "caption": p.caption}
                    for p in stories.pictures(session, [story.id])[story.id]
                    if p.asset
                ],
            }
        )
    return {"sources": found}


def _clashes(session: Session, article_id: str) -> list[dict[str, Any]]:
    found = []
    for address, heads in manuscript.clashes(session, article_id).items():
        noun, field = address.split(".")
        name = f"{noun}.{field}" if noun == "article" else f"{noun}.{heads[0].key.split('/', 1)[1]}.{field}"
        found.append(
            {
                "label": label(field),
                "name": name,
                "texts": [{"by": people.by_id(session, op.person).name, "text": op.value} for op in heads],
            }
        )
    return found
