"""The office that publishes: one row of facts and settings, every one of them editable."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import true
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class Mode(StrEnum):
    """What the data folder is for. Demo and training say MẪU on every page and can never become real."""

    REAL = "real"
    DEMO = "demo"
    TRAINING = "training"


class Office(Base):
    """Who publishes the bulletin. `code` marks every row this office writes."""

    __tablename__ = "office"

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    mode: Mapped[Mode] = mapped_column(by_value(Mode))
    preset: Mapped[str]
    name: Mapped[str]
    bulletin: Mapped[str]  # the name under the words BẢN TIN
    facts: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict
    )  # parent, province, address, phone, email, website
    imprint: Mapped[dict[str, Any]] = mapped_column(
        default_factory=dict
    )  # licence, responsible person, printer, print run
    sections: Mapped[list[str]] = mapped_column(default_factory=list)
    topics: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)  # {label, weight, words, off}
    phones: Mapped[list[dict[str, Any]]] = mapped_column(default_factory=list)  # {label, number} on the last page
    created_at: Mapped[datetime]
    learns: Mapped[bool] = mapped_column(default=True, server_default=true())  # whether past picks give points
    ages: Mapped[bool] = mapped_column(default=True, server_default=true())  # whether its age takes points off a story
