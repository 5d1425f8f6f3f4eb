"""What puts a story first: topics with their words and points, and the words the desk's own picks taught."""

import re
from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.models.errors import Refused
from app.models.person import Person
from app.store import office, topics
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page

routes = Blueprint("topics", __name__)
PAGE = "/he-thong/chu-de"
BLANKS = 2  # empty rows under the list
SHOWN = 40  # learned words in sight; the rest behind a summary


@routes.get(PAGE)
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """Every topic with how many recent stories it touched; below them what was learned."""
    house = office.load(session)
    counted = topics.tally(session, now=context().now())
    words = [row for row in topics.learned(session) if row.points or not row.enabled]
    person = cast(Person, g.visitor.person)
    return Page(
        "topics.html",
        {
            "topics": [
                {
                    **topic,
                    "points": topic["weight"],
                    "on": not topic.get("off"),
                    "count": counted[topic["label"]],
                }
                for topic in house.topics
            ],
            "blanks": range(len(house.topics) + 1, len(house.topics) + 1 + BLANKS),
            "missing": [topic["label"] for topic in topics.missing(house)],
            "learns": house.learns,
            "ages": house.ages,
            "words": words,
            "shown": SHOWN,
            "days": topics.COUNTED.days,
            "may_change": may(person.role, "topic.manage"),
        },
    )


@routes.post(PAGE)
@needs("topic.manage")
@door("own")
def change() -> Response:
    """All topics at once: one row each of label, points and words. What was switched off stays off."""
    said = request.form
    rows = zip(said.getlist("nhan"), said.getlist("diem"), said.getlist("tu-khoa"), strict=False)
    wanted = [_topic(label.strip(), points.strip(), words) for label, points, words in rows if label.strip()]
    labels = [topic["label"] for topic in wanted]
    if twice := next((label for label in labels if labels.count(label) > 1), ""):
        raise Refused("There are two topics “%(label)s”.", label=twice)
    with context().lend("writing") as session:
        have = office.load(session).topics
        off = {topic["label"] for topic in have if topic.get("off")}
        wanted = [{**topic, "off": True} if topic["label"] in off else topic for topic in wanted]
        if wanted != have:
            topics.change(session, wanted, actor=actor(), now=context().now())
    return _scored("chu-de")


@routes.post(f"{PAGE}/bat-tat")
@needs("topic.manage")
@door("own")
def switch() -> Response:
    """One topic, one learned word, or all that was learned: on or off."""
    said, on, now = request.form, request.form.get("bat") == "1", context().now()
    with context().lend("writing") as session:
        if said.get("tu"):
            topics.switch_word(session, said["tu"], on=on, actor=actor(), now=now)
        elif said.get("chu-de"):
            topics.switch(session, said["chu-de"], on=on, actor=actor(), now=now)
        elif said.get("tuoi"):
            topics.switch_age(session, on=on, actor=actor(), now=now)
        else:
            topics.switch_learning(session, on=on, actor=actor(), now=now)
    return _scored("chu-de")


@routes.post(f"{PAGE}/mau")
@needs("topic.manage")
@door("own")
def take_missing() -> Response:
    """Adds the topics that the preset has and the office has not."""
    with context().lend("writing") as session:
        house = office.load(session)
        topics.change(session, [*house.topics, *topics.missing(house)], actor=actor(), now=context().now())
    return _scored("chu-de")


@routes.post(f"{PAGE}/hoc")
@needs("topic.manage")
@door("own")
def learn() -> Response:
    """Learns from the picks now, and not only tomorrow morning."""
    topics.study(context().database, now=context().now())
    return _scored("da-hoc")


def _scored(said: str) -> Response:
    topics.rescore(context().database, now=context().now())
    return redirect(f"{PAGE}?xong={said}", 303)


def _topic(label: str, points: str, words: str) -> dict[str, Any]:
    number = points.replace("−", "-").removeprefix("+")
    if not re.fullmatch(r"-?[1-9]", number):
        raise Refused("The points of “%(label)s” are a whole number from −9 to +9, not 0.", label=label)
    listed = list(dict.fromkeys(word.strip() for word in re.split(r"[,;\n]", words) if word.strip()))
    if not any(not word.startswith(("−", "-")) for word in listed):
        raise Refused("The topic “%(label)s” has no words to look for.", label=label)
    return {"label": label, "weight": int(number), "words": listed}
