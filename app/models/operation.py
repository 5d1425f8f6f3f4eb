"""Every change of text or order is one operation; the heads are the values that stand now."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class OperationRow(Base):
    """One change of one field: app/desk/ops.py says how it counts. Never changed, never deleted."""

    __tablename__ = "operation"
    __table_args__ = (UniqueConstraint("office", "seq"), Index("ix_operation_root_seq", "root", "seq"))

    op_id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    seq: Mapped[int]
    noun: Mapped[str]
    key: Mapped[str]
    root: Mapped[str]  # the article or issue the key belongs to: what stands before the slash
    lang: Mapped[str]
    field: Mapped[str]
    value: Mapped[str]
    seen: Mapped[list[str]]
    waiting: Mapped[bool] = mapped_column(default=False)  # true while an op it has seen is missing here
    made_at: Mapped[datetime]
    via: Mapped[str]


class Head(Base):
    """A value that stands: one row is the field's value, two are a clash."""

    __tablename__ = "head"
    __table_args__ = (Index("ix_head_root", "root"),)

    noun: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(ForeignKey("operation.op_id"), primary_key=True)
    root: Mapped[str]
    since: Mapped[int]  # the number from which it stands: later than its own when it had to wait


class Note(Base):
    """A private note of the desk. No renderer reads this table."""

    __tablename__ = "note_operation"

    op_id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    seq: Mapped[int]
    text: Mapped[str]
    made_at: Mapped[datetime]
