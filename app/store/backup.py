"""Backups that were opened and checked before they count, and the way back."""

import hashlib
import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from app.machine import sync_folder
from app.models.errors import Refused
from app.store.database import Database

MANIFEST = "manifest.json"
DATABASE = "bantin.sqlite"


def copy_database(database: Database, target: Path) -> Path:
    """A checked copy of the live database at `target`; never there half made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is None:
            raise Refused("The database is closed.")
        raw.execute("PRAGMA query_only = OFF")  # the connection may last have served the reading door
        raw.execute("VACUUM INTO ?", (str(part),))
    _sync(part)
    check_database(part)
    part.replace(target)
    sync_folder(target.parent)
    return target


def check_database(path: Path) -> None:
    """Raises Refused unless the file is a whole bantin database."""
    try:
        connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
        try:
            whole = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            connection.execute("SELECT COUNT(*) FROM event").fetchone()
        finally:
            connection.close()
    except dbapi2.DatabaseError:
        whole = False
    if not whole:
        raise Refused("%(name)s is damaged or not a bantin database.", name=path.name)


def back_up(database: Database, data_dir: Path, target: Path, *, now: datetime) -> Path:
    """Database, pictures and finished issues in a new folder under `target`, with a manifest written last.

    Raises Refused when the database is on a server (its own tools back it up).
    """
    if database.file is None:
        raise Refused("The database is on a server: back it up with the server's own tools.")
    folder = target / f"bantin-{now:%Y%m%d-%H%M%S}"
    if folder.exists():
        raise Refused("There is already a backup called %(name)s.", name=folder.name)
    part = target / f".{folder.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    copy_database(database, part / DATABASE)
    for name in ("assets", "xuat-ban"):
        if (data_dir / name).is_dir():
            shutil.copytree(data_dir / name, part / name, ignore=shutil.ignore_patterns(".*"))  # half made
    manifest = {"made_at": now.isoformat(), "files": _digests(part)}
    (part / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    _sync_tree(part)
    verify(part)
    part.rename(folder)
    sync_folder(target)
    return folder


def verify(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose every file is there and unchanged. Raises Refused otherwise."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        promised = dict(manifest["files"])
    except (OSError, ValueError, TypeError, KeyError):
        raise Refused(
            "%(name)s is not a finished backup: its manifest is missing or unreadable.", name=folder.name
        ) from None
    found = _digests(folder)
    wrong = sorted(str(name) for name in {DATABASE: "", **promised} if found.get(name) != promised.get(name, ""))
    if wrong:
        raise Refused("The backup is damaged: %(name)s is missing or changed.", name=wrong[0])
    check_database(folder / DATABASE)
    return manifest


def restore(folder: Path, data_dir: Path) -> None:
    """Puts a verified backup into `data_dir`; what was there before is set aside beside it, never deleted."""
    manifest = verify(folder)
    part = data_dir.with_name(f".{data_dir.name}.restoring")
    shutil.rmtree(part, ignore_errors=True)
    for name in manifest["files"]:  # what the manifest does not name is not ours
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / name, part / name)
    wrong = sorted(name for name, digest in _digests(part).items() if manifest["files"][name] != digest)
    if wrong:
        raise Refused("The backup is damaged: %(name)s is missing or changed.", name=wrong[0])
    _sync_tree(part)
    check_database(part / DATABASE)
    whole = _whole(data_dir)
    shutil.rmtree(whole, ignore_errors=True)
    part.rename(whole)
    if data_dir.exists():
        data_dir.rename(_free_name(data_dir))
    whole.rename(data_dir)
    sync_folder(data_dir.parent)


def finish_restore(data_dir: Path) -> None:
    """Ends a restore that was killed between setting the old folder aside and putting the new one in its place."""
    if not data_dir.exists() and _whole(data_dir).exists():
        _whole(data_dir).rename(data_dir)
        sync_folder(data_dir.parent)


def _whole(data_dir: Path) -> Path:
    """Where a restored folder lies, checked and complete, for the moment before it takes its name."""
    return data_dir.with_name(f".{data_dir.name}.restored")


def _free_name(data_dir: Path) -> Path:
    for number in range(1, 10_000):
        aside = data_dir.with_name(f"{data_dir.name}-before-restore-{number}")
        if not aside.exists():
            return aside
    raise Refused("There are too many folders set aside by earlier restores.")


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / MANIFEST)
    return {str(path.relative_to(folder)): _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)
        else:
            sync_folder(path)
    sync_folder(folder)
