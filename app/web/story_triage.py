"""The verbs of Tin về: keep, later, drop, take back, write an article; star, tag, hand to somebody."""

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import NotFound, Refused
from app.models.story import Triage
from app.store import articles, marks, stories
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.security import local_path
from app.web.story_question import Question

routes = Blueprint("story_triage", __name__)
VERBS = {"chon": Triage.KEPT, "de-sau": Triage.LATER, "bo": Triage.DROPPED}


@routes.post("/tin-ve/<story_id>/<any(chon, 'de-sau', bo):verb>")
@needs("story.triage")
@door("writing")
def decide(session: Session, story_id: str, verb: str) -> Response:
    """One decision, then the next story; the line at the foot takes it back."""
    before = stories.triage(session, [story_id], VERBS[verb], actor=actor(), now=context().now())
    asked = Question.of(request.args)
    return redirect(asked.href(request.form.get("ke", ""), vua=f"{story_id}.{before[0][1].value}"), 303)


@routes.post("/tin-ve/<story_id>/lay-lai")
@needs("story.triage")
@door("writing")
def take_back(session: Session, story_id: str) -> Response:
    """Makes the story again what it was before the last decision."""
    try:
        before = Triage(request.form.get("truoc", ""))
    except ValueError:
        raise Refused("It is not known what this story was before.") from None
    stories.triage(session, [story_id], before, actor=actor(), now=context().now())
    return redirect(Question.of(request.args).href(story_id), 303)


@routes.post("/tin-ve/<story_id>/viet-bai")
@needs("article.write")
@door("writing")
def write(session: Session, story_id: str) -> Response:
    """Keeps the story and opens a draft built on it, with the stories of the same event the editor ticked."""
    wanted = [story_id, *(also for also in request.form.getlist("cung") if also != story_id)]
    if len(wanted) > 12:
        raise NotFound("There is no such story.")
    stories.triage(session, wanted, Triage.KEPT, actor=actor(), now=context().now())
    article = articles.create(session, story_ids=wanted, actor=actor(), now=context().now())
    return redirect(local_path(f"/bai/{article.id}?xong=bai-moi"), 303)


@routes.post("/tin-ve/<story_id>/sao")
@needs("story.triage")
@door("writing")
def star(session: Session, story_id: str) -> Response:
    """Puts the star on or takes it off."""
    marks.star(session, story_id, on=request.form.get("sao") == "1", actor=actor(), now=context().now())
    return _back(story_id)


@routes.post("/tin-ve/<story_id>/the")
@needs("story.triage")
@door("writing")
def tag(session: Session, story_id: str) -> Response:
    """Puts a tag on, or takes one off."""
    if off := request.form.get("go", ""):
        marks.untag(session, story_id, off, actor=actor(), now=context().now())
    else:
        marks.tag(session, story_id, request.form.get("the", ""), actor=actor(), now=context().now())
    return _back(story_id)


@routes.post("/tin-ve/<story_id>/giao")
@needs("story.triage")
@door("writing")
def assign(session: Session, story_id: str) -> Response:
    """Hands the story to somebody, or to nobody."""
    marks.assign(session, story_id, request.form.get("nguoi", ""), actor=actor(), now=context().now())
    return _back(story_id)


def _back(story_id: str) -> Response:
    return redirect(Question.of(request.args).href(story_id), 303)
