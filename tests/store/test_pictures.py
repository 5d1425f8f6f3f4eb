"""Pictures of stories in the database: what waits, what is kept, and where the same picture was seen before."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.story import Asset, Story, StoryPicture
from app.store import pictures
from app.store.pictures import SIGN, File, Kept, Looks
from tests.scenario import Desk

DAY = datetime(2024, 3, 12, tzinfo=UTC)
LOOK = 0x0F0F_1234_5678_9ABC


def shows(desk: Desk, story: str, look: str, name: str, *, credit: str = "", at: datetime | None = None) -> None:
    """The story came with a picture of this look; its file is called by this letter."""
    printed, screen = File(name * 64, 10, 1200, 800), File((name + "0") * 32, 5, 480, 320)
    with desk.database.writing() as session:
        session.add(StoryPicture(story_id=story, number=1, url="https://x.vn/a.jpg"))
        session.flush()
        if at:
            session.get_one(Story, story).published_at = at
        first = Looks.of(session).meet(look, printed.name)
        kept = Kept(
            story_id=story, number=1, printed=printed, screen=screen, look=look, credit=credit, first_like=first
        )
        pictures.keep(session, [kept], now=desk.clock.tick())


def look(*flipped: int) -> str:
    """The one look of these tests, with some bits turned."""
    return f"{LOOK ^ sum(1 << bit for bit in flipped):016x}"


@pytest.fixture
def three(each_desk: Desk) -> tuple[Desk, list[str]]:
    """Three stories: two with one picture, cut a little, and one with another."""
    desk = each_desk
    ids = [desk.receives(title) for title in ("Lũ trên suối Rạt", "Mưa lớn ở Đắk Lơ", "Chợ phiên xã Bù Tơm")]
    shows(desk, ids[0], look(), "a", at=DAY)
    shows(desk, ids[1], look(3, 17, 40), "b", at=DAY + timedelta(days=900))
    shows(desk, ids[2], f"{LOOK ^ 0xFFFF_FFFF:016x}", "c", at=DAY)
    return desk, ids


def test_the_same_picture_leads_to_the_other_story_both_ways(three: tuple[Desk, list[str]]) -> None:
    desk, (old, new, other) = three
    with desk.database.reading() as session:
        (seen,) = pictures.seen_elsewhere(session, new)[1]
        assert (seen.story_id, seen.title, seen.outlet, seen.at) == (old, "Lũ trên suối Rạt", "Báo Sao Mai", DAY)
        assert seen.asset == "a0" * 32
        assert [s.story_id for s in pictures.seen_elsewhere(session, old)[1]] == [new]
        assert pictures.seen_elsewhere(session, other) == {}


def test_a_third_one_points_to_the_first_and_not_to_the_second(three: tuple[Desk, list[str]]) -> None:
    desk, (old, new, _) = three
    third = desk.receives("Nước rút ở Sơn Lâm")
    shows(desk, third, look(3, 17, 41, 42), "d")
    with desk.database.reading() as session:
        assert session.get_one(Asset, "d" * 64).first_like == "a" * 64
        assert [s.story_id for s in pictures.seen_elsewhere(session, third)[1]] == [old, new]


def test_a_flat_picture_is_like_no_other(each_desk: Desk) -> None:
    one, two = each_desk.receives("Tin một"), each_desk.receives("Tin hai")
    shows(each_desk, one, "", "a")
    shows(each_desk, two, "", "b")
    with each_desk.database.reading() as session:
        assert pictures.seen_elsewhere(session, two) == {}
        assert session.get_one(Asset, "a" * 64).look is None


def test_a_picture_under_very_many_stories_is_a_sign_and_no_news(desk: Desk) -> None:
    ids = [desk.receives(f"Tin số {n}") for n in range(SIGN + 1)]
    for story in ids[:-1]:
        shows(desk, story, look(), "a")
    with desk.database.reading() as session:
        assert len(pictures.seen_elsewhere(session, ids[0], limit=50)[1]) == SIGN - 1
    shows(desk, ids[-1], look(), "a")
    with desk.database.reading() as session:
        assert pictures.seen_elsewhere(session, ids[0]) == {}


def test_the_same_file_under_two_stories_is_found_too(desk: Desk) -> None:
    one, two = desk.receives("Tin một"), desk.receives("Tin hai")
    for story in (one, two):
        shows(desk, story, look(), "a")
    with desk.database.reading() as session:
        assert session.get_one(Asset, "a" * 64).first_like is None
        assert [s.story_id for s in pictures.seen_elsewhere(session, two)[1]] == [one]


def test_a_credit_the_outlet_s_page_gave_is_not_written_over(desk: Desk) -> None:
    story = desk.receives("Tin một")
    shows(desk, story, look(), "a", credit="Điểu Lâm")
    with desk.database.writing() as session:
        file = File("a" * 64, 10, 1200, 800)
        kept = Kept(story_id=story, number=1, printed=file, screen=file, look="", credit="Ai đó", first_like=None)
        pictures.keep(session, [kept], now=desk.clock.tick())
        session.expire_all()
        assert session.get_one(StoryPicture, (story, 1)).credit == "Điểu Lâm"


def test_what_waits_is_fetched_newest_first_and_given_up_when_old_or_hopeless(desk: Desk) -> None:
    ids = [desk.receives(f"Tin số {n}") for n in range(3)]
    with desk.database.writing() as session:
        for story in ids:
            session.add(StoryPicture(story_id=story, number=1, url=f"https://x.vn/{story}.jpg"))
    with desk.database.writing() as session:
        pictures.give_up(session, [(ids[1], 1, "The picture is damaged or cut off.")])
        pictures.give_up(session, [])
    with desk.database.reading() as session:
        now = desk.clock.now
        assert [w.story_id for w in pictures.to_fetch(session, now=now, limit=10)] == [ids[2], ids[0]]
        assert len(pictures.to_fetch(session, now=now, limit=1)) == 1
        assert pictures.to_fetch(session, now=now + timedelta(days=3), limit=10) == []
