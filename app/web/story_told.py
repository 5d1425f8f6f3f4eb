"""The part of Tin về with the same event elsewhere: who tells it, who copies, what a rewrite changed; regrouping."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.reports import Copy, Report, compare_sentences
from app.models.story import Story
from app.store import clusters, sources, stories, whereabouts
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.phrases import tr, trn
from app.web.story_question import Question

routes = Blueprint("story_told", __name__)
COMPARED = 4  # other tellings that are laid beside the open one
HINTS = 4


def about(session: Session, story: Story) -> dict[str, Any]:
    """What the pane shows: the sentence, the others of the event, and what only seems to speak of it."""
    members = list(stories.cluster(session, story))[: clusters.MOST]
    report = clusters.report(session, members)
    names = {outlet.id: outlet.name for outlet in sources.outlets(session)}
    copies = {copy.story: copy for copy in report.copies}
    titles = {member.id: names[member.outlet_id] for member in members}
    texts = stories.page_texts(session, [member.id for member in members])
    others = [member for member in members if member.id != story.id]
    return {
        "words": told_sentence(report),
        "copied": _copied(copies.get(story.id), titles),
        "others": [
            {
                **_row(other, names),
                "copied": _copied(copies.get(other.id), titles),
                "pairs": _pairs(story, other, texts) if number < COMPARED else [],
            }
            for number, other in enumerate(others)
        ],
        "hints": [
            {**_row(other, names), "percent": percent} for other, percent in clusters.hints(session, story)[:HINTS]
        ],
    }


def told_sentence(report: Report) -> str:
    """“3 báo cùng đưa, 2 độc lập (1 chép TTXVN)”, or that only one outlet tells it."""
    if report.outlets < 2:
        return tr("only one outlet tells it")
    told = trn("%(num)d outlet tells it", "%(num)d outlets tell it", report.outlets)
    alone = trn("%(num)d by itself", "%(num)d by themselves", report.independent)
    counted: dict[str, int] = {}
    for copy in report.copies:
        counted[copy.whose] = counted.get(copy.whose, 0) + 1
    copied = ", ".join(
        trn("%(num)d copies %(house)s", "%(num)d copy %(house)s", count, house=whose)
        for whose, count in counted.items()
    )
    return f"{told}, {alone} ({copied})" if copied else f"{told}, {alone}"


@routes.post("/tin-ve/<story_id>/tach")
@needs("story.triage")
@door("writing")
def split(session: Session, story_id: str) -> Response:
    """This story tells another event: it leaves its group and stays out."""
    clusters.split_off(session, story_id, actor=actor(), now=context().now())
    return redirect(Question.of(request.args).href(story_id) + "#cung-tin", 303)


@routes.post("/tin-ve/<story_id>/gop")
@needs("story.triage")
@door("writing")
def join(session: Session, story_id: str) -> Response:
    """These two tell one event after all; the other one by its id, or by its pasted address."""
    asked = request.form.get("voi", "").strip()
    by_address = whereabouts.find(session, asked) if whereabouts.is_address(asked) else []
    other = by_address[0].id if by_address else asked
    clusters.put_together(session, story_id, other, actor=actor(), now=context().now())
    return redirect(Question.of(request.args).href(story_id) + "#cung-tin", 303)


def _row(story: Story, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": story.id,
        "outlet": names[story.outlet_id],
        "title": story.title,
        "at": story.published_at or story.first_seen_at,
    }


def _copied(copy: Copy | None, titles: Mapping[str, str]) -> str:
    """Why it counts as a copy: the credit it prints, or how many of its sentences stand elsewhere."""
    if copy is None:
        return ""
    if copy.credit:
        return tr("credits %(house)s", house=copy.credit)
    return tr(
        "%(shared)d of %(all)d long sentences also stand at %(outlet)s",
        shared=copy.shared,
        all=copy.sentences,
        outlet=titles.get(copy.of, ""),
    )


def _pairs(story: Story, other: Story, texts: Mapping[str, str]) -> Sequence[dict[str, Any]]:
    """Sentence beside sentence, the earlier telling on the left; those that agree are only counted by the page."""
    both = story.id in texts and other.id in texts
    one, two = sorted((story, other), key=lambda s: (s.published_at or s.first_seen_at, s.first_seen_seq))
    earlier, later = ((texts[s.id] if both else f"{s.title}\n{s.summary}") for s in (one, two))
    return [
        {
            "kind": pair.kind,
            "strong": pair.strong,
            "earlier": pair.earlier,
            "later": pair.later,
            "left": [(w.kind, w.text, w.strong) for w in pair.words if w.kind != "added"],
            "right": [(w.kind, w.text, w.strong) for w in pair.words if w.kind != "removed"],
            "mine_is_later": two.id == story.id,
        }
        for pair in compare_sentences(earlier, later)
    ]
