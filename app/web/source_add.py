"""Nguồn mới: finds the doors of a site, shows what comes through, adds only what was chosen; OPML in and out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, make_response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import Refused, Unreadable
from app.store import sources
from app.web.access import actor, door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tr, trn
from app.web.verdicts import advise, remark, warn
from feeds.catalogue import Catalogue, load_catalogue
from feeds.hand.pasted import as_address, is_link
from feeds.outcomes import OUTCOMES
from feeds.sources.badges import judge_address
from feeds.sources.discovery import Candidate, Findings, discover, sample
from feeds.sources.opml import Outline
from feeds.sources.own import add_source, site_of, write_list
from feeds.workbench import Workbench

routes = Blueprint("source_add", __name__)
PATH = "/he-thong/nguon"
TRIED = 24  # addresses of a list that are asked before it is shown
MOST = 300  # rows of a list that are shown


@routes.get(f"{PATH}/them")
@needs("source.manage")
@door("reading")
def form(_session: Session) -> Page:
    """One field for the address of a site, and a file for a list of feeds."""
    return _page((request.args.get("dia-chi") or request.args.get("trang", ""))[:500])


@routes.post(f"{PATH}/tim")
@needs("source.manage")
@door("own")
def find(*, now: datetime | None = None) -> Page:
    """Looks for the doors of a site. Its host is asked only because somebody pressed the button."""
    address = request.form.get("dia-chi", "").strip()
    if not is_link(address):
        return _page(address, trouble=tr("Type the address of a web site, such as nhandan.vn."))
    catalogue = load_catalogue(context().config)
    verdict = judge_address(catalogue, as_address(address))
    if verdict.warning:
        return _page(address, trouble=warn(verdict))
    try:
        found = discover(context().database, context().config, as_address(address), now=now or context().now())
    except Unreadable as trouble:
        what, advice = advise(trouble)
        return _page(address, trouble=f"{what} {advice}".strip())
    with context().lend("reading") as session:
        known = {source.url for source, _ in sources.listing(session)}
    badge = {"official": verdict.name, "remark": remark(verdict)}
    return _page(address, found=_findings(found, known), badge=badge)


@routes.post(f"{PATH}/them")
@needs("source.manage")
@door("writing")
def add(session: Session) -> Response:
    """Adds one door that was shown."""
    said = request.form
    made = add_source(
        session,
        load_catalogue(context().config),
        url=said.get("url", ""),
        name=said.get("ten", ""),
        site_name=said.get("trang", ""),
        kind=said.get("loai", "feed"),
        links=said.get("links", "").strip()[:300],
        private=context().config.fetch_private_networks,
        actor=actor(),
        now=context().now(),
    )
    return redirect(f"{PATH}?xong=nguon-moi#{made.id}", 303)


@routes.get(f"{PATH}/danh-sach.opml")
@needs("look")
@door("reading")
def export(session: Session) -> Response:
    """Every source, for other readers."""
    answer = make_response(write_list(session, now=context().now()))
    answer.mimetype = "text/x-opml"
    answer.headers["Content-Disposition"] = 'attachment; filename="nguon-tin.opml"'
    return answer


@routes.post(f"{PATH}/opml")
@needs("source.manage")
@door("own")
def read_list() -> Page:
    """Shows each feed of a list with its host's verdict and how it answers; nothing is added yet."""
    sent = request.files.get("tep")
    data = sent.read() if sent else b""
    if not data:
        return _page("", trouble=tr("No list was chosen. Choose a file, then show it."))
    try:
        with Workbench() as bench:
            outlines: Sequence[Outline] = bench.call("feeds.sources.opml.read_opml", data)
    except Unreadable as trouble:
        what, advice = advise(trouble)
        return _page("", trouble=f"{what} {advice}".strip())
    catalogue = load_catalogue(context().config)
    with context().lend("reading") as session:
        known = {source.url for source, _ in sources.listing(session)}
    rows = [_outline_row(catalogue, outline, known) for outline in outlines[:MOST]]
    wanted = [row for row in rows if not row["known"] and not row["warning"]][:TRIED]
    tried = sample(
        context().database, context().config, [(row["url"], row["kind"]) for row in wanted], now=context().now()
    )
    for row, candidate in zip(wanted, tried, strict=True):
        row["state"] = _state(candidate)
        row["titles"] = [one.title for one in candidate.samples[:2]]
    return _page("", rows=rows, left=len(outlines) - len(rows))


@routes.post(f"{PATH}/opml/them")
@needs("source.manage")
@door("writing")
def add_list(session: Session) -> Response:
    """Adds the feeds of a list that were ticked."""
    said, catalogue = request.form, load_catalogue(context().config)
    chosen = said.getlist("chon")
    if not chosen:
        raise Refused("Nothing was ticked, so nothing was added.")
    for number in chosen[:MOST]:
        add_source(
            session,
            catalogue,
            url=said.get(f"url-{number}", ""),
            name=said.get(f"ten-{number}", ""),
            site_name=said.get(f"trang-{number}", ""),
            kind=said.get(f"loai-{number}", "feed"),
            private=context().config.fetch_private_networks,
            actor=actor(),
            now=context().now(),
        )
    return redirect(f"{PATH}?xong=nguon-moi", 303)


def _outline_row(catalogue: Catalogue, outline: Outline, known: set[str]) -> dict[str, Any]:
    verdict = judge_address(catalogue, outline.url)
    return {
        "url": outline.url,
        "name": outline.name,
        "site": outline.folder or site_of(outline.url),
        "host": site_of(outline.url),
        "kind": outline.kind,
        "known": outline.url in known,
        "official": verdict.name if verdict.kind == "official" else "",
        "warning": warn(verdict),
        "state": "",
        "titles": [],
    }


def _findings(found: Findings, known: set[str]) -> dict[str, Any]:
    return {
        "title": found.title,
        "host": site_of(found.url),
        "good": sum(candidate.good for candidate in found.candidates),
        "doors": [_door(candidate, found, known) for candidate in found.candidates],
    }


def _door(candidate: Candidate, found: Findings, known: set[str]) -> dict[str, Any]:
    return {
        "url": candidate.url,
        "kind": candidate.kind,
        "name": candidate.name or found.title or site_of(candidate.url),
        "state": _state(candidate),
        "full": candidate.full_text,
        "newest": candidate.newest,
        "samples": [{"title": one.title, "at": one.at} for one in candidate.samples],
        "same_as": candidate.same_as,
        "known": candidate.url in known,
    }


def _state(candidate: Candidate) -> str:
    if candidate.count:
        return trn("%(num)d item", "%(num)d items", candidate.count)
    return tr(OUTCOMES[candidate.state].msgid)


def _page(
    address: str,
    *,
    trouble: str = "",
    found: dict[str, Any] | None = None,
    badge: dict[str, str] | None = None,
    rows: list[dict[str, Any]] | None = None,
    left: int = 0,
) -> Page:
    values = {"address": address, "trouble": trouble, "found": found, "badge": badge, "rows": rows, "left": left}
    return Page("source_add.html", values, 422 if trouble else 200)
