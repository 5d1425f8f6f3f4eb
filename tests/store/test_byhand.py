"""What people bring, in both databases: one story however often it is sent, and doors the office adds itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.desk.decide import Item, keys_of
from app.models.errors import NotAllowed, Refused
from app.models.outlet import Outlet, Source
from app.models.story import Alias, Story, StoryTag
from app.store import byhand, events, pages, sources, stories
from app.store.byhand import Added, Brought
from tests.people import AN, HUONG, LAM
from tests.scenario import Desk

ITEM = Item(url="", guid="", title="Lớp dệt ở Bom Bo", summary="Ba mươi hộ cùng dệt.")
BROUGHT = Brought(
    item=ITEM,
    text="Ba mươi hộ cùng dệt.\n\nGià làng Điểu Vrang dạy lũ trẻ cột sợi.",
    standfirst="",
    evidence="a" * 64,
    evidence_size=100,
    media_type="application/gzip",
    fetched_from="",
    outlet_id=None,
    read_by="hand",
)


def bring(desk: Desk, brought: Brought = BROUGHT, *, name: str = LAM) -> Added:
    actor = desk.actor(name)
    with desk.database.writing() as session:
        return byhand.add(
            session, brought, actor=actor, now=desk.clock.tick(), judge=lambda *_: (3, []), group=lambda *_: None
        )


def test_a_story_with_its_whole_text_and_its_bringer(each_desk: Desk) -> None:
    added = bring(each_desk, replace(BROUGHT, agreed=True))
    with each_desk.database.reading() as session:
        story = stories.get(session, added.story_id)
        assert (story.outlet_id, story.score, story.brought_by) == (byhand.HAND, 3, each_desk.person(LAM).id)
        assert pages.readings(session, story.id)[0].text == BROUGHT.text
        assert session.scalars(select(StoryTag.tag)).all() == [byhand.CONSENT]
        told = events.last_of(session, "story.added")
        assert told is not None
        assert told.fields == {"story": story.id, "outlet": byhand.HAND, "evidence": "a" * 64}


def test_the_same_bytes_and_the_same_words_stay_one_story(each_desk: Desk) -> None:
    first = bring(each_desk)
    assert bring(each_desk) == Added(first.story_id, "known")
    assert bring(each_desk, replace(BROUGHT, evidence="b" * 64)) == Added(first.story_id, "known")
    with each_desk.database.reading() as session:
        assert session.scalar(select(func.count(Story.id))) == 1
        assert byhand.find(session, url="", outlet_id=None, evidence="b" * 64) == first.story_id


def test_a_page_of_an_outlet_stands_under_the_outlet_and_never_changes_what_its_feed_said(each_desk: Desk) -> None:
    story = each_desk.receives("Cầu mới", url="https://x.vn/cau-1234567.html")
    item = replace(ITEM, url="https://x.vn/cau-1234567.html", title="Cầu mới (sửa)")
    with each_desk.database.writing() as session:  # the key its feed would have given it
        session.add(Alias(source_id="sao-mai-1", key=keys_of(item)[0], story_id=story))
    added = bring(each_desk, replace(BROUGHT, item=item, outlet_id="sao-mai", fetched_from=item.url))
    assert added == Added(story, "known")
    with each_desk.database.reading() as session:
        assert stories.get(session, story).title == "Cầu mới"
        assert len(stories.revisions(session, story)) == 1
        assert byhand.find(session, url=item.url, outlet_id="sao-mai") == story


def test_a_known_address_with_other_words_is_the_next_revision(each_desk: Desk) -> None:
    first = bring(each_desk, replace(BROUGHT, item=replace(ITEM, url="https://lang.vn/1"), evidence="c" * 64))
    other = replace(ITEM, url="https://lang.vn/1", summary="Bốn mươi hộ cùng dệt.")
    assert bring(each_desk, replace(BROUGHT, item=other, evidence="d" * 64)) == Added(first.story_id, "changed")
    with each_desk.database.reading() as session:
        assert [r.number for r in stories.revisions(session, first.story_id)] == [2, 1]


def test_a_date_from_the_future_is_taken_as_now(each_desk: Desk) -> None:
    item = replace(ITEM, published_at=each_desk.clock.now + timedelta(days=9), published_raw="9 ngày nữa")
    added = bring(each_desk, replace(BROUGHT, item=item))
    with each_desk.database.reading() as session:
        assert stories.get(session, added.story_id).published_at == each_desk.clock.now


def source(url: str = "https://lang.example/rss") -> Source:
    return Source(id=f"rieng-{len(url)}", outlet_id="", name="Tin làng", url=url, grade="A", enabled=True)


def site() -> Outlet:
    return Outlet(id="rieng-lang", name="Làng", credit="Làng", site="https://lang.example/", hosts=[], official=False)


def test_an_office_adds_a_door_once(each_desk: Desk) -> None:
    actor = each_desk.actor(AN)
    with each_desk.database.writing() as session:
        made = sources.add(session, source(), site(), actor=actor, now=each_desk.clock.now)
        assert (made.own, made.outlet_id) == (True, "rieng-lang")
    with pytest.raises(Refused, match="Tin làng"), each_desk.database.writing() as session:
        sources.add(session, source(), site(), actor=actor, now=each_desk.clock.now)
    with each_desk.database.writing() as session:
        sources.add(session, source("https://lang.example/xa-hoi.rss"), site(), actor=actor, now=each_desk.clock.now)
        assert len(sources.enabled(session)) == 2


def test_a_clerk_adds_no_doors_but_may_bring_a_story(each_desk: Desk) -> None:
    actor = each_desk.actor(HUONG)
    with pytest.raises(NotAllowed), each_desk.database.writing() as session:
        sources.add(session, source(), site(), actor=actor, now=each_desk.clock.now)
    assert bring(each_desk, name=HUONG).state == "new"
