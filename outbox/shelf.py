"""The only writer of finished files: made in a hidden folder, synced, then renamed; whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.machine import sync_folder
from app.models.errors import Refused

MANIFEST = "manifest.json"
_MAKING = ".dang-lam-"  # a folder nobody should open yet


def place(root: Path, folder: str, files: Mapping[str, bytes], about: Mapping[str, Any]) -> Path:
    """Puts these files, with a manifest of their hashes and sizes, into root/folder and returns that folder.

    The same files twice change nothing. Other files under the same name replace the old folder as a whole.
    Raises Refused for a name that would leave the folder, OSError when the disk is full: then nothing is visible.
    """
    target = root / folder
    for name in (*files, *Path(folder).parts):
        _check(name)
    manifest = _manifest(files, about)
    if _is_there(target, files, manifest):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    making = target.parent / f"{_MAKING}{target.name}"
    shutil.rmtree(making, ignore_errors=True)  # what a kill left behind
    try:
        making.mkdir()
        for name, data in {**files, MANIFEST: manifest}.items():
            _write(making / name, data)
        sync_folder(making)
        _swap(making, target)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return target


def _manifest(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    entries = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(files.items())
    ]
    text = json.dumps({"format": 1, **about, "files": entries}, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _is_there(target: Path, files: Mapping[str, bytes], manifest: bytes) -> bool:
    try:
        return all((target / name).read_bytes() == data for name, data in {**files, MANIFEST: manifest}.items())
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _swap(making: Path, target: Path) -> None:
    """The new folder takes the name; an older one steps aside first: a full folder cannot be renamed over."""
    aside = target.parent / f"{_MAKING}cu-{target.name}"
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    making.rename(target)
    sync_folder(target.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _check(name: str) -> None:
    if not name or name in (".", "..", MANIFEST) or "/" in name or "\0" in name or name.startswith(_MAKING):
        raise Refused("“%(name)s” is not a usable file name.", name=name)
