"""What a reading writes: on SQLite and on PostgreSQL alike."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.desk.decide import Decision, Item, decide, keys_of
from app.models.event import Counter
from app.models.outlet import Outlet, Source
from app.models.story import Revision, Story, StoryPicture, StorySentence
from app.store import arrivals
from app.store.database import Database
from tests.people import NOW

BRIDGE = Item(
    url="https://datdo.example/cau.html",
    guid="1234",
    title="Cầu suối Đắk Lơ thông xe sau tám tháng",
    summary="Bà con hai thôn góp đá, góp công suốt tám tháng để các cháu không phải lội suối đi học.",
    published_at=NOW - timedelta(hours=5),
    pictures=("https://datdo.example/cau.jpg",),
)
PEPPER = Item(
    url="https://datdo.example/tieu.html",
    guid="5678",
    title="Giá hồ tiêu nhích lên trong tuần",
    summary="Thương lái mua tại vườn.",
    published_at=NOW - timedelta(hours=4),
    garbled="vni",
)


@pytest.fixture
def outlets(each_database: Database) -> Database:
    """Đất Đỏ with two sources."""
    with each_database.writing() as session:
        session.add(Outlet(id="dat-do", name="Đất Đỏ", credit="Đất Đỏ", site="https://datdo.example/", hosts=[]))
        session.flush()
        for name in ("dat-do-1", "dat-do-2"):
            url = f"https://datdo.example/{name}.rss"
            session.add(Source(id=name, outlet_id="dat-do", name="Tin", url=url, grade="A", enabled=True))
    return each_database


def read(database: Database, *items: Item, source: str = "dat-do-1") -> list[tuple[str, str]]:
    """(decision, title) of what came of it."""
    with database.writing() as session:
        keys = [key for item in items for key in keys_of(item)]
        decisions = decide(items, arrivals.known(session, "dat-do", keys, source_id=source), NOW)
        reading = arrivals.Reading(
            office="thu", outlet_id="dat-do", source_id=source, evidence="0" * 64, fetched_from="https://x/", at=NOW
        )
        arrived = arrivals.store(session, decisions, reading, judge=lambda *_: (3, [{"label": "x", "points": 3}]))
    return [(_kind(decisions, story.story_id), story.title) for story in arrived]


def _kind(decisions: tuple[Decision, ...], story_id: str) -> str:
    return next((type(d).__name__ for d in decisions if getattr(d, "story_id", "") == story_id), "New")


def test_new_stories_bring_their_revision_pictures_sentences_and_letters(outlets: Database) -> None:
    assert read(outlets, PEPPER, BRIDGE) == [("New", BRIDGE.title), ("New", PEPPER.title)]
    with outlets.reading() as session:
        bridge, pepper = session.scalars(select(Story).order_by(Story.first_seen_seq))
        assert (bridge.score, bridge.garbled, pepper.garbled) == (3, None, "vni")
        assert session.scalars(select(Revision.number)).all() == [1, 1]
        assert session.scalars(select(StoryPicture.url)).all() == ["https://datdo.example/cau.jpg"]
        assert session.scalars(select(StorySentence.story_id)).all() == [bridge.id]


def test_a_story_told_by_two_sources_of_an_outlet_is_one(outlets: Database) -> None:
    read(outlets, BRIDGE)
    assert read(outlets, BRIDGE, source="dat-do-2") == []
    assert read(outlets, replace(BRIDGE, summary="Ngắn gọn."), source="dat-do-2") == [("Changed", BRIDGE.title)]
    assert read(outlets, replace(BRIDGE, summary="Ngắn gọn."), source="dat-do-2") == []


def test_an_address_given_to_another_story_leads_to_it_from_then_on(outlets: Database) -> None:
    read(outlets, BRIDGE)
    reused = replace(PEPPER, url=BRIDGE.url, guid=BRIDGE.guid, published_at=NOW)
    assert read(outlets, reused) == [("New", PEPPER.title)]
    assert read(outlets, reused) == []
    assert read(outlets, reused, source="dat-do-2") == []
    assert read(outlets, BRIDGE) == []
    with outlets.reading() as session:
        assert sorted(session.scalars(select(Story.title))) == sorted([BRIDGE.title, PEPPER.title])


def test_an_outlet_is_a_stranger_until_it_brought_a_story(outlets: Database) -> None:
    with outlets.reading() as session:
        assert arrivals.strangers(session, ["dat-do"]) == {"dat-do"}
    read(outlets, BRIDGE)
    with outlets.reading() as session:
        assert arrivals.strangers(session, ["dat-do"]) == set()


def test_what_is_still_to_be_grouped_is_counted_in_the_database(outlets: Database) -> None:
    read(outlets, BRIDGE)
    read(outlets, PEPPER)
    with outlets.writing() as session:
        assert [s.title for s in arrivals.ungrouped(session, first=2)] == [PEPPER.title]
        assert arrivals.ungrouped(session, first=None) == []
        (pepper,) = arrivals.ungrouped(session, first=2)
        arrivals.note_grouped(session, [(pepper.story_id, "cum")], until=1)
    with outlets.writing() as session:
        assert [s.title for s in arrivals.ungrouped(session, first=None)] == [PEPPER.title]
        arrivals.note_grouped(session, [], until=2)
    with outlets.reading() as session:
        assert arrivals.ungrouped(session, first=1) == []
        assert session.get_one(Counter, "grouped").value == 2
        assert session.get_one(Story, pepper.story_id).cluster_id == "cum"
