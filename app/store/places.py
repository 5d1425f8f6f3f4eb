"""The tree of places bulletins go to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.ops import clean
from app.desk.policy import Actor, require
from app.models.errors import NotFound, Refused
from app.models.ids import new_id
from app.models.place import Place, PlaceKind
from app.store.events import record


def listing(session: Session) -> Sequence[Place]:
    """Every place, by name."""
    return session.scalars(select(Place).order_by(Place.name)).all()


def add(
    session: Session,
    *,
    name: str,
    kind: PlaceKind,
    actor: Actor,
    now: datetime,
    parent_id: str | None = None,
    former_district: str = "",
    copies: int = 0,
) -> Place:
    """A new place under its parent. Raises Refused for an empty name or copies below zero."""
    require(actor, "place.manage")
    if not clean(name) or copies < 0:
        raise Refused("A place needs a name, and its copies cannot be fewer than none.")
    if parent_id and session.get(Place, parent_id) is None:
        raise NotFound("There is no such place.")
    place = Place(
        id=new_id(now),
        office=actor.office,
        parent_id=parent_id or None,
        kind=kind,
        name=clean(name),
        former_district=clean(former_district),
        copies=copies,
    )
    session.add(place)
    session.flush()
    record(session, "place.added", actor=actor, now=now, place=place.id)
    return place
