"""Quy tắc: what the desk lets the machine do with what comes in; tried first, taken back when it was wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk import filters
from app.desk.policy import may
from app.models.errors import BantinError, NotFound
from app.models.person import Person
from app.models.rule import Rule, RuleRun
from app.store import people, rule_runs, rules, sources
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.highlights import mark_found, snippet
from app.web.pages import Page
from app.web.phrases import tell, tr
from app.web.rule_form import RuleForm, spans, tell_actions, tell_conditions
from app.web.story_question import Question

routes = Blueprint("rules", __name__)
HOME = "/tin-ve/quy-tac"


@routes.get(HOME)
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """The rules in their order, and beside them the form for a new one or for the one to be changed."""
    chosen = request.args.get("sua", "")
    form = RuleForm.about(rules.get(session, chosen)) if chosen else RuleForm()
    return _page(session, form)


@routes.post(HOME + "/thu")
@needs("rule.manage")
@door("reading")
def try_out(session: Session) -> Page:
    """What the rule would do to the stories that are there. Nothing is kept and nothing is touched."""
    try:
        form = RuleForm.of(request.form)
    except BantinError as error:
        return _page(session, RuleForm(name=request.form.get("ten", "")), error=error)
    try:
        filters.check(form.conditions, form.actions)
    except BantinError as error:
        return _page(session, form, error=error)
    trial = rule_runs.try_out(session, form.conditions, form.actions, since=_since(form.days), rule_id=form.id)
    return _page(session, form, trial=trial)


@routes.post(HOME)
@needs("rule.manage")
@door("writing")
def save(session: Session) -> Response | Page:
    """Keeps the rule, and sends it over what is there when that was asked for."""
    form, who, now = RuleForm.of(request.form), actor(), context().now()
    said: dict[str, Any] = {"name": form.name, "conditions": form.conditions, "actions": form.actions}
    rule = (
        rules.change(session, form.id, **said, actor=who, now=now)
        if form.id
        else rules.create(session, **said, actor=who, now=now)
    )
    if request.form.get("ap-dung") != "ca-tin-cu":
        return redirect(f"{HOME}?xong=quy-tac", 303)
    _send(session, rule.id, form.days)
    return redirect(f"{HOME}?xong=quy-tac-cu#luot", 303)


@routes.post(HOME + "/<rule_id>/<step>")
@needs("rule.manage")
@door("writing")
def change(session: Session, rule_id: str, step: str) -> Response:
    """Switches, moves, deletes or brings back a rule."""
    who, now = actor(), context().now()
    if step in ("bat", "tat"):
        rules.switch(session, rule_id, on=step == "bat", actor=who, now=now)
    elif step in ("len", "xuong"):
        rules.move(session, rule_id, -1 if step == "len" else 1, actor=who, now=now)
    elif step in ("xoa", "khoi-phuc"):
        rules.delete(session, rule_id, deleted=step == "xoa", actor=who, now=now)
        return redirect(f"{HOME}?da-xoa={rule_id}" if step == "xoa" else HOME, 303)
    else:
        raise NotFound("There is no such rule.")
    return redirect(HOME, 303)


@routes.post(HOME + "/luot/<run_id>/lay-lai")
@needs("rule.manage")
@door("writing")
def take_run_back(session: Session, run_id: str) -> Response:
    """Takes back what a run did to the past."""
    run = rule_runs.start_undoing(session, run_id, actor=actor(), now=context().now())
    rule_runs.carry_on(session, run.id, now=context().now())
    return redirect(f"{HOME}#luot", 303)


@routes.post("/tin-ve/<story_id>/quy-tac/<rule_id>/lay-lai")
@needs("story.triage")
@door("writing")
def take_back(session: Session, story_id: str, rule_id: str) -> Response:
    """Makes one story what it was before a rule."""
    rule_runs.take_back(session, rule_id, story_id, actor=actor(), now=context().now())
    return redirect(Question.of(request.args).href(story_id), 303)


def _send(session: Session, rule_id: str, days: str) -> None:
    """The first step at once: most rules are done with it; the timer goes on with the others."""
    now = context().now()
    run = rule_runs.start(session, rule_id, since=_since(days), actor=actor(), now=now)
    rule_runs.carry_on(session, run.id, now=now)


def _since(days: str) -> datetime | None:
    return context().now() - timedelta(days=int(days)) if days else None


def _page(
    session: Session, form: RuleForm, *, trial: rule_runs.Trial | None = None, error: BantinError | None = None
) -> Page:
    doors = sources.listing(session)
    outlets = {outlet.id: outlet.name for outlet in sources.outlets(session)}
    names = {**outlets, **{source.id: f"{outlet.name} – {source.name}" for source, outlet in doors}}
    staff = {person.id: person.name for person in people.everyone(session)}
    kept = rules.listing(session)
    deleted = request.args.get("da-xoa", "")
    values = {
        "rules": _rows(session, kept, names, staff),
        "runs": _runs(session, staff),
        "form": form.values(),
        "outlets": sorted(outlets.items(), key=lambda one: one[1]),
        "sources": sorted(((s.id, names[s.id]) for s, _ in doors), key=lambda one: one[1]),
        "people": [("", tr("nobody in particular")), *staff.items()],
        "spans": spans(),
        "trial": _trial(trial, form, outlets, staff) if trial else None,
        "error": tell(error) if error else "",
        "deleted": {"id": deleted, "name": rules.get(session, deleted).name} if deleted else None,
        "may_manage": may(cast(Person, g.visitor.person).role, "rule.manage"),
        "busy": rule_runs.waiting(session) is not None,
    }
    return Page("rules.html", values, 400 if error else 200)


def _rows(
    session: Session, kept: Sequence[Rule], names: Mapping[str, str], staff: Mapping[str, str]
) -> list[dict[str, Any]]:
    touched = rules.touched(session)
    return [
        {
            "id": rule.id,
            "name": rule.name,
            "enabled": rule.enabled,
            "when": tell_conditions(rules.as_filter(rule).conditions, names),
            "then": tell_actions(rules.as_filter(rule).actions, staff),
            "touched": touched.get(rule.id, 0),
        }
        for rule in kept
    ]


def _runs(session: Session, staff: Mapping[str, str]) -> list[dict[str, Any]]:
    """What rules did to the past in the last thirty days; a run that takes one back is told at that one."""
    everything = rule_runs.listing(session)
    back = {run.undoes: run for run in everything if run.undoes}
    since = context().now() - rule_runs.UNDO
    return [
        _run(session, run, back.get(run.id), staff) for run in everything if not run.undoes and run.asked_at > since
    ]


def _run(session: Session, run: RuleRun, back: RuleRun | None, staff: Mapping[str, str]) -> dict[str, Any]:
    now = back or run
    return {
        "id": run.id,
        "rule": rules.get(session, run.rule_id).name,
        "who": staff.get(run.asked_by, ""),
        "at": run.asked_at,
        "touched": run.touched,
        "done": now.touched,
        "all": max(now.total, now.touched),
        "is_done": now.ended_at is not None,
        "taken_back": back is not None,
        "until": run.asked_at + rule_runs.UNDO,
    }


def _trial(
    trial: rule_runs.Trial, form: RuleForm, outlets: Mapping[str, str], staff: Mapping[str, str]
) -> dict[str, Any]:
    verbs = dict(zip(trial.by_action, tell_actions(form.actions, staff), strict=True))
    sought = (*form.conditions.any_words, *form.conditions.all_words)
    return {
        "total": trial.total,
        "by_action": [(verbs[name], count) for name, count in trial.by_action.items()],
        "rows": [
            {
                "id": story.id,
                "title": mark_found(story.title, sought, strict=True),
                "snippet": None if form.conditions.title_only else snippet(story.summary, sought, strict=True),
                "outlet": outlets.get(story.outlet_id, story.outlet_id),
                "at": story.published_at or story.first_seen_at,
                "score": story.score,
            }
            for story in trial.newest
        ],
    }
