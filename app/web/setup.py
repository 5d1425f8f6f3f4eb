"""The first visit: who publishes, under which preset, who is the first person, with or without sample stories."""

import hmac

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import BantinError, NotAllowed
from app.models.office import Mode, Office
from app.models.person import Role
from app.store import events, office, people, sessions
from app.web.access import door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tell, tr
from app.web.security import is_loopback
from app.web.sign_in import carry, set_key
from feeds.samples.editors import read_plan

routes = Blueprint("setup", __name__)


@routes.get("/cai-dat")
@needs("anyone")
@door("writing")
def form(session: Session) -> Response | Page:
    """The one page of questions; gone for good once the office exists."""
    if office.find(session) is not None:
        return redirect("/hom-nay", 303)
    return carry(session, Page("setup.html", _values()))


@routes.post("/cai-dat")
@needs("anyone")
@door("own")
def make(**_: object) -> Response | Page:
    """Makes the office and its first person, and signs that person in. Sample stories are the timer's work."""
    try:
        check_code(request.form.get("ma", ""))
        with context().lend("writing") as session:
            key = establish(session)
    except BantinError as error:
        return Page("setup.html", {**_values(), "trouble": tell(error)}, 400)
    answer = redirect("/hom-nay", 303)
    set_key(answer, key)
    return answer


def check_code(typed: str) -> None:
    """A visitor from another machine must type the code the terminal shows. Raises NotAllowed."""
    if is_loopback(request.remote_addr):
        return
    code = context().setup_code
    if not (code and hmac.compare_digest(code.encode(), typed.strip().encode())):
        raise NotAllowed("The set-up code is not right. It stands in the terminal where the desk was started.")


def establish(session: Session) -> str:
    """Writes office and first person in one transaction; returns the key of the new sign-in."""
    said, now = request.form, context().now()
    if said.get("mat-khau", "") != said.get("mat-khau-2", ""):
        raise NotAllowed("The two passphrases differ. Nothing was made yet; type them again.")
    house = office.make(
        session,
        name=said.get("ten-co-quan", "").strip(),
        preset=said.get("mau", ""),
        bulletin=said.get("ten-ban-tin", "").strip(),
        mode=Mode.TRAINING if said.get("tin-mau") else Mode.REAL,
        now=now,
        via="web",
    )
    if house.mode == Mode.TRAINING:
        fill_for_practice(house)
    person = people.add(
        session,
        name=said.get("ten", ""),
        post=said.get("chuc-vu", ""),
        role=Role.ADMINISTRATOR,
        passphrase=said.get("mat-khau", ""),
        office=house.code,
        actor=None,
        now=now,
    )
    key, _ = sessions.start(session, now=now, person=person)
    events.record(session, "person.signed_in", actor=people.acting(person, "web"), now=now, person=person.id)
    return key


def fill_for_practice(house: Office) -> None:
    """Invented facts where the preset has none, so that a practice issue can be sealed and signed."""
    plan = read_plan(context().now())
    facts = {name: value for name, value in plan.office.items() if name != "name"}
    house.facts = {**facts, **{name: value for name, value in house.facts.items() if value}}
    house.imprint = {**plan.imprint, **{name: value for name, value in house.imprint.items() if value}}


def _values() -> dict[str, object]:
    known = office.presets()
    choices = [
        {
            "key": key,
            "label": str(values["label"]),
            "note": str(values["name"]) or tr("Your own names; every list can be changed."),
        }
        for key, values in known.items()
    ]
    said = request.form
    return {
        "presets": choices,
        "chosen": said.get("mau", choices[0]["key"]),
        "said": said,
        "needs_code": not is_loopback(request.remote_addr),
        "trouble": "",
    }
