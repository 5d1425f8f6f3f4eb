"""Files kept by their content: the name is the SHA-256, so nothing is ever stored twice or changed."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.machine import sync_folder
from app.models.errors import NotFound
from app.models.story import Asset


@dataclass(frozen=True)
class Assets:
    """The folder data_dir/assets."""

    root: Path

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256; on the disk before it returns, safe to repeat."""
        name = hashlib.sha256(data).hexdigest()
        path = self.path(name)
        if path.exists():
            return name
        if not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self.root)
        part = path.with_name(f".{name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)
        return name

    def get(self, name: str) -> bytes:
        """The bytes. Raises NotFound."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            raise NotFound("A stored file is missing: %(name)s. Restore it from a backup.", name=name[:12]) from None

    def has(self, name: str) -> bool:
        """Whether the bytes are kept."""
        return self.path(name).is_file()

    def path(self, name: str) -> Path:
        """Where the bytes lie. Raises NotFound for anything but a SHA-256."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise NotFound("There is no such file.")
        return self.root / name[:2] / name


def register(
    session: Session,
    *,
    name: str,
    media_type: str,
    size: int,
    now: datetime,
    width: int | None = None,
    height: int | None = None,
) -> None:
    """Notes a kept file in the database; safe to repeat."""
    if session.get(Asset, name) is None:
        session.add(Asset(sha256=name, media_type=media_type, size=size, width=width, height=height, kept_at=now))
        session.flush()


def describe(session: Session, name: str) -> Asset:
    """Media type and size of a registered file. Raises NotFound."""
    asset = session.get(Asset, name)
    if asset is None:
        raise NotFound("There is no such file.")
    return asset
