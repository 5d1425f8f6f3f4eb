"""Parcels: written in the signing transaction, marked when they lie whole on the shelf."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk.policy import Actor
from app.models.errors import NotFound
from app.models.ids import new_id
from app.models.issue import Proof, Signature
from app.models.parcel import Parcel, ParcelState
from app.store.events import record


def queue(
    session: Session, signature: Signature, proofs: Sequence[tuple[Proof, str]], *, now: datetime
) -> list[Parcel]:
    """One waiting parcel a proof and destination; call it in the transaction that signs."""
    ids = sorted(new_id(now) for _ in proofs)  # in the order given, so that lists keep the order of the pages
    made = [
        Parcel(
            id=id_,
            office=signature.office,
            signature_id=signature.id,
            issue_id=signature.issue_id,
            proof_id=proof.id,
            kind=proof.kind,
            subject=proof.subject,
            destination=destination,
            state=ParcelState.WAITING,
        )
        for id_, (proof, destination) in zip(ids, proofs, strict=True)
    ]
    session.add_all(made)
    session.flush()
    return made


def listing(session: Session, *, issue_id: str | None = None, state: ParcelState | None = None) -> Sequence[Parcel]:
    """Parcels, those of the newest issue first, then by destination."""
    query = select(Parcel).order_by(Parcel.signature_id.desc(), Parcel.destination, Parcel.kind, Parcel.id)
    if issue_id:
        query = query.where(Parcel.issue_id == issue_id)
    return session.scalars(query.where(Parcel.state == state) if state else query).all()


def get(session: Session, parcel_id: str) -> Parcel:
    """Raises NotFound."""
    parcel = session.get(Parcel, parcel_id)
    if parcel is None:
        raise NotFound("There is no such parcel.")
    return parcel


def proof_of(session: Session, parcel: Parcel) -> Proof:
    """The proof whose bytes the parcel holds. Raises NotFound."""
    proof = session.get(Proof, parcel.proof_id)
    if proof is None:
        raise NotFound("There is no such proof.")
    return proof


def mark_made(session: Session, parcel_id: str, files: list[dict[str, Any]], *, actor: Actor, now: datetime) -> None:
    """The files {path, sha256, size, pages} lie whole on the shelf. Safe to repeat."""
    parcel = get(session, parcel_id)
    if parcel.state != ParcelState.WAITING:
        return
    parcel.state, parcel.files, parcel.made_at = ParcelState.MADE, files, now
    first = files[0]["sha256"] if files else ""
    record(session, "parcel.made", actor=actor, now=now, parcel=parcel_id, edition=parcel.kind, sha256=first)


def counts(session: Session) -> dict[ParcelState, int]:
    """How many parcels are in each state."""
    query = select(Parcel.state, func.count()).group_by(Parcel.state)
    return {row[0]: row[1] for row in session.execute(query)}
