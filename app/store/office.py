"""The office: its one row, and the first set-up."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.folding import fold
from app.desk.policy import Actor, Via, require
from app.models.errors import NotFound, Refused
from app.models.ids import new_id
from app.models.office import Mode, Office
from app.store.events import record

PRESETS = Path(__file__).parent / "presets"
CHANGEABLE = ("name", "bulletin", "facts", "imprint", "sections", "topics", "phones")


def presets() -> dict[str, dict[str, Any]]:
    """Every preset by its key, in the order of their dates."""
    read = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in PRESETS.glob("*.toml")}
    return dict(sorted(read.items(), key=lambda item: str(item[1]["valid_from"])))


def find(session: Session) -> Office | None:
    """The office, or None before the set-up."""
    return session.scalar(select(Office))


def load(session: Session) -> Office:
    """The office. Raises NotFound before the set-up."""
    office = find(session)
    if office is None:
        raise NotFound("This data folder has no office yet: open the desk in a browser, or run the set-up.")
    return office


def make(
    session: Session, *, name: str, preset: str, mode: Mode, now: datetime, bulletin: str = "", via: Via = "terminal"
) -> Office:
    """The first row of a new data folder. Raises Refused when there is one already, or the preset is unknown."""
    if find(session) is not None:
        raise Refused("This data folder already has an office.")
    known = presets()
    if preset not in known:
        raise Refused("There is no preset “%(preset)s”.", preset=preset)
    values = known[preset]
    office = Office(
        id=new_id(now),
        code=fold(name or values["name"]).replace(" ", "-")[:40],
        mode=mode,
        preset=preset,
        name=name or values["name"],
        bulletin=bulletin or values["bulletin"],
        facts=values["facts"],
        imprint=values["imprint"],
        sections=values["sections"],
        topics=values["topics"],
        phones=values["phones"],
        created_at=now,
    )
    session.add(office)
    session.flush()
    actor = Actor(person_id=None, name="", role=None, office=office.code, via=via)
    record(session, "office.made", actor=actor, now=now, office=office.id, mode=mode.value, preset=preset)
    return office


def change(session: Session, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> Office:
    """Changes facts of the office. The mode of a data folder can never change."""
    require(actor, "office.manage")
    office = load(session)
    for name, value in values.items():
        if name not in CHANGEABLE:
            raise Refused("There is no office setting “%(name)s”.", name=name)
        setattr(office, name, value)
    record(session, "office.changed", actor=actor, now=now, fields=sorted(values))
    return office
