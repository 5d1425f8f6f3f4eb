"""An article's words as they stand now, put together from its operations."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk import ops
from app.desk.content import FIELDS, ArticleContent, Figure, Paragraph, SourceRef
from app.desk.ops import Operation
from app.models.article import Article, ArticleStory
from app.models.errors import NotFound
from app.models.outlet import Outlet
from app.models.story import Revision, Story
from app.store import operations

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Standing = Mapping[tuple[str, str, str, str], tuple[Operation, ...]]


def content(session: Session, article_id: str) -> ArticleContent:
    """Everything a reader can see. Raises NotFound."""
    article = session.get(Article, article_id)
    if article is None:
        raise NotFound("There is no such article.")
    standing = operations.standing(session, article_id)
    own = {name: _text(standing, "article", article_id, article.lang, name) for name in FIELDS}
    return ArticleContent(
        id=article_id,
        lang=article.lang,
        paragraphs=tuple(
            Paragraph(key=key, kind=fields.get("kind") or "text", text=fields.get("text", ""))
            for key, fields in _parts(standing, "paragraph", article.lang)
        ),
        figures=tuple(_figure(key, fields) for key, fields in _parts(standing, "figure", article.lang)),
        sources=source_refs(session, article_id),
        **own,
    )


def clashes(session: Session, article_id: str) -> dict[str, tuple[Operation, ...]]:
    """Fields in which two texts stand, with both."""
    standing = operations.standing(session, article_id)
    return {f"{noun}.{field}": found for (noun, _, _, field), found in standing.items() if ops.is_clash(found)}


def seen(session: Session, root: str) -> dict[str, list[str]]:
    """What a writer who looks now has seen: op ids by "noun key field", for the page to send back."""
    standing = operations.standing(session, root)
    return {f"{noun} {key} {field}": [op.op_id for op in found] for (noun, key, _, field), found in standing.items()}


def source_refs(session: Session, article_id: str) -> tuple[SourceRef, ...]:
    """The stories an article rests on, at the revision they were read at."""
    query = (
        select(Story, Revision, Outlet)
        .join(ArticleStory, ArticleStory.story_id == Story.id)
        .join(Revision, (Revision.story_id == Story.id) & (Revision.number == ArticleStory.revision))
        .join(Outlet, Outlet.id == Story.outlet_id)
        .where(ArticleStory.article_id == article_id)
        .order_by(Story.first_seen_seq)
    )
    return tuple(
        SourceRef(
            story_id=story.id,
            outlet=outlet.credit or story.author,  # what was typed in has only the source the person named
            title=revision.title,
            url=story.url,
            published_at=story.published_at.isoformat() if story.published_at else None,
            digest=revision.digest,
        )
        for story, revision, outlet in session.execute(query)
    )


def credit_line(session: Session, stories: Sequence[Story]) -> str:
    """“Theo Báo …, ngày 12/7/2022; Đài …, ngày …”: what the credit field starts with."""
    outlets = {outlet.id: outlet.credit for outlet in session.scalars(select(Outlet))}
    said = []
    for story in stories:
        when = (story.published_at or story.first_seen_at).astimezone(VIETNAM)
        if who := outlets[story.outlet_id] or story.author:
            said.append(f"{who}, ngày {when.day}/{when.month}/{when.year}")
    return "Theo " + "; ".join(dict.fromkeys(said)) if said else ""


def plain(content: ArticleContent) -> dict[str, Any]:
    """The content as JSON values, as it is signed and kept."""
    return asdict(content)


def parts(session: Session, root: str, noun: str, lang: str = "vi") -> list[tuple[str, dict[str, str]]]:
    """The living parts of a root in order: (key, {field: value})."""
    return _parts(operations.standing(session, root), noun, lang)


def _text(standing: Standing, noun: str, key: str, lang: str, field: str) -> str:
    return ops.value(standing.get((noun, key, lang, field), ()))


def _parts(standing: Standing, noun: str, lang: str) -> list[tuple[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    for (of, key, in_, field), heads in standing.items():
        if of == noun and in_ == lang:
            found.setdefault(key.split("/", 1)[1], {})[field] = ops.value(heads)
    living = [(key, fields) for key, fields in found.items() if not fields.get("removed")]
    return sorted(living, key=lambda part: (part[1].get("place", ""), part[0]))


def _figure(key: str, fields: Mapping[str, str]) -> Figure:
    return Figure(
        key=key,
        asset=fields.get("asset", ""),
        width=int(fields.get("width") or 0),
        height=int(fields.get("height") or 0),
        caption=fields.get("caption", ""),
        alt=fields.get("alt", ""),
        credit=fields.get("credit", ""),
        focus_x=int(fields.get("focus_x") or 50),
        focus_y=int(fields.get("focus_y") or 50),
    )
