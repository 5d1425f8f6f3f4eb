"""Hệ thống: sources and their health, people, the office's facts, backup, the log."""

from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.models.person import Person
from app.store import backup, events, office, people, sources
from app.web import health_words
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.people import ROLES, role_words
from app.web.phrases import tr
from app.web.security import LOOPBACK, known_hosts
from app.web.sentences import sentences
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


@routes.get("/he-thong")
@needs("look")
@door("reading")
def system(session: Session) -> Page:
    """Everything that keeps the desk running, on one page."""
    now = context().now()
    person = cast(Person, g.visitor.person)
    house = office.load(session)
    found = [row for row in health_words.rows(session, now=now) if row.source.enabled]
    made = events.last_of(session, "backup.made")
    return Page(
        "system.html",
        {
            "sources": {
                "count": len(found),
                "summary": health_words.summary(found, now=now),
                "needy": [
                    {"outlet": r.outlet.name, "name": r.source.name, "state": health_words.chip(r, now=now)}
                    for r in found
                    if r.needs_look
                ],
            },
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
    return redirect(f"{health_words.PAGE}?xong=nguon#{source_id}", 303)


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
