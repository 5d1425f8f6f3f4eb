"""Style sheets, scripts, fonts and kept pictures, each from its own closed list."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, request, send_file, send_from_directory
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import NotFound
from app.paths import STATIC
from app.store import assets
from app.web.access import door, needs
from app.web.context import context
from app.web.fonts import FONTS, subset

routes = Blueprint("files", __name__)
FOREVER = "public, max-age=31536000, immutable"


def addresses(folder: Path) -> Callable[[str], str]:
    """Names a static file by its content, so that a browser never shows yesterday's style on today's page."""
    marks = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        for path in folder.rglob("*")
        if path.is_file()
    }

    def address(name: str) -> str:
        return f"/static/{name}?v={marks[name]}"

    return address


@routes.get("/static/<path:name>")
@needs("anyone")
@door("none")
def static(name: str) -> Response:
    """A style sheet, script or icon of the program itself."""
    answer = send_from_directory(STATIC, name)
    answer.headers["Cache-Control"] = FOREVER if request.args.get("v") else "no-cache"
    return answer


@routes.get("/phong-chu/<name>.woff2")
@needs("anyone")
@door("none")
def font(name: str) -> Response:
    """A font of the desk, cut down to the letters we use; made once and kept in the data folder."""
    if name not in FONTS:
        raise NotFound("There is no such font.")
    answer = send_file(subset(name, context().config.data_dir.resolve() / "phong-chu"), mimetype="font/woff2")
    answer.headers["Cache-Control"] = "public, max-age=604800"
    return answer


@routes.get("/anh/<sha256>")
@needs("look")
@door("reading")
def picture(session: Session, sha256: str) -> Response:
    """A kept picture; nothing but pictures comes out here."""
    asset = assets.describe(session, sha256)
    if asset.media_type not in ("image/jpeg", "image/png", "image/webp"):
        raise NotFound("There is no such file.")
    answer = send_file(context().assets.path(sha256).resolve(), mimetype=asset.media_type)
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer
