"""The settings of one odd source, on its own page: how it is asked, and what tells its stories apart."""

from typing import Any

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.outlet import Outlet, Source
from app.store import sources
from app.web import health_words
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.phrases import tr
from feeds.catalogue import IDENTITIES, LETTERS, load_catalogue
from feeds.sources.settings import FIELDS, checked

routes = Blueprint("source_settings", __name__)
CHOICES = {
    "address": "By the address of the article",
    "guid": "By the id in the feed",
    "title": "By the headline: addresses are used again",
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viqr": "VIQR",
    "double": "UTF-8 encoded twice",
}


def about(session: Session, source: Source) -> dict[str, Any]:
    """The form: what the office set, and beside it what the catalogue says of the source."""
    listed = load_catalogue(context().config).source(source.id)
    ours = source.quirks or {}
    return {
        "id": source.id,
        "ours": {name: str(ours.get(name, "")) for name in FIELDS},
        "listed": {name: str(getattr(listed.quirks, name)) if listed else "" for name in FIELDS},
        "identities": [("", tr("As in the catalogue")), *((key, tr(CHOICES[key])) for key in IDENTITIES)],
        "letters": [("", tr("As in the catalogue")), *((key, tr(CHOICES[key])) for key in LETTERS if key)],
        "is_section": source.kind == "section",
        "is_set": any(ours.get(name) for name in FIELDS),
        "host": session.get_one(Outlet, source.outlet_id).hosts[:1],
    }


@routes.post(f"{health_words.PAGE}/<source_id>/cai-dat")
@needs("source.manage")
@door("writing")
def change(session: Session, source_id: str) -> Response:
    """Keeps the settings; the next reading goes by them and reads the whole feed again."""
    source = sources.get(session, source_id)
    hosts = session.get_one(Outlet, source.outlet_id).hosts
    kept = checked({name: request.form.get(name, "") for name in FIELDS}, hosts=hosts)
    sources.set_quirks(session, source_id, kept, actor=actor(), now=context().now())
    return redirect(f"{health_words.PAGE}/{source_id}?xong=nguon-cai-dat#cai-dat", 303)
