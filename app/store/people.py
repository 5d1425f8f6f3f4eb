"""Persons and their passphrases (argon2id; RFC 9106)."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.desk.ops import clean
from app.desk.policy import Actor, Via, require
from app.models.errors import NotAllowed, NotFound, Refused
from app.models.ids import new_id
from app.models.person import Person, Role, SignIn
from app.store.events import record

SHORTEST = 12  # letters of a passphrase
LONGEST_WAIT = timedelta(minutes=1)  # a delay, never a lock-out: a prankster must not shut the office out
_hasher = PasswordHasher()


def everyone(session: Session) -> Sequence[Person]:
    """Every account, oldest first."""
    return session.scalars(select(Person).order_by(Person.created_at)).all()


def by_id(session: Session, person_id: str) -> Person:
    """Raises NotFound."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    return person


def by_name(session: Session, name: str) -> Person:
    """Raises NotFound."""
    person = session.scalar(select(Person).where(Person.name == clean(name)))
    if person is None:
        raise NotFound("There is no person called “%(name)s”.", name=name)
    return person


def acting(person: Person, via: Via) -> Actor:
    """The person as whoever acts now."""
    return Actor(person_id=person.id, name=person.name, role=person.role, office=person.office, via=via)


def add(
    session: Session,
    *,
    name: str,
    post: str,
    role: Role,
    passphrase: str,
    office: str,
    actor: Actor | None,
    now: datetime,
) -> Person:
    """A new account. `actor` is None only for the very first one, made at set-up."""
    first = not session.scalars(select(Person.id).limit(1)).all()
    if actor is None and not first:
        raise NotAllowed("Only an administrator adds people.")
    if actor is not None:
        require(actor, "people.manage")
    name = clean(name)
    if not name:
        raise Refused("A person needs a name.")
    if session.scalar(select(Person.id).where(Person.name == name)):
        raise Refused("There is already a person called “%(name)s”.", name=name)
    _refuse_short(passphrase)
    person = Person(
        id=new_id(now),
        office=office,
        name=name,
        post=clean(post),
        role=role,
        passphrase_hash=_hasher.hash(_typed(passphrase)),
        created_at=now,
    )
    session.add(person)
    session.flush()
    who = actor or acting(person, "web")
    record(session, "person.added", actor=who, now=now, person=person.id, role=role.value)
    return person


def switch(session: Session, person_id: str, *, on: bool, actor: Actor, now: datetime) -> Person:
    """Closes an account, or opens it again; its words, approvals and signatures stay. Nobody closes his own."""
    require(actor, "people.manage")
    person = by_id(session, person_id)
    if person.id == actor.person_id:
        raise Refused("Nobody closes the account that is signed in; another administrator does it.")
    if person.active != on:
        person.active = on
        if not on:
            _sign_out(session, person.id, now=now)
        record(session, "person.changed", actor=actor, now=now, person=person.id, fields=["active"])
    return person


def reset_passphrase(session: Session, person_id: str, *, passphrase: str, actor: Actor, now: datetime) -> Person:
    """A new passphrase, handed over by the administrator; whoever is signed in with the old one is signed out."""
    require(actor, "people.manage")
    person = by_id(session, person_id)
    _refuse_short(passphrase)
    person.passphrase_hash = _hasher.hash(_typed(passphrase))
    person.failures, person.wait_until = 0, None
    if person.id != actor.person_id:
        _sign_out(session, person.id, now=now)
    record(session, "person.changed", actor=actor, now=now, person=person.id, fields=["passphrase"])
    return person


def _sign_out(session: Session, person_id: str, *, now: datetime) -> None:
    """Out of every browser: a key that was copied opens nothing any more."""
    opened = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    session.execute(opened.values(ended_at=now))


def _refuse_short(passphrase: str) -> None:
    if len(_typed(passphrase)) < SHORTEST:
        raise Refused(
            "The passphrase needs at least %(count)d letters; four plain words are easy to keep.", count=SHORTEST
        )


def check_passphrase(session: Session, *, name: str, passphrase: str, now: datetime) -> Person | None:
    """The person when the passphrase is right, else None; counts failures, which lengthen the wait before the next try.

    Raises NotAllowed while the person must wait. Call it inside `writing()` and keep the transaction even on None.
    """
    person = session.scalar(select(Person).where(Person.name == clean(name), Person.active))
    if person is None:
        _matches(_nobody(), passphrase)  # so that an unknown name takes as long to refuse as a known one
        return None
    if person.wait_until and now < person.wait_until <= now + LONGEST_WAIT:
        seconds = int((person.wait_until - now).total_seconds()) + 1
        raise NotAllowed("Too many tries: wait %(seconds)d seconds, then try again.", seconds=seconds)
    if _matches(person.passphrase_hash, passphrase):
        person.failures, person.wait_until = 0, None
        return person
    person.failures += 1
    person.wait_until = now + min(timedelta(seconds=2 ** min(max(person.failures - 3, 0), 10)), LONGEST_WAIT)
    record(session, "person.refused", actor=acting(person, "web"), now=now, person=person.id)
    return None


@cache
def _nobody() -> str:
    return _hasher.hash("không có ai tên như thế")


def _typed(passphrase: str) -> str:
    """One spelling of what was typed: some keyboards send the letter and its marks apart."""
    return unicodedata.normalize("NFC", passphrase)


def _matches(hash_: str, passphrase: str) -> bool:
    try:
        return _hasher.verify(hash_, _typed(passphrase))
    except VerificationError:
        return False
