"""Our own error pages: what happened, what was kept, what to do. Their frame needs neither database nor sign-in."""

import logging
import secrets
from urllib.parse import urlsplit

from flask import Flask, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from app.models.errors import BantinError, NotAllowed, NotFound, Refused, Stale, Unprintable, Unreadable
from app.web.phrases import tell, tr
from app.web.security import local_path

LOG = logging.getLogger("bantin.web")
STATUS: dict[type[BantinError], int] = {
    NotAllowed: 403,
    NotFound: 404,
    Refused: 400,
    Stale: 409,
    Unreadable: 422,
    Unprintable: 422,
}
# status: (heading, what was kept and what to do)
WORDS = {
    400: ("This did not work", "What was saved before is unchanged. Go back, look at the page once more and repeat."),
    403: ("This is not open to you", "Nothing was changed."),
    404: ("There is no such page", "Nothing was lost. The address may be mistyped, or the thing was moved."),
    405: ("This did not work", "What was saved before is unchanged. Go back, look at the page once more and repeat."),
    409: (
        "The text has changed since you opened this page",
        "Nothing was decided. Open the page again and read the new text first.",
    ),
    413: ("That file is too large", "Nothing was changed. Pictures may have up to 20 MB."),
    422: ("This could not be made", "What was saved before is unchanged."),
    500: (
        "Something broke here",
        "What was saved is kept. Try once more; if it happens again, tell the person who looks after this machine"
        " the number below.",
    ),
}


def install(app: Flask) -> None:
    """Answers every error with our own page."""
    app.register_error_handler(BantinError, answer_ours)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_broken)


def answer_ours(error: BantinError) -> Response:
    """An error with a sentence for the person."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    return show(status, sentence=tell(error))


def answer_http(error: HTTPException) -> Response:
    """An error of the protocol: an unknown page or host name, a body that is too large."""
    if isinstance(error, SecurityError):
        return show(
            400,
            sentence=tr(
                "The desk does not answer to this address. Add it to `trusted_hosts` in bantin.toml, then start anew."
            ),
        )
    return show(error.code or 500)


def answer_broken(error: Exception) -> Response:
    """An error of ours: a short number that also stands in the log."""
    number = secrets.token_hex(3).upper()
    LOG.error("error %s at %s %r", number, request.method, request.path, exc_info=error)
    return show(500, number=number)


def came_from() -> str:
    """The path of our own page the visitor was on, to go back to; empty when he came from nowhere."""
    if isinstance(request.routing_exception, SecurityError):  # of an unknown host even the name is not to be read
        return ""
    sent = urlsplit(request.referrer or "")
    return local_path(sent.path) if sent.netloc == request.host and sent.path != request.path else ""


def show(status: int, *, sentence: str = "", number: str = "") -> Response:
    """The page; as JSON for the scripts of our pages."""
    heading, advice = WORDS.get(status, WORDS[400])
    g.setdefault("lang", request.cookies.get("tieng", ""))
    if request.is_json:
        return make_response({"error": sentence or tr(heading), "number": number}, status)
    values = {"heading": tr(heading), "advice": tr(advice), "sentence": sentence, "number": number, "back": came_from()}
    return make_response(render_template("desk/error.html", **values), status)
