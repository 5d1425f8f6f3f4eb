"""From a composed issue to a sealed one with proofs: laid out, sealed, rendered from the seal, read back.

build_snapshot | lay_out | seal | render every kind | preflight | keep the bytes
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.desk.findings import Finding
from app.desk.policy import Actor
from app.models.errors import Refused, Unprintable
from app.models.ids import new_id
from app.models.issue import Proof, Seal
from app.store import issues, sealing
from app.store.assets import register
from app.store.events import record
from app.store.folder import Folder
from outbox import layout
from outbox.engine import fingerprint
from outbox.kinds import KINDS, File, Kind

Progress = Callable[[int, int, str], None]  # done, of how many, the kind that is made next


def silent(_done: int, _total: int, _kind: str) -> None:
    """No one watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A snapshot whose runs know their pages, and what the layout finds wrong."""

    snapshot: dict[str, Any]
    findings: tuple[Finding, ...]


def lay_out(folder: Folder, issue_id: str, *, now: datetime) -> LaidOut:
    """Measures every run of the issue as it stands now; no transaction is open meanwhile."""
    with folder.database.reading() as session:
        issue = issues.get(session, issue_id)
        snapshot = sealing.build_snapshot(session, issue, now=now)
        findings = list(sealing.issue_findings(session, issue))
    if any(finding.kind in ("few_articles", "no_cover") for finding in findings):
        return LaidOut(snapshot=snapshot, findings=tuple(findings))
    laid = layout.lay_out(snapshot, folder.assets.get, folder.config)
    return LaidOut(snapshot=laid.snapshot, findings=(*findings, *laid.findings))


def seal(folder: Folder, issue_id: str, *, actor: Actor, now: datetime) -> Seal:
    """Lays the issue out and seals it. Raises Refused while a hard finding stands, the layout's included."""
    laid = lay_out(folder, issue_id, now=now)
    if wrong := [finding for finding in laid.findings if finding.level == "hard"]:
        kinds = ", ".join(sorted({finding.kind for finding in wrong}))
        raise Refused("%(count)d findings must be mended or justified first: %(kinds)s.", count=len(wrong), kinds=kinds)
    with folder.database.writing() as session:
        return sealing.seal(session, issue_id, laid.snapshot, actor=actor, now=now)


def wanted(snapshot: Mapping[str, Any]) -> list[tuple[Kind, str]]:
    """Every proof an issue needs: (kind, subject); the subject is an article's id, or empty for the whole issue."""
    return [(kind, subject) for kind in KINDS.values() for subject in kind.subjects(snapshot)]


def missing(folder: Folder, seal_row: Seal) -> list[tuple[Kind, str]]:
    """The proofs that are not made yet."""
    with folder.database.reading() as session:
        have = {(proof.kind, proof.subject) for proof in issues.proofs(session, seal_row.id) if is_whole(proof)}
    return [(kind, subject) for kind, subject in wanted(seal_row.snapshot) if (kind.name, subject) not in have]


def is_whole(proof: Proof) -> bool:
    """Whether its files were made: a render that failed is tried again, for the machine may have been busy."""
    return bool(proof.files)


def make_proofs(folder: Folder, seal_row: Seal, *, actor: Actor, now: datetime, progress: Progress = silent) -> None:
    """Renders and reads back every proof that is missing. Safe to repeat after a kill: what is made is kept."""
    todo = missing(folder, seal_row)
    for done, (kind, subject) in enumerate(todo):
        progress(done, len(todo), kind.name)
        _keep(folder, seal_row, kind, subject, now=now)
    progress(len(todo), len(todo), "")
    if todo:
        with folder.database.writing() as session:
            kinds = sorted({kind.name for kind, _ in todo})
            record(
                session, "issue.proofed", actor=actor, now=now, issue=seal_row.issue_id, seal=seal_row.id, kinds=kinds
            )


def _keep(folder: Folder, seal_row: Seal, kind: Kind, subject: str, *, now: datetime) -> None:
    files, findings = _render(folder, seal_row, kind, subject)
    kept: list[dict[str, Any]] = []
    for file in files:
        name = folder.assets.put(file.data)
        kept.append(
            {"name": file.name, "asset": name, "size": len(file.data), "pages": file.pages, "type": file.media_type}
        )
    with folder.database.writing() as session:
        for file, entry in zip(files, kept, strict=True):
            register(session, name=entry["asset"], media_type=file.media_type, size=len(file.data), now=now)
        proof = Proof(
            id=new_id(now),
            seal_id=seal_row.id,
            kind=kind.name,
            subject=subject,
            files=kept,
            findings=[asdict(finding) for finding in findings],
            engine=fingerprint(),
            made_at=now,
        )
        sealing.add_proof(session, proof)


def _render(folder: Folder, seal_row: Seal, kind: Kind, subject: str) -> tuple[list[File], list[Finding]]:
    """A render that fails is a hard finding of that one proof; the other proofs are still made."""
    try:
        files = list(kind.build(seal_row.snapshot, subject, folder.assets.get, folder.config))
    except Unprintable as error:
        return [], [
            Finding(
                kind="unprintable",
                level="hard",
                where=subject or kind.name,
                words=str(error),
                values={"msgid": error.msgid, **_plain(error.values)},
            )
        ]
    return files, list(_read_back(kind, files, seal_row.snapshot, subject))


def _read_back(kind: Kind, files: list[File], snapshot: Mapping[str, Any], subject: str) -> Iterator[Finding]:
    for file in files:
        yield from kind.check(file, snapshot, subject)


def _plain(values: Mapping[str, object]) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
