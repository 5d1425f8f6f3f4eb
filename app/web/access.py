"""Who comes in and through which door: every view says both, and the answer is rendered after the door has closed."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, cast, overload
from urllib.parse import urlencode

from flask import g, make_response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.policy import MAY, Actor, may
from app.models.errors import NotAllowed
from app.models.person import Person, SignIn
from app.store import sessions
from app.store.people import acting
from app.web.context import context
from app.web.pages import Page, furnish, render
from app.web.security import CSRF_FIELD, SAFE_METHODS, check_token

# "own": the view opens doors itself, for nothing may be open while it renders; "none": it needs no database at all.
Door = Literal["reading", "writing"]
OwnDoor = Literal["own", "none"]
PUBLIC = "anyone"  # the one need that asks for no sign-in
COOKIE = "bantin"
P = ParamSpec("P")
Answer = Page | Response


class Tagged(Protocol):
    """A view that says who may use it and through which door."""

    needs: str
    door: str

    def __call__(self, **parts: Any) -> Response: ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: nobody before signing in; `sign_in` is the server's row of this browser."""

    person: Person | None
    sign_in: SignIn | None

    @property
    def csrf(self) -> str:
        """The token this browser's forms must carry; empty while it has no row."""
        return self.sign_in.csrf if self.sign_in else ""


def needs(action: str) -> Callable[[Callable[..., Response]], Tagged]:
    """Says which action of app/desk/policy.py a visitor must be allowed, or `anyone`."""
    if action != PUBLIC and action not in MAY:
        raise ValueError(f"no such action: {action}")

    def tag(view: Callable[..., Response]) -> Tagged:
        tagged = cast(Tagged, view)
        tagged.needs = action
        return tagged

    return tag


@overload
def door(kind: Door) -> Callable[[Callable[Concatenate[Session, P], Answer]], Callable[P, Response]]: ...
@overload
def door(kind: OwnDoor) -> Callable[[Callable[P, Answer]], Callable[P, Response]]: ...
def door(kind: Door | OwnDoor) -> Any:
    """Opens the door, knows the visitor, checks right and token, runs the view with the session, closes, renders."""
    enter = {"reading": enter_door, "writing": enter_door, "own": enter_alone, "none": enter_unknown}[kind]

    def tag(view: Callable[..., Answer]) -> Callable[..., Response]:
        @functools.wraps(view)
        def entered(**parts: Any) -> Response:
            return enter(view, kind, getattr(entered, "needs", ""), parts)

        cast(Tagged, entered).door = kind
        return entered

    return tag


def enter_door(view: Callable[..., Answer], kind: str, need: str, parts: Mapping[str, Any]) -> Response:
    """The view gets the session; the page is rendered when the transaction is over."""
    with context().lend(kind) as session:
        visitor = recognise(session)
        if need != PUBLIC and visitor.person is None:
            return ask_to_sign_in()
        admit(visitor, need)
        answer = view(session, **parts)
        facts = furnish(session, visitor.person) if isinstance(answer, Page) else {}
    return render(answer, facts) if isinstance(answer, Page) else answer


def enter_alone(view: Callable[..., Answer], kind: str, need: str, parts: Mapping[str, Any]) -> Response:  # noqa: ARG001
    """The visitor is known and admitted; then no transaction is open while the view works."""
    with context().lend("reading") as session:
        visitor = recognise(session)
        if need != PUBLIC and visitor.person is None:
            return ask_to_sign_in()
        admit(visitor, need)
    answer = view(**parts)
    if not isinstance(answer, Page):
        return answer
    with context().lend("reading") as session:
        facts = furnish(session, visitor.person)
    return render(answer, facts)


def enter_unknown(view: Callable[..., Answer], kind: str, need: str, parts: Mapping[str, Any]) -> Response:  # noqa: ARG001
    """Files of the program itself: open to anyone, so only a public need may use this."""
    if need != PUBLIC or request.method not in SAFE_METHODS:
        raise NotAllowed("Only a person may do this.")
    answer = view(**parts)
    return render(answer, {}) if isinstance(answer, Page) else answer


def recognise(session: Session) -> Visitor:
    """Finds the visitor by the browser's key and remembers him for this request."""
    sign_in = sessions.find(session, request.cookies.get(COOKIE, ""), now=context().now())
    person = session.get(Person, sign_in.person_id) if sign_in and sign_in.person_id else None
    g.visitor = Visitor(person=person if person and person.active else None, sign_in=sign_in)
    g.lang = request.cookies.get("tieng", "") or (person.language if person else context().config.language)
    return cast(Visitor, g.visitor)


def admit(visitor: Visitor, need: str) -> None:
    """Raises NotAllowed unless the visitor's role allows the need and an unsafe request carries his token."""
    if need != PUBLIC and not may(visitor.person.role if visitor.person else None, need):
        raise NotAllowed(
            "%(name)s may not do this. Ask a person whose role allows it.",
            name=visitor.person.name if visitor.person else "",
        )
    if request.method not in SAFE_METHODS:
        check_token(visitor.csrf, request)


def ask_to_sign_in() -> Response:
    """Sends a visitor to the door and afterwards to what he wanted to see; words he sent are shown, to be copied."""
    if request.method in SAFE_METHODS:
        return redirect("/dang-nhap?" + urlencode({"toi": request.full_path.rstrip("?")}), 303)
    if request.is_json:
        return make_response({"signed_out": True}, 401)
    words = [text for name, text in request.form.items() if name != CSRF_FIELD and len(text) > 20]
    return render(Page("signed_out.html", {"words": words}, 401), {})


def actor() -> Actor:
    """The signed-in person as the rules know him."""
    visitor = cast(Visitor, g.visitor)
    if visitor.person is None:
        raise NotAllowed("Only a person may do this.")
    return acting(visitor.person, "web")
