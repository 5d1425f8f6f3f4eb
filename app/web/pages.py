"""A page is a template and plain values; the frame around it (words, counts, person) is furnished by the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import g, make_response, render_template, request
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.article import Stage
from app.models.office import Mode
from app.models.person import Person
from app.models.story import Triage
from app.store import articles, office, stories
from app.web.notices import notices
from app.web.phrases import tr

# word, path, icon on the phone, key of its count, starts a group
WORDS = (
    ("Today", "/hom-nay", "sun", "", False),
    ("Stories in", "/tin-ve", "later", "stories", True),
    ("Articles", "/bai", "pen", "articles", False),
    ("Approval", "/duyet", "seal", "approvals", False),
    ("Issues", "/so-ban-tin", "book", "", True),
    ("Outbox", "/hop-di", "out", "parcels", False),
    ("Recipients", "/noi-nhan", "people", "", False),
    ("System", "/he-thong", "gear", "", True),
)
TABS = ("/hom-nay", "/duyet", "/hop-di")


@dataclass(frozen=True, slots=True)
class Page:
    """What a view answers with: the template under templates/desk, its values, the status."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


def furnish(session: Session, person: Person | None) -> dict[str, Any]:
    """The frame of a page, read in the page's own transaction: office, counts of waiting things, the person."""
    house = office.find(session)
    waiting = counts(session) if person else {}
    words = [
        {
            "label": tr(label),
            "href": href,
            "icon": icon,
            "gap": gap,
            "count": waiting.get(key, 0),
            "here": is_here(href),
        }
        for label, href, icon, key, gap in WORDS
    ]
    return {
        "desk": {
            "bulletin": house.bulletin if house else "Bản tin",
            "office": house.name if house else "",
            "mode": (house.mode if house else Mode.REAL).value,
            "person": {"name": person.name, "post": person.post} if person else {"name": "", "post": ""},
            "words": words,
            "tabs": [word for word in words if word["href"] in TABS],
            "more": [word for word in words if word["href"] not in TABS],
        }
    }


def counts(session: Session) -> dict[str, int]:
    """What waits behind each word of the bar."""
    stages = articles.counts(session)
    return {
        "stories": stories.count(session, triage=Triage.NEW),
        "articles": stages.get(Stage.DRAFT, 0) + stages.get(Stage.RETURNED, 0),
        "approvals": stages.get(Stage.SUBMITTED, 0),
        "parcels": 0,
    }


def is_here(href: str) -> bool:
    """Whether the page asked for belongs to this word of the bar."""
    return request.path == href or request.path.startswith(href + "/")


def render(page: Page, facts: Mapping[str, Any]) -> Response:
    """The finished answer; no transaction is open any more."""
    values = {**facts, "notices": notices(request.args), "keys_on": request.cookies.get("phim") != "tat", **page.values}
    return make_response(render_template(f"desk/{page.template}", **values), page.status)


def csrf_field() -> Markup:
    """The hidden field every form carries."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_token())


def csrf_token() -> str:
    """The token for our scripts."""
    return str(g.visitor.csrf) if "visitor" in g else ""
