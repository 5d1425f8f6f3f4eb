"""Why a story stands where it stands: its points in a pane, and the answer to “vì sao không thấy tin này”."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.desk.rank import aged
from app.models.outlet import Source
from app.models.person import Person
from app.models.story import Story, Triage
from app.store import sources, topics, whereabouts
from app.store.whereabouts import Standing
from app.web import health_words
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import ago, tr, trn
from app.web.story_question import Question

routes = Blueprint("story_why", __name__)


def about(session: Session, story: Story) -> dict[str, Any]:
    """The points of a story with the word that gave each, and where it stands among those not looked at."""
    found = topics.words_in(session, story)
    person = cast(Person, g.visitor.person)
    now = context().now()
    given = [{"learned": False, **reason, "word": found.get(reason["label"], "")} for reason in story.reasons]
    return {
        "score": story.score - aged(story.seen_day, now=now)[1],
        "reasons": given,
        "age": age_reason(story, now=now),
        "may": may(person.role, "topic.manage"),
    }


def age_reason(story: Story, *, now: datetime) -> list[dict[str, Any]]:
    """The chip that says what its age costs a story; none while it costs nothing."""
    days, points = aged(story.seen_day, now=now)
    label = trn("%(num)d day old", "%(num)d days old", days)
    return [{"label": label, "points": -points}] if points else []


@routes.post("/tin-ve/<story_id>/tat-ly-do")
@needs("topic.manage")
@door("own")
def switch_off(story_id: str) -> Response:
    """A topic or a learned word gives no points any more, to no story; the topics page switches it on again."""
    label, now = request.form.get("nhan", ""), context().now()
    with context().lend("writing") as session:
        if request.form.get("hoc") == "1":
            topics.switch_word(session, label, on=False, actor=actor(), now=now)
        else:
            topics.switch(session, label, on=False, actor=actor(), now=now)
    topics.rescore(context().database, now=now)
    return redirect(Question.of(request.args).href(story_id, xong="tat-ly-do") + "#vi-sao", 303)


@routes.get("/tin-ve/vi-sao")
@needs("look")
@door("reading")
def why(session: Session) -> Page:
    """One field: an address, an id or words. What is known of it, and what can be done."""
    asked = "".join(letter for letter in request.args.get("tin", "")[:600] if letter.isprintable()).strip()
    found = whereabouts.find(session, asked)
    outlets = {outlet.id: outlet.name for outlet in sources.outlets(session)}
    values = {
        "asked_for": asked,
        "found": [_answer(session, story, outlets) for story in found],
        "absent": _absent(session, asked) if asked and not found else None,
    }
    return Page("why.html", values)


def _answer(session: Session, story: Story, outlets: dict[str, str]) -> dict[str, Any]:
    stands = whereabouts.standing(session, story)
    return {
        "id": story.id,
        "title": story.title,
        "outlet": outlets[story.outlet_id],
        "at": story.published_at or story.first_seen_at,
        "score": story.score - aged(story.seen_day, now=context().now())[1],
        "reasons": [*story.reasons, *age_reason(story, now=context().now())],
        "answers": _answers(session, story, stands),
    }


def _answers(session: Session, story: Story, stands: Standing) -> list[str]:
    """Sentences, the one that matters most first."""
    said = [*_decided(story, stands)]
    if story.triage == Triage.NEW:
        said.append(_place(story, stands))
    if stands.event:
        said.append(tr("It is in one group with “%(title)s”, which has more points.", title=stands.event))
    if context().now() - story.first_seen_at > topics.FRESH:
        said.append(tr("It came in %(ago)s; suggestions reach back only two weeks.", ago=ago(story.first_seen_at)))
    source = sources.get(session, story.source_id)
    if not source.enabled:
        said.append(tr("Its source “%(name)s” is switched off; changes at the outlet are not seen.", name=source.name))
    return said


def _decided(story: Story, stands: Standing) -> list[str]:
    touched = [tr("The rule “%(name)s” touched it.", name=name) for name in stands.rules]
    if stands.decided_by and stands.decided_at and story.triage != Triage.NEW:
        said = {"name": stands.decided_by, "ago": ago(stands.decided_at)}
        return [_by_person(story.triage, said), *touched]
    return [*touched, *_lies_under(story.triage)]


def _by_person(triage: Triage, said: Mapping[str, str]) -> str:
    if triage == Triage.DROPPED:
        return tr("%(name)s dropped it %(ago)s. It lies under “Dropped”.", **said)
    if triage == Triage.KEPT:
        return tr("%(name)s kept it %(ago)s. It lies under “Kept”.", **said)
    return tr("%(name)s put it off %(ago)s. It lies under “Later”.", **said)


def _lies_under(triage: Triage) -> list[str]:
    if triage == Triage.DROPPED:
        return [tr("It lies under “Dropped”.")]
    if triage == Triage.KEPT:
        return [tr("It lies under “Kept”.")]
    return [tr("It lies under “Later”.")] if triage == Triage.LATER else []


def _place(story: Story, stands: Standing) -> str:
    if not stands.above:
        return tr("It stands first among those not looked at.")
    return trn(
        "It waits to be looked at: %(num)d of %(waiting)d stands above it; it has %(points)d points.",
        "It waits to be looked at: %(num)d of %(waiting)d stand above it; it has %(points)d points.",
        stands.above,
        waiting=stands.waiting,
        points=story.score - aged(story.seen_day, now=context().now())[1],
    )


def _absent(session: Session, asked: str) -> dict[str, Any]:
    """Nothing is stored: whose it would be, and how that outlet's sources are."""
    if not whereabouts.is_address(asked):
        return {"kind": "words", "rows": [], "off": [], "outlet": ""}
    outlet = whereabouts.outlet_of(session, asked)
    if outlet is None:
        return {"kind": "stranger", "rows": [], "off": [], "outlet": whereabouts.host_of(asked)}
    now = context().now()
    carried = [row for row in health_words.rows(session, now=now) if row.outlet.id == outlet.id]
    rows = [
        {
            "name": row.source.name,
            "state": health_words.chip(row, now=now),
            "words": _how(row.source),
            "read_at": row.source.read_at,
        }
        for row in carried
        if row.source.enabled
    ]
    off = [row.source.name for row in carried if not row.source.enabled]
    return {"kind": "outlet", "rows": rows, "off": off, "outlet": outlet.name}


def _how(source: Source) -> str:
    """What the state of a source means for a story that did not come."""
    if source.read_at is None:
        return tr("It was not read yet.")
    if source.failures:
        return tr("It could not be read lately, so the story may be waiting there.")
    return tr("It was read, and its list did not carry this story.")
