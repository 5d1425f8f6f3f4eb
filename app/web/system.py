"""Hệ thống: sources and their health, people, the office's facts, backup, the log."""

import re
from datetime import datetime
from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.models.errors import Refused
from app.models.outlet import Outlet, Source
from app.models.person import Person
from app.store import backup, events, office, people, sources
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.people import ROLES, role_words
from app.web.phrases import ago, tr, trn
from app.web.security import LOOPBACK, known_hosts
from app.web.sentences import sentences
from app.web.tasks import SILENT
from config import Config

routes = Blueprint("system", __name__)
FACTS = (
    ("parent", "Parent body"),
    ("province", "Province"),
    ("address", "Address"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("website", "Web site"),
)
IMPRINT = (
    ("licence_number", "Licence number"),
    ("licence_date", "Licence date"),
    ("licensor", "Licensor"),
    ("responsible", "Person responsible"),
    ("responsible_post", "Post of the person responsible"),
    ("periodicity", "Periodicity"),
    ("print_run", "Print run"),
    ("trim", "Trim size"),
    ("printer", "Printer"),
    ("note", "Note"),
)
LINES = 30  # of the log
BLANK_TOPICS = 2  # empty rows under the list of topics
WEAK = "D"  # one weak hint that the address lives: shown only to who looks for it


@routes.get("/he-thong")
@needs("look")
@door("reading")
def system(session: Session) -> Page:
    """Everything that keeps the desk running, on one page."""
    now = context().now()
    person = cast(Person, g.visitor.person)
    house = office.load(session)
    listed = [source_row(source, outlet, now=now) for source, outlet in sources.listing(session)]
    made = events.last_of(session, "backup.made")
    return Page(
        "system.html",
        {
            "on": [row for row in listed if row["on"]],
            "off": [row for row in listed if not row["on"] and row["grade"] != WEAK],
            "weak": [row for row in listed if not row["on"] and row["grade"] == WEAK],
            "people": [
                {
                    "id": p.id,
                    "name": p.name,
                    "post": p.post,
                    "role": role_words(p.role),
                    "active": p.active,
                    "own": p.id == person.id,
                }
                for p in people.everyone(session)
            ],
            "roles": [(role.value, tr(words)) for role, words in ROLES.items()],
            "office": {"name": house.name, "bulletin": house.bulletin, "preset": house.preset},
            "facts": [{"key": key, "label": tr(words), "value": house.facts.get(key, "")} for key, words in FACTS],
            "imprint": [
                {"key": key, "label": tr(words), "value": house.imprint.get(key, "")} for key, words in IMPRINT
            ],
            "sections": "\n".join(house.sections),
            "phones": "\n".join(f"{phone['label']}: {phone['number']}" for phone in house.phones),
            "topics": [{**topic, "points": topic["weight"]} for topic in house.topics],
            "blank_topics": range(len(house.topics) + 1, len(house.topics) + 1 + BLANK_TOPICS),
            "network": _network(context().config),
            "backup": {"at": made.at, "name": made.fields.get("name", "")} if made else None,
            "warning": tr(context().database.warning) if context().database.warning else "",
            "lines": sentences(session, events.latest(session, limit=LINES * 4))[:LINES],
            "may": {
                action: may(person.role, action)
                for action in ("source.manage", "people.manage", "office.manage", "backup.make")
            },
        },
    )


@routes.post("/he-thong/nguon/<source_id>")
@needs("source.manage")
@door("writing")
def switch(session: Session, source_id: str) -> Response:
    """Switches one source on or off."""
    sources.switch(session, source_id, on=request.form.get("bat") == "1", actor=actor(), now=context().now())
    return redirect("/he-thong?xong=nguon#nguon", 303)


@routes.post("/he-thong/co-quan")
@needs("office.manage")
@door("writing")
def change(session: Session) -> Response:
    """The office's name, facts, imprint and lists."""
    said = request.form
    house = office.load(session)
    facts = {**house.facts, **{key: said.get(f"facts.{key}", "").strip() for key, _ in FACTS}}
    imprint: dict[str, Any] = {**house.imprint, **{key: said.get(f"imprint.{key}", "").strip() for key, _ in IMPRINT}}
    run = str(imprint["print_run"])
    imprint["print_run"] = int(run) if run.isascii() and run.isdigit() else ""
    phones = [line.rsplit(":", 1) for line in said.get("phones", "").splitlines() if ":" in line]
    values = {
        "name": said.get("name", "").strip() or house.name,
        "bulletin": said.get("bulletin", "").strip() or house.bulletin,
        "facts": facts,
        "imprint": imprint,
        "sections": [line.strip() for line in said.get("sections", "").splitlines() if line.strip()],
        "phones": [{"label": label.strip(), "number": number.strip()} for label, number in phones],
    }
    changed = {name: value for name, value in values.items() if value != getattr(house, name)}
    if changed:
        office.change(session, changed, actor=actor(), now=context().now())
    return redirect("/he-thong?xong=luu#co-quan", 303)


@routes.post("/he-thong/chu-de")
@needs("office.manage")
@door("writing")
def change_topics(session: Session) -> Response:
    """The topics that put a story first: one row each of label, points and words."""
    said = request.form
    rows = zip(said.getlist("nhan"), said.getlist("diem"), said.getlist("tu-khoa"), strict=False)
    topics = [_topic(label.strip(), points.strip(), words) for label, points, words in rows if label.strip()]
    if topics != office.load(session).topics:
        office.change(session, {"topics": topics}, actor=actor(), now=context().now())
    return redirect("/he-thong?xong=chu-de#chu-de", 303)


def _topic(label: str, points: str, words: str) -> dict[str, Any]:
    number = points.replace("−", "-").removeprefix("+")
    if not re.fullmatch(r"-?[1-9]", number):
        raise Refused("The points of “%(label)s” are a whole number from −9 to +9, not 0.", label=label)
    listed = [word.strip() for word in re.split(r"[,\n]", words) if word.strip()]
    if not listed:
        raise Refused("The topic “%(label)s” has no words to look for.", label=label)
    return {"label": label, "weight": int(number), "words": listed}


def _network(config: Config) -> dict[str, Any]:
    """Under which names the desk may be opened, and whether other computers reach it at all."""
    return {
        "shared": config.host not in ("127.0.0.1", "localhost", "::1"),
        "host": config.host,
        "names": known_hosts(config),
        "only_here": all(name in LOOPBACK for name in known_hosts(config)),
    }


@routes.post("/he-thong/sao-luu")
@needs("backup.make")
@door("own")
def back_up() -> Response:
    """A backup of database, pictures and finished issues, read back before it counts."""
    now = context().now()
    made = backup.back_up(context().database, context().config.data_dir, context().folder.backups, now=now)
    with context().lend("writing") as session:
        events.record(session, "backup.made", actor=actor(), now=now, name=made.name)
    return redirect("/he-thong?xong=sao-luu#sao-luu", 303)


def source_row(source: Source, outlet: Outlet, *, now: datetime) -> dict[str, Any]:
    """A source with its health in words."""
    icon, tone, words = _health(source, now=now)
    return {
        "id": source.id,
        "outlet": outlet.name,
        "name": source.name,
        "url": source.url,
        "on": source.enabled,
        "grade": source.grade,
        "read_at": source.read_at,
        "state": {"icon": icon, "tone": tone, "words": words},
    }


def _health(source: Source, *, now: datetime) -> tuple[str, str, str]:
    if not source.enabled:
        return "s0", "", tr("Off")
    if source.read_at is None:
        return "clock", "", tr("Not read yet")
    if source.failures:
        return "bad", "state-back", trn("%(num)d reading failed", "%(num)d readings failed", source.failures)
    if source.new_at and now - source.new_at > SILENT:
        return "warn", "state-wait", tr("Nothing new since %(ago)s", ago=ago(source.new_at, now))
    return "okc", "state-done", tr("Well")
