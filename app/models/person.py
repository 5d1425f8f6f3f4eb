"""Persons with a role, and their sign-ins."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, by_value


class Role(StrEnum):
    """What a person does here. Who may do what stands in app/desk/policy.py."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    APPROVER = "approver"
    CLERK = "clerk"
    FANPAGE = "fanpage"
    ADMINISTRATOR = "administrator"


class Person(Base):
    """An account. No ethnicity, religion, ID number or birth date is ever stored."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    post: Mapped[str]
    role: Mapped[Role] = mapped_column(by_value(Role))
    passphrase_hash: Mapped[str]
    language: Mapped[str] = mapped_column(default="vi")
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)  # wrong passphrases in a row
    wait_until: Mapped[datetime | None] = mapped_column(default=None)  # null when the next try need not wait
    created_at: Mapped[datetime]


class SignIn(Base):
    """A server-side session; the cookie holds a random key, the table only its hash."""

    __tablename__ = "sign_in"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # null before anyone signed in
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)  # null while it may be used
