"""Server-side sign-ins: the cookie holds a random key, the database its hash, so that any of them can be ended."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.models.person import Person, SignIn

LIFE = timedelta(days=14)


def start(session: Session, *, now: datetime, person: Person | None = None) -> tuple[str, SignIn]:
    """A new key for the cookie and its row. A fresh one is started at every sign-in."""
    key = secrets.token_urlsafe(32)
    row = SignIn(
        key_hash=_hash(key),
        person_id=person.id if person else None,
        csrf=secrets.token_urlsafe(32),
        created_at=now,
        seen_at=now,
    )
    session.add(row)
    session.flush()
    return key, row


def find(session: Session, key: str, *, now: datetime) -> SignIn | None:
    """The row of a cookie's key while it may be used."""
    row = session.get(SignIn, _hash(key)) if key else None
    if row is None or row.ended_at or now - row.created_at > LIFE:
        return None
    return row


def end(session: Session, key: str, *, now: datetime) -> None:
    """The key opens nothing from now on."""
    row = session.get(SignIn, _hash(key))
    if row is not None and row.ended_at is None:
        row.ended_at = now


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
