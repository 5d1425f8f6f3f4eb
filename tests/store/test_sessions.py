"""A sign-in: the cookie's key opens it, nothing in the database does, and any of them can be ended."""

from datetime import timedelta

from app.models.person import SignIn
from app.store import sessions
from tests.people import AN
from tests.scenario import Desk


def start(desk: Desk) -> str:
    person = desk.person(AN)
    with desk.database.writing() as session:
        return sessions.start(session, now=desk.clock.now, person=person)[0]


def find(desk: Desk, key: str) -> SignIn | None:
    with desk.database.reading() as session:
        return sessions.find(session, key, now=desk.clock.now)


def test_the_key_opens_and_the_hash_does_not(desk: Desk) -> None:
    key = start(desk)
    row = find(desk, key)
    assert row is not None
    assert row.person_id == desk.person(AN).id
    assert key not in (row.key_hash, row.csrf)
    assert find(desk, row.key_hash) is None
    assert find(desk, row.csrf) is None
    assert find(desk, "") is None
    assert find(desk, key + "x") is None


def test_each_sign_in_has_a_key_and_a_token_of_its_own(desk: Desk) -> None:
    rows = [find(desk, start(desk)) for _ in range(3)]
    assert len({row.csrf for row in rows if row}) == 3


def test_it_ends_when_told_and_after_two_weeks(desk: Desk) -> None:
    one, other = start(desk), start(desk)
    with desk.database.writing() as session:
        sessions.end(session, one, now=desk.clock.now)
        sessions.end(session, "không có", now=desk.clock.now)
    assert find(desk, one) is None
    desk.clock.now += timedelta(days=14)
    assert find(desk, other) is not None
    desk.clock.tick()
    assert find(desk, other) is None
