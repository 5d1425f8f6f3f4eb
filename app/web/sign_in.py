"""Signing in and out. Every sign-in starts a fresh server-side row, so that a planted key opens nothing."""

from flask import Blueprint, g, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import NotAllowed
from app.store import events, office, people, sessions
from app.web.access import COOKIE, Visitor, actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tell, tr
from app.web.security import local_path

routes = Blueprint("sign_in", __name__)


@routes.get("/dang-nhap")
@needs("anyone")
@door("writing")
def form(session: Session) -> Response | Page:
    """Asks for name and passphrase; gives the browser a row, for the form needs a token."""
    if office.find(session) is None:
        return redirect("/cai-dat", 303)
    answer = Page("sign_in.html", _values(session))
    return carry(session, answer)


@routes.post("/dang-nhap")
@needs("anyone")
@door("writing")
def enter(session: Session) -> Response | Page:
    """Checks the passphrase; a right one starts a new row with a new key and a new token."""
    now = context().now()
    name, passphrase = request.form.get("ten", ""), request.form.get("mat-khau", "")
    try:
        person = people.check_passphrase(session, name=name, passphrase=passphrase, now=now)
    except NotAllowed as error:
        return Page("sign_in.html", {**_values(session), "name": name, "trouble": tell(error)}, 429)
    if person is None:
        trouble = tr("Name and passphrase do not belong together. Nothing was changed; try once more.")
        return Page("sign_in.html", {**_values(session), "name": name, "trouble": trouble}, 401)
    sessions.end(session, request.cookies.get(COOKIE, ""), now=now)
    key, _ = sessions.start(session, now=now, person=person)
    events.record(session, "person.signed_in", actor=people.acting(person, "web"), now=now, person=person.id)
    answer = redirect(local_path(request.form.get("toi", "")), 303)
    set_key(answer, key)
    return answer


@routes.post("/dang-xuat")
@needs("look")
@door("writing")
def leave(session: Session) -> Response:
    """Ends the row: a copied key opens nothing from now on."""
    who = actor()
    sessions.end(session, request.cookies.get(COOKIE, ""), now=context().now())
    events.record(session, "person.signed_out", actor=who, now=context().now(), person=who.person)
    answer = redirect("/dang-nhap", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return answer


def carry(session: Session, page: Page) -> Page:
    """Makes sure the browser holds a key whose token the page's form can carry."""
    if g.visitor.sign_in is None:
        key, row = sessions.start(session, now=context().now())
        g.visitor = Visitor(person=None, sign_in=row)
        g.new_key = key
    return page


def set_key(answer: Response, key: str) -> None:
    """The cookie: for this desk only, out of reach of scripts, not sent from other sites."""
    answer.set_cookie(COOKIE, key, max_age=14 * 24 * 3600, httponly=True, samesite="Lax", path="/")


@routes.after_app_request
def hand_out_key(answer: Response) -> Response:
    """Gives the key of a row made during this request to the browser."""
    if "new_key" in g:
        set_key(answer, g.new_key)
    return answer


def _values(session: Session) -> dict[str, object]:
    house = office.find(session)
    names = [person.name for person in people.everyone(session) if person.active]
    return {
        "office_name": house.name if house else "",
        "bulletin": house.bulletin if house else "",
        "target": local_path(request.values.get("toi", "")),
        "names": names,
        "name": "",
        "trouble": "",
    }
