"""Where bulletins go: tỉnh > xã > thôn, with the former district as a note."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class PlaceKind(StrEnum):
    """The levels left since the district level ended nationwide on 1 July 2025."""

    PROVINCE = "province"
    COMMUNE = "commune"
    HAMLET = "hamlet"
    POINT = "point"


class Place(Base):
    """A place on the tree of places. No resident's data is kept here."""

    __tablename__ = "place"

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("place.id"), index=True)  # null for a province
    kind: Mapped[PlaceKind] = mapped_column(by_value(PlaceKind))
    name: Mapped[str]
    former_district: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=0)
