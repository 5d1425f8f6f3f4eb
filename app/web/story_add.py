"""Thêm tin: what people bring by hand, in one box; and the note on such a story in the reading pane."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.desk.accounts import network_of
from app.models.errors import Refused, Unreadable
from app.models.outlet import Outlet
from app.models.person import Person
from app.models.story import Story
from app.web.access import Answer, actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tell, tr
from app.web.verdicts import advise, remark, warn
from feeds.catalogue import load_catalogue
from feeds.hand.byhand import MAX_SHOTS, MEGABYTES, Done, Hand, Told
from feeds.hand.carried import is_photo
from feeds.hand.pasted import as_address, is_link
from feeds.sources.badges import judge_address

routes = Blueprint("story_add", __name__)
PATH = "/tin-ve/them"
FIELDS = ("noi-dung", "tieu-de", "nguon", "ngay", "chu-thich", "noi-chup", "nguoi-chup", "dong-y")


@routes.get(PATH)
@needs("story.add")
@door("reading")
def form(_session: Session) -> Page:
    """One box that takes a link, a text or a file."""
    return _page({name: request.args.get(name, "")[:2000] for name in FIELDS})


@routes.post(PATH)
@needs("story.add")
@door("own")
def add() -> Answer:
    """Recognises what was brought, keeps it as a story and opens it; trouble leaves every field as it was typed."""
    said = {name: request.form.get(name, "") for name in FIELDS}
    words, files = said["noi-dung"].strip(), _files(request.files.getlist("tep"))
    if is_link(words) and not files:
        verdict = judge_address(load_catalogue(context().config), as_address(words))
        unknown = verdict.kind == "unknown" and not verdict.warning and not network_of(verdict.host.partition("/")[0])
        if unknown and request.form.get("xac-nhan") != "1":
            return _page(said, ask={"host": verdict.host, "remark": remark(verdict)})
    try:
        done = _bring(words, files, said)
    except Unreadable as trouble:
        what, advice = advise(trouble)
        return _page(said, trouble=what, advice=advice)
    except Refused as trouble:
        return _page(said, trouble=tell(trouble))
    return redirect(f"/tin-ve/{done.added.story_id}?xong={_code(done)}", 303)


def about(session: Session, story: Story) -> dict[str, Any] | None:
    """Who brought this story by hand and whether anybody compared it; None for one that a feed brought."""
    if story.brought_by is None:
        return None
    person, outlet = session.get(Person, story.brought_by), session.get_one(Outlet, story.outlet_id)
    verdict = judge_address(load_catalogue(context().config), story.url) if story.url else None
    return {
        "who": person.name if person else "",
        "checked": outlet.official,
        "warning": warn(verdict) if verdict and not outlet.official else "",
        "claims": verdict.name if verdict and verdict.kind == "official" and not outlet.official else "",
    }


def _files(sent: list[FileStorage]) -> list[bytes]:
    return [data for file in sent if (data := file.read())]


def _bring(words: str, files: list[bytes], said: Mapping[str, str]) -> Done:
    config = context().config
    hand = Hand(
        database=context().database,
        config=config,
        catalogue=load_catalogue(config),
        assets=context().assets,
        actor=actor(),
        now=context().now(),
    )
    told = Told(
        title=said["tieu-de"],
        caption=said["chu-thich"],
        source=said["nguon"],
        day=said["ngay"],
        place=said["noi-chup"],
        credit=said["nguoi-chup"],
        agreed=said["dong-y"] == "1",
    )
    if not files:
        return hand.link(words, told, confirmed=True) if is_link(words) else hand.text(words, told)
    if all(map(is_photo, files)):
        return hand.text(words, told, photos=files) if words else hand.photos(files, told)
    if words or len(files) > 1:
        raise Refused("One thing at a time: a document is added alone. Your text is still in the box.")
    return hand.file(files[0], told)


def _code(done: Done) -> str:
    """Which line tells what became of it: see app/web/notices.py."""
    if done.added.state != "new":
        return "da-co" if done.added.state == "known" else "them-sua"
    return "them-anh" if done.had_place else "them-sot" if done.left_out else "them"


def _page(
    said: Mapping[str, str], *, ask: Mapping[str, str] | None = None, trouble: str = "", advice: str = ""
) -> Page:
    values = {
        "said": said,
        "ask": ask,
        "trouble": trouble,
        "advice": advice,
        "most": {"megabytes": MEGABYTES, "photos": MAX_SHOTS},
        "open_more": any(said[name] for name in ("tieu-de", "nguon", "ngay")),
        "open_photo": any(said[name] for name in ("chu-thich", "noi-chup", "dong-y")),
        "heading": tr("Add a story"),
    }
    return Page("story_add.html", values, 422 if trouble else 200)
