"""Passphrases: hard to guess, never a lock-out, the same however the keyboard spells them."""

import statistics
import time
import unicodedata
from datetime import timedelta

import pytest

from app.models.errors import NotAllowed, NotFound, Refused
from app.models.person import Person, Role
from app.store import people
from app.store.database import Database
from tests.people import AN, LAM, PASSPHRASE, STAFF, TAM, Clock
from tests.scenario import Desk


def tries(database: Database, clock: Clock, passphrase: str, *, name: str = AN) -> Person | None:
    with database.writing() as session:
        return people.check_passphrase(session, name=name, passphrase=passphrase, now=clock.now)


def test_the_right_passphrase_opens(database: Database, clock: Clock) -> None:
    found = tries(database, clock, PASSPHRASE)
    assert found is not None
    assert found.name == AN


@pytest.mark.parametrize("wrong", ["", PASSPHRASE + " ", PASSPHRASE.upper(), "bon tu that de nho"])
def test_another_does_not(database: Database, clock: Clock, wrong: str) -> None:
    assert tries(database, clock, wrong) is None


def test_letters_and_marks_sent_apart_are_the_same_passphrase(database: Database, clock: Clock) -> None:
    assert tries(database, clock, unicodedata.normalize("NFD", PASSPHRASE), name=unicodedata.normalize("NFD", AN))


def test_it_is_kept_as_argon2id_and_never_as_text(database: Database) -> None:
    with database.reading() as session:
        hashes = [person.passphrase_hash for person in people.everyone(session)]
    assert all(kept.startswith("$argon2id$") and PASSPHRASE not in kept for kept in hashes)
    assert len(set(hashes)) == len(STAFF)  # one passphrase, but each with its own salt


def test_wrong_tries_lengthen_the_wait_up_to_a_minute_and_never_lock_out(database: Database, clock: Clock) -> None:
    waits = []
    for _ in range(12):
        assert tries(database, clock, "sai rồi sai rồi") is None
        with database.reading() as session:
            until = people.by_name(session, AN).wait_until
        assert until is not None
        waits.append((until - clock.now).total_seconds())
        with pytest.raises(NotAllowed, match="wait"):
            tries(database, clock, PASSPHRASE)
        clock.now = until
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (1, 60)
    assert tries(database, clock, PASSPHRASE)
    with database.reading() as session:
        assert people.by_name(session, AN).failures == 0


def test_a_thousand_wrong_tries_break_nothing(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        people.by_name(session, AN).failures = 1_000
    assert tries(database, clock, "sai rồi sai rồi") is None
    clock.tick(minutes=1)
    assert tries(database, clock, PASSPHRASE)


def test_a_clock_that_jumped_back_locks_nobody_out(database: Database, clock: Clock) -> None:
    for _ in range(10):
        tries(database, clock, "sai rồi sai rồi")
        clock.tick(minutes=2)
    clock.now -= timedelta(days=400)
    assert tries(database, clock, PASSPHRASE)


def test_one_persons_wrong_tries_do_not_hold_up_another(database: Database, clock: Clock) -> None:
    tries(database, clock, "sai rồi sai rồi", name=AN)
    assert tries(database, clock, PASSPHRASE, name=LAM)


def test_whoever_left_is_not_let_in(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        people.by_name(session, AN).active = False
    assert tries(database, clock, PASSPHRASE) is None


def test_an_unknown_name_takes_as_long_as_a_known_one(database: Database, clock: Clock) -> None:
    def seconds(name: str) -> float:
        took = []
        for _ in range(5):
            clock.tick(hours=1)
            started = time.perf_counter()
            tries(database, clock, "sai rồi sai rồi", name=name)
            took.append(time.perf_counter() - started)
        return statistics.median(took)

    known, unknown = seconds(AN), seconds("Không Ai Cả")
    assert 0.3 < unknown / known < 3


class TestAdding:
    def add(self, desk: Desk, *, by: str | None = TAM, name: str = "Thị Lan", passphrase: str = PASSPHRASE) -> Person:
        actor = desk.actor(by) if by else None
        with desk.database.writing() as session:
            return people.add(
                session,
                name=name,
                post="Cộng tác viên",
                role=Role.CONTRIBUTOR,
                passphrase=passphrase,
                office="o",
                actor=actor,
                now=desk.clock.tick(),
            )

    def test_an_administrator_adds_somebody(self, desk: Desk) -> None:
        self.add(desk, name=unicodedata.normalize("NFD", " Thị Lan "))
        assert desk.person("Thị Lan").role == Role.CONTRIBUTOR

    @pytest.mark.parametrize("by", [name for name in STAFF if name != TAM])
    def test_nobody_else_does(self, desk: Desk, by: str) -> None:
        with pytest.raises(NotAllowed):
            self.add(desk, by=by)

    def test_the_first_account_is_made_only_once(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            self.add(desk, by=None)

    @pytest.mark.parametrize("name", ["", "  ", "\x00", AN, unicodedata.normalize("NFD", AN), f" {AN} "])
    def test_a_name_is_needed_and_is_nobody_elses(self, desk: Desk, name: str) -> None:
        with pytest.raises(Refused):
            self.add(desk, name=name)

    @pytest.mark.parametrize("passphrase", ["", "ngắn quá", unicodedata.normalize("NFD", "mười hai ạ")])
    def test_a_short_passphrase_is_refused(self, desk: Desk, passphrase: str) -> None:
        with pytest.raises(Refused, match="passphrase"):
            self.add(desk, passphrase=passphrase)


def test_who_is_asked_for_by_name_or_key_and_is_not_there(database: Database) -> None:
    with database.reading() as session:
        with pytest.raises(NotFound):
            people.by_name(session, "Không Ai Cả")
        with pytest.raises(NotFound):
            people.by_id(session, "khong-co")
