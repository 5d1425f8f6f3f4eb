"""Adding a person, and what the roles are called."""

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import Refused
from app.models.person import Role
from app.store import people
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.phrases import tr

routes = Blueprint("people", __name__)
ROLES: dict[Role, str] = {
    Role.CONTRIBUTOR: "Contributor: writes articles",
    Role.EDITOR: "Editor: chooses, writes, composes",
    Role.APPROVER: "Approver: approves and signs",
    Role.CLERK: "Clerk: prints, folds, sends",
    Role.FANPAGE: "Page manager: copies posts",
    Role.ADMINISTRATOR: "Administrator: people, office, backup",
}


def role_words(role: Role) -> str:
    """The role's name without what it does."""
    return tr(ROLES[role]).split(":", 1)[0]


@routes.post("/he-thong/nguoi")
@needs("people.manage")
@door("writing")
def add(session: Session) -> Response:
    """A new account, with the passphrase the administrator hands over."""
    said, who = request.form, actor()
    try:
        role = Role(said.get("vai", ""))
    except ValueError:
        raise Refused("Choose what this person does here.") from None
    people.add(
        session,
        name=said.get("ten", ""),
        post=said.get("chuc-vu", ""),
        role=role,
        passphrase=said.get("mat-khau", ""),
        office=who.office,
        actor=who,
        now=context().now(),
    )
    return redirect("/he-thong?xong=nguoi#nguoi", 303)


@routes.post("/he-thong/nguoi/<person_id>/tai-khoan")
@needs("people.manage")
@door("writing")
def switch(session: Session, person_id: str) -> Response:
    """Closes an account or opens it again."""
    people.switch(session, person_id, on=request.form.get("mo") == "1", actor=actor(), now=context().now())
    return redirect("/he-thong?xong=nguoi-doi#nguoi", 303)


@routes.post("/he-thong/nguoi/<person_id>/mat-khau")
@needs("people.manage")
@door("writing")
def reset(session: Session, person_id: str) -> Response:
    """A new passphrase for somebody who forgot his."""
    said = request.form.get("mat-khau", "")
    people.reset_passphrase(session, person_id, passphrase=said, actor=actor(), now=context().now())
    return redirect("/he-thong?xong=mat-khau#nguoi", 303)
