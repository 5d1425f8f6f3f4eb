"""Hộp đi: what is signed and ready to leave, by destination; each parcel with its state, its files and one verb."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.models.errors import NotFound
from app.models.issue import Seal
from app.models.parcel import Parcel, ParcelState
from app.store import issues, parcels
from app.web.access import door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.phrases import tr
from app.web.proofs import file_rows, give, kind_words
from app.web.states import parcel_state
from outbox.kinds import KINDS

routes = Blueprint("outbox", __name__)
GROUPS = (
    ("In print", ("print",), "print", "Print the A4 file double-sided, flip on the short edge, fold and staple."),
    ("Zalo and Facebook", ("zalo", "facebook"), "phone", "Copy the words, save the picture, post them by hand."),
    ("Web page", ("website",), "globe", "One file that opens without a network; also from a stick."),
)


@routes.get("/hop-di")
@needs("look")
@door("reading")
def listing(session: Session) -> Page:
    """Doubt first, then by destination; the parcels of the newest issue on top."""
    found = parcels.listing(session)
    seals = {p.issue_id: issues.latest_seal(session, p.issue_id) for p in found}
    newest = found[0].issue_id if found else ""
    groups = [_group(found, group, seals, newest) for group in GROUPS]
    counted = parcels.counts(session)
    issue = issues.get(session, newest) if newest else None
    return Page(
        "outbox.html",
        {
            "groups": [group for group in groups if group["rows"]],
            "issue": {"id": issue.id, "number": issue.number, "date": issue.issue_date} if issue else None,
            "older": [_row(p, seals) for p in found if p.issue_id != newest and p.destination == "print"],
            "waiting": counted.get(ParcelState.WAITING, 0),
            "all": max(sum(p.issue_id == newest for p in found), counted.get(ParcelState.WAITING, 0)),
            "states": [(parcel_state(state), counted.get(state, 0)) for state in ParcelState if counted.get(state, 0)],
            "shelf": str(context().folder.shelf),
        },
    )


@routes.get("/hop-di/<parcel_id>")
@needs("look")
@door("reading")
def kit(session: Session, parcel_id: str) -> Page:
    """The copy kit of one post: the words as they will look, with the fold marked, and the picture."""
    parcel = parcels.get(session, parcel_id)
    kind = KINDS.get(parcel.kind)
    if kind is None or not kind.each_article:
        raise NotFound("This parcel is a file to open, not a post to copy.")
    proof = parcels.proof_of(session, parcel)
    texts = [entry for entry in proof.files if str(entry["name"]).endswith(".txt")]
    words = context().assets.get(texts[0]["asset"]).decode() if texts else ""
    pictures = [row for row in file_rows(proof.files) if row["is_picture"]]
    fold = next(iter(kind.limits.folds), 0) or 400
    seal = issues.latest_seal(session, parcel.issue_id)
    article: dict[str, Any] = seal.snapshot["articles"].get(parcel.subject, {}) if seal else {}
    return Page(
        "kit.html",
        {
            "parcel": {
                "id": parcel.id,
                "kind": parcel.kind,
                "words": kind_words(parcel.kind),
                "state": parcel_state(parcel.state),
            },
            "title": article.get("headline", ""),
            "alt": next((f["alt"] for f in article.get("figures", [])), ""),
            "words": words,
            "before": _cut(words, fold),
            "after": words[len(_cut(words, fold)) :].strip(),
            "proof_id": proof.id,
            "pictures": pictures,
            "others": [
                {"id": p.id, "words": kind_words(p.kind)}
                for p in parcels.listing(session, issue_id=parcel.issue_id)
                if p.subject == parcel.subject and p.id != parcel.id
            ],
            "blocked": parcel.state in (ParcelState.WITHDRAWN, ParcelState.UNKNOWN),
        },
    )


@routes.get("/hop-di/<parcel_id>/tep/<int:number>")
@needs("outbox.take")
@door("reading")
def file(session: Session, parcel_id: str, number: int) -> Response:
    """One file of a parcel, the very bytes that were signed."""
    parcel = parcels.get(session, parcel_id)
    files = parcels.proof_of(session, parcel).files
    if parcel.state != ParcelState.MADE or number >= len(files):
        raise NotFound("This parcel is not made yet.")
    return give(files[number])


def _group(
    found: Sequence[Parcel], group: tuple[str, tuple[str, ...], str, str], seals: dict[str, Seal | None], newest: str
) -> dict[str, Any]:
    label, destinations, icon, hint = group
    rows = [_row(p, seals) for p in found if p.destination in destinations and p.issue_id == newest]
    rows.sort(key=lambda row: (row["code"], row["kind"]))
    rows = _by_article(rows)
    return {"label": tr(label), "icon": icon, "hint": tr(hint), "rows": rows}


def _by_article(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for the posts of one article; a state that differs keeps its own line."""
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = (row["code"] or row["id"], row["state"]["words"])
        first = merged.setdefault(key, {**row, "kits": []})
        if row["is_post"]:
            first["kits"].append({"id": row["id"], "words": KINDS[row["kind"]].name.capitalize()})
    return list(merged.values())


def _row(parcel: Parcel, seals: dict[str, Seal | None]) -> dict[str, Any]:
    seal = seals[parcel.issue_id]
    snapshot: dict[str, Any] = seal.snapshot if seal else {"articles": {}, "issue": {"number": 0}}
    article: dict[str, Any] = snapshot["articles"].get(parcel.subject, {})
    files = [
        {
            "number": n,
            "name": str(f["path"]).rsplit("/", 1)[-1],
            "path": f["path"],
            "kilobytes": -(-int(f["size"]) // 1024),
            "pages": int(f["pages"] or 0),
        }
        for n, f in enumerate(parcel.files)
    ]
    return {
        "id": parcel.id,
        "kind": parcel.kind,
        "code": article.get("code", ""),
        "title": article.get("headline") or kind_words(parcel.kind),
        "words": kind_words(parcel.kind) if article else tr("Issue %(number)d", number=snapshot["issue"]["number"]),
        "state": parcel_state(parcel.state),
        "made": parcel.state == ParcelState.MADE,
        "files": files,
        "is_post": bool(article),
    }


def _cut(words: str, fold: int) -> str:
    """What stands before the fold: up to a space near the limit."""
    if len(words) <= fold:
        return words
    return words[:fold].rsplit(" ", 1)[0]
