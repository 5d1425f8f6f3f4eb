"""The last steps of an issue: seal, proofs, signature, parcels. None of them holds a transaction while it renders.

Proofs and parcels are the timer's work, seconds after sealing and signing; the buttons here do the same at once.
"""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.models.errors import Refused
from app.store import issues
from app.web.access import actor, door, needs
from app.web.context import context
from outbox import proof, release

routes = Blueprint("issue_sign", __name__)


@routes.post("/so-ban-tin/<issue_id>/chot")
@needs("issue.seal")
@door("own")
def seal(issue_id: str) -> Response:
    """Lays the issue out and seals it; the timer makes the proofs while the page tells how many there are."""
    proof.seal(context().folder, issue_id, actor=actor(), now=context().now())
    return redirect(f"/so-ban-tin/{issue_id}?xong=chot#ban-thu", 303)


@routes.post("/so-ban-tin/<issue_id>/ban-thu")
@needs("issue.seal")
@door("own")
def proofs(issue_id: str) -> Response:
    """Makes the proofs that are missing or failed, at once: for a desk without its timer, or an impatient person."""
    folder, now = context().folder, context().now()
    with context().lend("reading") as session:
        sealed = issues.latest_seal(session, issue_id)
    if sealed is None:
        raise Refused("Seal the issue first; proofs are made from the sealed text.")
    proof.make_proofs(folder, sealed, actor=actor(), now=now)
    return redirect(f"/so-ban-tin/{issue_id}?xong=ban-thu#ban-thu", 303)


@routes.post("/so-ban-tin/<issue_id>/ky")
@needs("issue.sign")
@door("own")
def sign(issue_id: str) -> Response:
    """The approver's signature over the seal whose hash the page carried; the parcels are queued with it."""
    release.sign(context().folder, issue_id, shown=request.form.get("ma", ""), actor=actor(), now=context().now())
    return redirect(f"/so-ban-tin/{issue_id}?xong=ky", 303)


@routes.post("/so-ban-tin/<issue_id>/lam-kien")
@needs("issue.release")
@door("own")
def make_parcels(issue_id: str) -> Response:
    """Puts every waiting parcel on the shelf; safe to repeat."""
    release.make_parcels(context().folder, actor=actor(), now=context().now(), issue_id=issue_id)
    return redirect("/hop-di?xong=phat-hanh", 303)
