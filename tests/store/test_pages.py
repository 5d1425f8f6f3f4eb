"""Which pages are asked for, which are suggested, and what is kept of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.errors import NotAllowed, NotFound
from app.models.story import StoryPicture, Triage
from app.store import pages, stories
from app.store.pages import Reading
from tests.people import AN, HUONG, KHANH, MAI
from tests.scenario import Desk

READING = Reading(
    url="https://x.vn/cau.html",
    title="Cầu treo qua suối Rạt",
    standfirst="Từ nay bà con không còn phải đi bè.",
    text="Cây cầu treo dài 96 m.",
    author="Hoài An",
    published_raw="",
    published_at=None,
    digest="1" * 64,
    read_by="recipe",
    differs=False,
    evidence="0" * 64,
    pictures=(),
)


def keeps(desk: Desk, story: str, **changed: object) -> int | None:
    actor, now = desk.actor(AN), desk.clock.tick()
    with desk.database.writing() as session:
        return pages.keep(session, story, replace(READING, **changed), actor=actor, now=now)  # type: ignore[arg-type]


def asks(desk: Desk, story: str, *, by: str = AN) -> None:
    actor, now = desk.actor(by), desk.clock.tick()
    with desk.database.writing() as session:
        pages.ask(session, story, actor=actor, now=now)


def notes(desk: Desk, story: str, outcome: str) -> None:
    now = desk.clock.tick()
    with desk.database.writing() as session:
        pages.note(session, story, outcome, now=now)


def asked(desk: Desk) -> list[str]:
    with desk.database.reading() as session:
        return pages.asked(session)


def suggested(desk: Desk, *, limit: int = 9) -> list[str]:
    with desk.database.reading() as session:
        return pages.suggested(session, now=desk.clock.now, at_least=6, limit=limit)


def marks(desk: Desk, story: str, *, score: int = 0, triage: Triage = Triage.NEW) -> None:
    with desk.database.writing() as session:
        found = stories.get(session, story)
        found.score, found.triage = score, triage


def test_pages_are_read_in_the_order_they_were_asked_for_and_once(each_desk: Desk) -> None:
    first, second = each_desk.receives("Cầu mới"), each_desk.receives("Lớp học đêm")
    asks(each_desk, second)
    asks(each_desk, first)
    asks(each_desk, second, by=KHANH)
    assert asked(each_desk) == [second, first]
    notes(each_desk, second, "timeout")
    assert asked(each_desk) == [first]
    asks(each_desk, second)
    assert asked(each_desk) == [first, second]


def test_only_who_may_fetch_asks(desk: Desk) -> None:
    story = desk.receives("Cầu mới")
    for name in (MAI, HUONG):
        with pytest.raises(NotAllowed):
            asks(desk, story, by=name)
    with pytest.raises(NotFound):
        asks(desk, "khong-co")


def test_kept_stories_come_first_then_new_ones_with_enough_points(each_desk: Desk) -> None:
    low, high, best, kept, dropped = (each_desk.receives(f"Tin {n}") for n in range(5))
    marks(each_desk, low, score=5)
    marks(each_desk, high, score=6)
    marks(each_desk, best, score=9)
    marks(each_desk, kept, triage=Triage.KEPT)
    marks(each_desk, dropped, score=9, triage=Triage.DROPPED)
    assert suggested(each_desk) == [kept, best, high]
    assert suggested(each_desk, limit=1) == [kept]


def test_what_was_read_is_not_suggested_again_and_what_failed_only_after_some_hours(desk: Desk) -> None:
    read, failed, old = desk.receives("Tin đã đọc"), desk.receives("Tin hỏng"), desk.receives("Tin cũ")
    for story in (read, failed, old):
        marks(desk, story, score=9)
    notes(desk, read, "ok")
    notes(desk, failed, "timeout")
    assert suggested(desk) == [old]
    desk.clock.tick(hours=7)
    assert suggested(desk) == [old, failed]
    desk.clock.tick(days=3)
    assert suggested(desk) == []


@pytest.mark.parametrize("outcome", ["robots", "refused", "page_gone", "no_article", "forbidden", "moved"])
def test_what_will_not_pass_is_not_tried_again_by_itself(desk: Desk, outcome: str) -> None:
    story = desk.receives("Tin hỏng")
    marks(desk, story, score=9)
    notes(desk, story, outcome)
    desk.clock.tick(days=1)
    assert suggested(desk) == []
    asks(desk, story)
    assert asked(desk) == [story]


def test_a_page_gets_a_number_only_when_it_says_something_else(each_desk: Desk) -> None:
    story = each_desk.receives("Cầu mới")
    assert keeps(each_desk, story) == 1
    assert keeps(each_desk, story, evidence="9" * 64) is None
    assert keeps(each_desk, story, text="Cây cầu treo dài 69 m.", digest="2" * 64) == 2
    assert keeps(each_desk, story) == 3
    with each_desk.database.reading() as session:
        assert [page.number for page in pages.readings(session, story)] == [3, 2, 1]


def test_pictures_are_added_once_and_only_empty_captions_are_filled(each_desk: Desk) -> None:
    story = each_desk.receives("Cầu mới")
    with each_desk.database.writing() as session:
        session.add(StoryPicture(story_id=story, number=1, url="https://x.vn/1.jpg", caption="Có rồi"))
        session.add(StoryPicture(story_id=story, number=2, url="https://x.vn/2.jpg"))
    shown = [("https://x.vn/1.jpg", "Khác", "Mai"), ("https://x.vn/2.jpg", "Cầu", ""), ("https://x.vn/3.jpg", "", "")]
    keeps(each_desk, story, pictures=[*shown, shown[2]])
    keeps(each_desk, story, pictures=shown)
    with each_desk.database.reading() as session:
        found = session.scalars(select(StoryPicture).order_by(StoryPicture.number)).all()
    assert [(p.number, p.url[-5:], p.caption, p.credit) for p in found] == [
        (1, "1.jpg", "Có rồi", "Mai"),
        (2, "2.jpg", "Cầu", None),
        (3, "3.jpg", "", None),
    ]


def test_the_rules_of_a_site_are_kept_and_renewed(each_desk: Desk) -> None:
    now = each_desk.clock.now
    for rules, at in (("Disallow: /", now), ("", now + timedelta(days=1))):
        with each_desk.database.writing() as session:
            pages.keep_site_rules(session, "https://x.vn/", rules, now=at)
        with each_desk.database.reading() as session:
            found = pages.site_rules(session, "https://x.vn/")
            assert found
            assert (found.rules, found.read_at) == (rules, at)
