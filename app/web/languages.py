"""The two switches a person may set on any page: the language of the desk, and single-key shortcuts."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.models.errors import Refused
from app.web.access import door, needs
from app.web.pages import Page
from app.web.security import local_path
from app.words import LANGUAGES

routes = Blueprint("languages", __name__)
YEAR = 365 * 24 * 3600


@routes.get("/phim-tat")
@needs("look")
@door("own")
def keys(**_: object) -> Page:
    """What each key does, and the switch that turns single keys off."""
    return Page("keys.html", {"languages": LANGUAGES})


@routes.post("/tieng")
@needs("anyone")
@door("own")
def choose(**_: object) -> Response:
    """Remembers the language in this browser."""
    chosen = request.form.get("tieng", "")
    if chosen not in LANGUAGES:
        raise Refused("The desk does not speak this language.")
    return _remember("tieng", chosen)


@routes.post("/phim")
@needs("look")
@door("own")
def switch_keys(**_: object) -> Response:
    """Turns single-key shortcuts on or off in this browser (WCAG 2.1.4)."""
    return _remember("phim", "tat" if request.form.get("phim") == "tat" else "bat")


def _remember(name: str, value: str) -> Response:
    answer = redirect(local_path(request.form.get("toi", "")), 303)
    answer.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", path="/")
    return answer
