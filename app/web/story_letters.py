"""A story whose letters came garbled: as it would read repaired, and the steps that repair it or take that back."""

from typing import Any

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.models.story import Story
from app.store import repairs, sources
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.phrases import tr
from app.web.story_question import Question
from feeds.catalogue import load_catalogue
from feeds.letters import mending
from feeds.letters.legacy import suspect

routes = Blueprint("story_letters", __name__)
KINDS = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viqr": "VIQR",
    "double": "The letters were decoded twice on their way",
}


def about(session: Session, story: Story) -> dict[str, Any] | None:
    """For the pane; None for a story whose letters are well and always were."""
    if story.garbled in KINDS:
        wording = mending.repaired_wording(story.title, story.summary, story.garbled)
        words = {"title": wording.title, "summary": wording.summary, "kind": tr(KINDS[story.garbled])}
        return {"repaired": False, **words, **_rights()}
    source = sources.get(session, story.source_id)
    by_source = bool((source.quirks or {}).get("letters"))
    if repairs.before_repair(session, story.id, suspect=suspect) is None:
        return None
    return {"repaired": True, "by_source": by_source, "source": source.name, **_rights()}


@routes.post("/tin-ve/<story_id>/sua-chu")
@needs("story.triage")
@door("own")
def mend(story_id: str) -> Response:
    """The repaired text becomes a revision of this story."""
    here = context()
    mending.mend_story(here.database, here.assets, load_catalogue(here.config), story_id, actor=actor(), now=here.now())
    return _back(story_id)


@routes.post("/tin-ve/<story_id>/sua-chu-nguon")
@needs("source.manage")
@door("own")
def mend_source(story_id: str) -> Response:
    """Its source is read in that letter code from now on, and what is there is repaired."""
    here = context()
    mending.mend_source(
        here.database, here.assets, load_catalogue(here.config), story_id, actor=actor(), now=here.now()
    )
    return _back(story_id)


@routes.post("/tin-ve/<story_id>/bo-sua-chu")
@needs("story.triage")
@door("writing")
def take_back(session: Session, story_id: str) -> Response:
    """The story says again what the outlet sent."""
    repairs.take_back(session, story_id, suspect=suspect, actor=actor(), now=context().now())
    return _back(story_id)


@routes.post("/tin-ve/<story_id>/bo-sua-chu-nguon")
@needs("source.manage")
@door("own")
def leave_source(story_id: str) -> Response:
    """The source is read by its own word again."""
    here = context()
    mending.leave_source(here.database, story_id, actor=actor(), now=here.now())
    return _back(story_id)


def _rights() -> dict[str, bool]:
    role = actor().role
    return {"may_repair": may(role, "story.triage"), "may_set": may(role, "source.manage")}


def _back(story_id: str) -> Response:
    return redirect(Question.of(request.args).href(story_id), 303)
