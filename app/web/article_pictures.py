"""Pictures of an article: from a file of the office, or the outlet's own once that is agreed."""

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.places import between
from app.models.errors import Refused
from app.models.ids import new_id
from app.store import articles, assets, manuscript, stories
from app.store.operations import Write
from app.web.access import actor, door, needs
from app.web.context import context
from feeds.pictures import to_print
from feeds.workbench import Workbench

routes = Blueprint("article_pictures", __name__)


@routes.post("/bai/<article_id>/anh")
@needs("article.write")
@door("own")
def add(article_id: str) -> Response:
    """Reads the file, makes it fit for print without its metadata, and puts it into the article."""
    sent = request.files.get("tep")
    data = sent.read() if sent else b""
    if not data:
        raise Refused("No picture was chosen. Choose a file, then add it.")
    with Workbench() as bench:  # bytes from outside are taken apart in the limited child
        made = bench.run(to_print, data)
    name = context().assets.put(made.data)
    with context().lend("writing") as session:
        assets.register(
            session,
            name=name,
            media_type="image/jpeg",
            size=len(made.data),
            now=context().now(),
            width=made.width,
            height=made.height,
        )
        _place(session, article_id, {"asset": name, "width": str(made.width), "height": str(made.height)})
    return redirect(f"/bai/{article_id}?xong=luu#anh", 303)


@routes.post("/bai/<article_id>/anh-nguon")
@needs("article.write")
@door("writing")
def take(session: Session, article_id: str) -> Response:
    """Takes a picture of one of the article's own stories; a finding asks for the outlet's consent."""
    wanted = request.form.get("anh", "")
    content = manuscript.content(session, article_id)
    for ref in content.sources:
        for picture in stories.pictures(session, [ref.story_id])[ref.story_id]:
            if picture.asset and picture.asset == wanted:
                known = assets.describe(session, wanted)
                size = {"width": str(known.width or 0), "height": str(known.height or 0)}
                credit = ref.outlet or picture.credit or ""  # of a photo brought by hand: who took it
                _place(session, article_id, {"asset": wanted, "caption": picture.caption, "credit": credit, **size})
                return redirect(f"/bai/{article_id}?xong=luu#anh", 303)
    raise Refused("This picture belongs to none of the article's stories.")


def _place(session: Session, article_id: str, fields: dict[str, str]) -> None:
    now = context().now()
    key = new_id(now, context().random)
    there = manuscript.parts(session, article_id, "figure")
    place = between(there[-1][1].get("place", "") if there else "", "")
    values = {"focus_x": "50", "focus_y": "50", "place": place, **fields}
    made = [Write(noun="figure", key=f"{article_id}/{key}", field=name, value=value) for name, value in values.items()]
    articles.write(session, article_id, made, actor=actor(), now=now)
