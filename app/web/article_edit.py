"""The verbs of an article: save, build up its parts, note, let a finding stand, submit, withdraw."""

from collections.abc import Callable, Sequence

from flask import Blueprint, jsonify, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.places import between
from app.desk.snapshot import digest
from app.models.errors import NotFound, Refused, Stale
from app.models.ids import new_id
from app.store import articles, checks, manuscript
from app.store.operations import Write
from app.web.access import actor, door, needs
from app.web.article_form import one_write, writes
from app.web.article_page import side
from app.web.context import context

routes = Blueprint("article_edit", __name__)


@routes.post("/bai/<article_id>/luu")
@needs("article.write")
@door("writing")
def save(session: Session, article_id: str) -> Response:
    """Saves the form; its small buttons (`viec`) also add, move or remove a part."""
    now = context().now()
    articles.write(session, article_id, writes(session, article_id, request.form), actor=actor(), now=now)
    work, _, part = request.form.get("viec", "").partition(".")
    if work:
        made = _works(session, article_id, work, part)
        articles.write(session, article_id, made, actor=actor(), now=now)
        return redirect(f"/bai/{article_id}#than-bai", 303)
    return redirect(f"/bai/{article_id}?xong=luu", 303)


@routes.post("/bai/<article_id>/o")
@needs("article.write")
@door("own")
def save_field(article_id: str) -> Response:
    """Saves one field at a pause in writing; answers what now stands and the new findings. Safe to repeat."""
    said = request.get_json()
    with context().lend("writing") as session:
        write = one_write(session, article_id, said if isinstance(said, dict) else {})
        articles.write(session, article_id, [write], actor=actor(), now=context().now())
        content = manuscript.content(session, article_id)
        clashes = len(manuscript.clashes(session, article_id))
        seen = manuscript.seen(session, article_id).get(f"{write.noun} {write.key} {write.field}", [])
        column = side(session, content)
    html = render_template("desk/parts/article_side.html", **column)
    return jsonify({"seen": seen, "hash": digest(content), "clashes": clashes, "side": html})


@routes.post("/bai/<article_id>/trinh")
@needs("article.submit")
@door("own")
def submit(article_id: str) -> Response:
    """Saves the form, then hands the article on; what was written stays saved even when it is refused."""
    now = context().now()
    with context().lend("writing") as session:
        if digest(manuscript.content(session, article_id)) != request.form.get("ma", ""):
            raise Stale("The article changed after this page was shown. Read it again, then decide.")
        articles.write(session, article_id, writes(session, article_id, request.form), actor=actor(), now=now)
        shown = digest(manuscript.content(session, article_id))
    with context().lend("writing") as session:
        articles.submit(session, article_id, shown=shown, actor=actor(), now=now)
    return redirect(f"/bai/{article_id}?xong=trinh", 303)


@routes.post("/bai/<article_id>/ly-do")
@needs("article.write")
@door("writing")
def justify(session: Session, article_id: str) -> Response:
    """Lets a finding stand for these exact words, with name and reason."""
    said = request.form
    checks.justify(
        session,
        articles.get(session, article_id).id,
        kind=said.get("loai", ""),
        words=said.get("chu", ""),
        reason=said.get("ly-do", ""),
        actor=actor(),
        now=context().now(),
    )
    return redirect(f"/bai/{article_id}?xong=ly-do#luu-y", 303)


@routes.post("/bai/<article_id>/ghi-chu")
@needs("article.write")
@door("writing")
def note(session: Session, article_id: str) -> Response:
    """A private note; it never leaves the room."""
    text = request.form.get("ghi-chu", "").strip()
    if text:
        articles.add_note(session, article_id, text, actor=actor(), now=context().now())
    return redirect(f"/bai/{article_id}?xong=luu#rieng", 303)


@routes.post("/bai/<article_id>/<any(rut, 'lay-lai'):verb>")
@needs("article.withdraw")
@door("writing")
def put_away(session: Session, article_id: str, verb: str) -> Response:
    """Withdraws an article, or brings it back."""
    step = articles.withdraw if verb == "rut" else articles.restore
    step(session, article_id, actor=actor(), now=context().now())
    return redirect(f"/bai/{article_id}?xong={verb}", 303)


def _works(session: Session, article_id: str, work: str, part: str) -> list[Write]:
    works: dict[str, Callable[[Session, str, str], list[Write]]] = {
        "them-doan": _add_paragraph,
        "bo-doan": _remove_paragraph,
        "bo-anh": _remove_picture,
        "len": lambda s, a, p: _move(s, a, p, -1),
        "xuong": lambda s, a, p: _move(s, a, p, 1),
    }
    if work not in works:
        raise Refused("The desk does not know this step.")
    return works[work](session, article_id, part)


def _add_paragraph(session: Session, article_id: str, after: str) -> list[Write]:
    parts = _places(session, article_id)
    keys = [key for key, _ in parts]
    at = keys.index(after) + 1 if after in keys else len(parts)
    before, behind = (parts[at - 1][1] if at else ""), (parts[at][1] if at < len(parts) else "")
    key = new_id(context().now(), context().random)
    return [
        _part_write(article_id, "paragraph", key, name, value)
        for name, value in (("kind", "text"), ("place", between(before, behind)))
    ]


def _remove_paragraph(_session: Session, article_id: str, key: str) -> list[Write]:
    return [_part_write(article_id, "paragraph", key, "removed", "1")]


def _remove_picture(_session: Session, article_id: str, key: str) -> list[Write]:
    return [_part_write(article_id, "figure", key, "removed", "1")]


def _move(session: Session, article_id: str, key: str, by: int) -> list[Write]:
    parts = _places(session, article_id)
    keys = [one for one, _ in parts]
    if key not in keys:
        raise NotFound("This paragraph is no longer in the article.")
    others = [part for part in parts if part[0] != key]
    to = max(0, min(len(others), keys.index(key) + by))
    before, behind = (others[to - 1][1] if to else ""), (others[to][1] if to < len(others) else "")
    return [_part_write(article_id, "paragraph", key, "place", between(before, behind))]


def _places(session: Session, article_id: str) -> Sequence[tuple[str, str]]:
    return [(key, fields.get("place", "")) for key, fields in manuscript.parts(session, article_id, "paragraph")]


def _part_write(article_id: str, noun: str, key: str, field: str, value: str) -> Write:
    return Write(noun=noun, key=f"{article_id}/{key}", field=field, value=value)
