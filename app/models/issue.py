"""A number of the bulletin: its row, its seals, proofs and signature."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class IssueStage(StrEnum):
    """Where an issue stands."""

    DRAFT = "draft"
    SEALED = "sealed"
    SIGNED = "signed"
    RELEASED = "released"


class Issue(Base):
    """A number of the bulletin. Its order and small texts are operations; what prints is in its seal."""

    __tablename__ = "issue"
    __table_args__ = (UniqueConstraint("office", "year", "number", "revision"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)
    issue_date: Mapped[date]
    pages: Mapped[int]
    lang: Mapped[str] = mapped_column(default="vi")
    stage: Mapped[IssueStage] = mapped_column(by_value(IssueStage))
    seq: Mapped[int] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Seal(Base):
    """The canonical snapshot of all that prints. A change before signing needs a new one."""

    __tablename__ = "seal"

    id: Mapped[str] = mapped_column(primary_key=True)
    issue_id: Mapped[str] = mapped_column(ForeignKey("issue.id"), index=True)
    snapshot: Mapped[dict[str, Any]]
    snapshot_hash: Mapped[str]
    seq: Mapped[int] = mapped_column(unique=True)
    sealed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # null when the timer sealed it
    sealed_at: Mapped[datetime]


class Proof(Base):
    """The finished bytes of one kind, rendered from a seal and read back before signing."""

    __tablename__ = "proof"
    __table_args__ = (UniqueConstraint("seal_id", "kind", "subject"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    seal_id: Mapped[str] = mapped_column(ForeignKey("seal.id"), index=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")  # article id of a post; empty for an edition of the issue
    files: Mapped[list[dict[str, Any]]]  # {name, asset, pages}
    findings: Mapped[list[dict[str, Any]]]
    engine: Mapped[str]  # fingerprint of what rendered it
    made_at: Mapped[datetime]


class Signature(Base):
    """The approver's signature over a seal's hash. Never changed, never deleted."""

    __tablename__ = "signature"

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    issue_id: Mapped[str] = mapped_column(ForeignKey("issue.id"), unique=True)
    seal_id: Mapped[str] = mapped_column(ForeignKey("seal.id"))
    snapshot_hash: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]
    via: Mapped[str]
