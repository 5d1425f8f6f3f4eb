"""Proofs as people look at them: pages as pictures, files to open, what the check of the finished bytes says."""

import hashlib
import importlib
from collections.abc import Mapping, Sequence
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from flask import Blueprint, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.desk.findings import Finding
from app.machine import forkserver
from app.models.errors import NotFound, Unprintable
from app.models.issue import Proof, Seal
from app.store import issues
from app.web import remarks
from app.web.access import door, needs
from app.web.context import context
from app.web.phrases import tr

routes = Blueprint("proofs", __name__)
WORKER = "app.web.page_pictures"
SECONDS = 30
KINDS = {
    "booklet": "Booklet: A5 to read, A4 to print and fold",
    "web": "Web page of the issue",
    "zalo": "Post for Zalo",
    "facebook": "Post for Facebook",
}


def kind_words(kind: str) -> str:
    """What a kind of edition or post is called."""
    return tr(KINDS[kind]) if kind in KINDS else kind


def proof_rows(session: Session, seal: Seal) -> list[dict[str, Any]]:
    """Every proof of a seal with its files and findings."""
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "words": kind_words(row.kind),
            "title": seal.snapshot["articles"].get(row.subject, {}).get("headline", ""),
            "files": file_rows(row.files),
            "findings": remarks.rows(Finding(**finding) for finding in row.findings),
            "made_at": row.made_at,
        }
        for row in issues.proofs(session, seal.id)
    ]


def proof_progress(rows: Sequence[Mapping[str, Any]], wanted: int) -> dict[str, int]:
    """How many proofs are wanted, whole, failed (a row without files) and still waiting to be made."""
    whole = sum(1 for row in rows if row["files"])
    failed = len(rows) - whole
    return {"wanted": wanted, "made": whole, "failed": failed, "waiting": max(wanted - whole - failed, 0)}


def file_rows(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files of a proof: name, size in kB, pages, and whether pages can be shown as pictures."""
    return [
        {
            "number": number,
            "name": entry["name"],
            "kilobytes": -(-int(entry.get("size") or 0) // 1024),
            "pages": int(entry.get("pages") or 0),
            "is_pdf": str(entry["name"]).endswith(".pdf"),
            "is_picture": str(entry["name"]).endswith((".jpg", ".jpeg", ".png")),
            "is_text": str(entry["name"]).endswith(".txt"),
        }
        for number, entry in enumerate(files)
    ]


@routes.get("/ban-thu/<proof_id>/<int:number>/tep")
@needs("look")
@door("reading")
def file(session: Session, proof_id: str, number: int) -> Response:
    """One file of a proof, to be opened with its own program."""
    return give(_entry(session, proof_id, number))


@routes.get("/ban-thu/<proof_id>/<int:number>/hinh")
@needs("look")
@door("reading")
def picture(session: Session, proof_id: str, number: int) -> Response:
    """A proof that is itself a picture."""
    entry = _entry(session, proof_id, number)
    if not str(entry["name"]).endswith((".jpg", ".jpeg", ".png")):
        raise NotFound("There is no such file.")
    return send_file(
        context().assets.path(entry["asset"]).resolve(),
        mimetype="image/png" if entry["name"].endswith("png") else "image/jpeg",
    )


@routes.get("/ban-thu/<proof_id>/<int:number>/trang-<int:page>.png")
@needs("look")
@door("own")
def page(proof_id: str, number: int, page: int) -> Response:
    """One page of a PDF proof as a picture, drawn once in a limited child and kept."""
    with context().lend("reading") as session:
        entry = _entry(session, proof_id, number)
    if not (str(entry["name"]).endswith(".pdf") and 1 <= page <= int(entry.get("pages") or 0)):
        raise NotFound("There is no such page.")
    answer = send_file(drawn(entry["asset"], page), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def give(entry: dict[str, Any]) -> Response:
    """A finished file as a download, never as a page of ours."""
    path = context().assets.path(str(entry["asset"]))
    if not path.is_file():
        raise NotFound("A stored file is missing: %(name)s. Restore it from a backup.", name=str(entry["name"]))
    return send_file(path.resolve(), as_attachment=True, download_name=Path(str(entry["name"])).name)


def drawn(asset: str, page: int) -> Path:
    """The PNG of one page (from 1) of a kept PDF. Raises Unprintable."""
    target = context().config.data_dir.resolve() / "anh-trang" / f"{asset}-{page}.png"
    if target.exists():
        return target
    data = context().assets.get(asset)
    ours, theirs = Pipe()
    child = forkserver().Process(target=_draw, args=(theirs, data, page), daemon=True)
    child.start()
    theirs.close()
    try:
        made = ours.recv() if ours.poll(SECONDS) else b""
    except EOFError:
        made = b""
    finally:
        ours.close()
        child.kill()
        child.join()
    if not made:
        raise Unprintable("This page cannot be shown as a picture. The file itself is whole; open it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{hashlib.sha256(made).hexdigest()[:12]}.part")
    part.write_bytes(made)
    part.replace(target)
    return target


def _draw(line: Any, data: bytes, page: int) -> None:
    # By name, so that the PDF engine is loaded in the child and never in the web process.
    line.send(importlib.import_module(WORKER).draw(data, page))


def _entry(session: Session, proof_id: str, number: int) -> dict[str, Any]:
    row = session.get(Proof, proof_id)
    if row is None or number >= len(row.files):
        raise NotFound("There is no such file.")
    return row.files[number]
