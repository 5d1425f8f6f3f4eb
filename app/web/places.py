"""Nơi nhận: the tree of places and how many copies each gets."""

from collections.abc import Sequence
from typing import Any, cast

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import may
from app.models.errors import Refused
from app.models.person import Person
from app.models.place import Place, PlaceKind
from app.store import office, places
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tr

routes = Blueprint("places", __name__)
KINDS = {
    PlaceKind.PROVINCE: "Province",
    PlaceKind.COMMUNE: "Commune or ward",
    PlaceKind.HAMLET: "Hamlet",
    PlaceKind.POINT: "Drop point",
}


@routes.get("/noi-nhan")
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """The tree, with the copies of everything below added up."""
    found = places.listing(session)
    person = cast(Person, g.visitor.person)
    house = office.load(session)
    run = house.imprint.get("print_run") or 0
    return Page(
        "places.html",
        {
            "tree": branch(found, None),
            "copies": sum(place.copies for place in found),
            "print_run": int(run),
            "communes": sum(place.kind == PlaceKind.COMMUNE for place in found),
            "points": sum(place.kind in (PlaceKind.HAMLET, PlaceKind.POINT) for place in found),
            "kinds": [(kind.value, tr(words)) for kind, words in KINDS.items()],
            "parents": [
                ("", tr("None: it stands on top")),
                *((p.id, p.name) for p in found if p.kind != PlaceKind.POINT),
            ],
            "may_manage": may(person.role, "place.manage"),
        },
    )


@routes.post("/noi-nhan")
@needs("place.manage")
@door("writing")
def add(session: Session) -> Response:
    """A new place."""
    said = request.form
    try:
        kind, copies = PlaceKind(said.get("cap", "")), int(said.get("so-ban") or 0)
    except ValueError:
        raise Refused("A place needs a level and a whole number of copies.") from None
    places.add(
        session,
        name=said.get("ten", ""),
        kind=kind,
        parent_id=said.get("thuoc") or None,
        former_district=said.get("huyen", ""),
        copies=copies,
        actor=actor(),
        now=context().now(),
    )
    return redirect("/noi-nhan?xong=noi-nhan", 303)


def branch(found: Sequence[Place], parent_id: str | None) -> list[dict[str, Any]]:
    """The places under a parent, each with its own branch and the copies of the whole branch."""
    made = []
    for place in found:
        if place.parent_id != parent_id:
            continue
        below = branch(found, place.id)
        made.append(
            {
                "name": place.name,
                "kind": tr(KINDS[place.kind]),
                "former": place.former_district,
                "below": below,
                "copies": place.copies + sum(one["copies"] for one in below),
            }
        )
    return made
