"""A repaired text in the database: a further revision, findable, scored, and taken back, on both databases."""

import pytest

from app.models.errors import NotAllowed, Refused
from app.models.story import Story
from app.store import repairs, stories
from app.store.repairs import Wording
from tests.people import AN, HUONG
from tests.scenario import Desk

GARBLED, RIGHT = Wording("xxCầu Rạt", "yyBà con mừng."), Wording("Cầu qua suối Rạt", "Bà con mừng lắm.")


def suspect(text: str) -> str:
    """In these tests a text is garbled that has xx in it."""
    return "vni" if "xx" in text else ""


@pytest.fixture
def story(each_desk: Desk) -> str:
    return each_desk.receives(GARBLED.title, summary=GARBLED.summary, garbled="vni")


def repair(desk: Desk, story: str, *, by: str = AN) -> None:
    actor, now = desk.actor(by), desk.clock.tick()
    with desk.database.writing() as session:
        repairs.repair(session, story, RIGHT, actor=actor, now=now)


def test_the_outlet_s_own_digest_stays_under_a_repair(each_desk: Desk, story: str) -> None:
    repair(each_desk, story)
    with each_desk.database.reading() as session:
        row = session.get_one(Story, story)
        newest, first = stories.revisions(session, story)
        assert (row.title, row.summary, row.garbled) == (RIGHT.title, RIGHT.summary, None)
        assert (newest.digest, row.digest) == (RIGHT.digest, first.digest)
        before = repairs.before_repair(session, story, suspect=suspect)
        assert before is not None
        assert before.number == 1


def test_it_is_taken_back_by_one_more_revision(each_desk: Desk, story: str) -> None:
    repair(each_desk, story)
    actor, now = each_desk.actor(AN), each_desk.clock.tick()
    with each_desk.database.writing() as session:
        repairs.take_back(session, story, suspect=suspect, actor=actor, now=now)
    with each_desk.database.reading() as session:
        row = session.get_one(Story, story)
        assert (row.title, row.garbled, row.digest) == (GARBLED.title, "vni", GARBLED.digest)
        assert [r.title for r in stories.revisions(session, story)] == [GARBLED.title, RIGHT.title, GARBLED.title]


def test_the_same_text_again_makes_no_revision(each_desk: Desk, story: str) -> None:
    repair(each_desk, story)
    with pytest.raises(Refused):
        repair(each_desk, story)


def test_who_sorts_no_stories_repairs_none(each_desk: Desk, story: str) -> None:
    with pytest.raises(NotAllowed):
        repair(each_desk, story, by=HUONG)


def test_a_source_remembers_its_letters_and_forgets_them(each_desk: Desk, story: str) -> None:
    actor, now = each_desk.actor(AN), each_desk.clock.tick()
    with each_desk.database.writing() as session:
        repairs.set_letters(session, "sao-mai-1", "vni", actor=actor, now=now)
        assert [one.id for one in repairs.garbled(session, "sao-mai-1", "vni")] == [story]
        repairs.repair_many(session, {story: RIGHT}, actor=actor, now=now)
        assert repairs.repaired(session, "sao-mai-1", suspect=suspect) == [story]
        assert session.get_one(Story, story).digest == RIGHT.digest  # so that the next reading finds nothing changed
        repairs.set_letters(session, "sao-mai-1", "", actor=actor, now=now)
        assert repairs.garbled(session, "sao-mai-1", "vni") == []
