"""Signing queues the parcels in the same transaction; making them puts the proofs' own bytes on the shelf."""

from datetime import datetime
from pathlib import Path
from typing import Any

from app.desk.policy import Actor
from app.models.issue import Signature
from app.models.parcel import Parcel, ParcelState
from app.store import issues, parcels, sealing
from app.store.folder import Folder
from outbox import shelf
from outbox.kinds import KINDS
from outbox.proof import wanted


def sign(folder: Folder, issue_id: str, *, shown: str, actor: Actor, now: datetime) -> Signature:
    """The approver's signature and every parcel it sets free, in one transaction.

    `shown` is the seal's hash on the page he read.
    """
    with folder.database.writing() as session:
        sealed = issues.latest_seal(session, issue_id)
        needed = [(kind.name, subject) for kind, subject in wanted(sealed.snapshot)] if sealed else []
        signature = sealing.sign(session, issue_id, shown=shown, wanted=needed, actor=actor, now=now)
        made = {(proof.kind, proof.subject): proof for proof in issues.proofs(session, signature.seal_id)}
        parcels.queue(session, signature, [(made[key], KINDS[key[0]].destination) for key in needed], now=now)
    return signature


def make_parcels(folder: Folder, *, actor: Actor, now: datetime, issue_id: str | None = None) -> list[Parcel]:
    """Puts every waiting parcel on the shelf, whole or not at all. Safe to repeat after a kill at any line."""
    with folder.database.reading() as session:
        waiting = list(parcels.listing(session, issue_id=issue_id, state=ParcelState.WAITING))
    for parcel in waiting:
        _make(folder, parcel, actor=actor, now=now)
    _mark_released(folder, {parcel.issue_id for parcel in waiting}, actor=actor, now=now)
    return waiting


def issue_folder(folder: Folder, issue_id: str) -> Path:
    """Where an issue's parcels lie: xuat-ban/2026-so-11, with -sua-2 for a second revision."""
    with folder.database.reading() as session:
        issue = issues.get(session, issue_id)
    tail = f"-sua-{issue.revision}" if issue.revision > 1 else ""
    return folder.shelf / f"{issue.year}-so-{issue.number:02d}{tail}"


def _make(folder: Folder, parcel: Parcel, *, actor: Actor, now: datetime) -> None:
    with folder.database.reading() as session:
        proof = parcels.proof_of(session, parcel)
        signature = issues.signature(session, parcel.issue_id)
    files = {entry["name"]: folder.assets.get(entry["asset"]) for entry in proof.files}
    place = issue_folder(folder, parcel.issue_id)
    about = {
        "kind": parcel.kind,
        "destination": parcel.destination,
        "snapshot_hash": signature.snapshot_hash if signature else "",
        "engine": proof.engine,
    }
    made = shelf.place(place, _folder_name(parcel, proof.files), files, about)
    entries: list[dict[str, Any]] = [
        {
            "path": str((made / entry["name"]).relative_to(folder.config.data_dir)),
            "sha256": entry["asset"],
            "size": entry["size"],
            "pages": entry["pages"],
        }
        for entry in proof.files
    ]
    with folder.database.writing() as session:
        parcels.mark_made(session, parcel.id, entries, actor=actor, now=now)


def _folder_name(parcel: Parcel, files: list[dict[str, Any]]) -> str:
    """booklet, web; each post has a folder of its own, named by the article's code: zalo/11-04."""
    if not parcel.subject:
        return parcel.kind
    return f"{parcel.kind}/{Path(files[0]['name']).stem.removesuffix(f'-{parcel.kind}')}"


def _mark_released(folder: Folder, issue_ids: set[str], *, actor: Actor, now: datetime) -> None:
    with folder.database.writing() as session:
        for issue_id in issue_ids:
            all_ = parcels.listing(session, issue_id=issue_id)
            if all(parcel.state == ParcelState.MADE for parcel in all_):
                sealing.mark_released(session, issue_id, parcels=len(all_), actor=actor, now=now)
