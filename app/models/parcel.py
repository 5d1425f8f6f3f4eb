"""What waits in the outbox or lies finished on the shelf."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class ParcelState(StrEnum):
    """A parcel is made whole or not at all; `unknown` is shown and never sent again by itself."""

    WAITING = "waiting"
    MADE = "made"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class Parcel(Base):
    """One edition or post for one destination."""

    __tablename__ = "parcel"
    __table_args__ = (UniqueConstraint("signature_id", "kind", "subject", "destination"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    signature_id: Mapped[str] = mapped_column(ForeignKey("signature.id"), index=True)
    issue_id: Mapped[str] = mapped_column(ForeignKey("issue.id"), index=True)
    proof_id: Mapped[str] = mapped_column(ForeignKey("proof.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    destination: Mapped[str]
    state: Mapped[ParcelState] = mapped_column(by_value(ParcelState))
    files: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)  # {path, sha256, size, pages} once made
    made_at: Mapped[datetime | None] = mapped_column(default=None)  # null until it lies on the shelf
