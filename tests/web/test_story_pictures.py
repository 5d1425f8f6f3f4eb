"""The pictures of a story in Tin về: whose they are, whether they may be reprinted, where the same was seen before."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.outlet import Outlet
from app.models.story import Story, StoryPicture
from app.store import pictures
from app.store.assets import Assets
from app.store.pictures import Looks
from app.web.story_pictures import age_words
from feeds.album import keep_files
from feeds.outcomes import OUTCOMES
from feeds.pictures import to_print
from tests.feeds.drawings import drawing, encoded
from tests.scenario import Desk
from tests.web.page import Browser


def shows(desk: Desk, assets: Assets, story_id: str, seed: int, *, at: datetime, credit: str = "") -> None:
    """The story came with this picture."""
    made = to_print(encoded(drawing(seed)))
    with desk.database.writing() as session:
        session.get_one(Story, story_id).published_at = at
        session.add(StoryPicture(story_id=story_id, number=1, url="https://x.vn/anh.jpg", credit=credit or None))
        session.flush()
        kept = keep_files(assets, made, story_id, 1, Looks.of(session))
        pictures.keep(session, [kept], now=desk.clock.tick())


def test_an_old_picture_under_new_news_is_told_aloud(desk: Desk, assets: Assets, an: Browser) -> None:
    old, new = desk.receives("Lũ trên suối Rạt"), desk.receives("Mưa lớn ở Đắk Lơ")
    shows(desk, assets, old, 1, at=datetime(2024, 3, 12, 2, tzinfo=UTC))
    shows(desk, assets, new, 1, at=datetime(2026, 11, 12, 2, tzinfo=UTC))
    words = an.get(f"/tin-ve/{new}").words
    assert "Ảnh này cũ hơn tin 2 năm 8 tháng." in words
    assert "Ảnh này đã thấy: Báo Sao Mai, 12/03/2024, tin “Lũ trên suối Rạt”" in words
    assert "cũ hơn tin" not in an.get(f"/tin-ve/{old}").words


def test_the_same_picture_at_the_same_time_is_said_quietly(desk: Desk, assets: Assets, an: Browser) -> None:
    one, two = desk.receives("Cầu mới qua suối Rạt"), desk.receives("Suối Rạt có cầu")
    for story, hour in ((one, 2), (two, 8)):
        shows(desk, assets, story, 2, at=datetime(2026, 11, 12, hour, tzinfo=UTC))
    page = an.get(f"/tin-ve/{two}")
    assert "Cũng có ở Báo Sao Mai, 12/11/2026: Cầu mới qua suối Rạt" in page.words
    assert "đã thấy" not in page.words


def test_an_outlet_s_own_sign_is_not_told(desk: Desk, assets: Assets, an: Browser) -> None:
    ids = [desk.receives(f"Tin số {n}") for n in range(pictures.SIGN + 1)]
    for n, story in enumerate(ids):
        shows(desk, assets, story, 3, at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=60 * n))
    assert "cũ hơn tin" not in an.get(f"/tin-ve/{ids[-1]}").words


def test_the_pane_says_whose_it_is_and_whether_it_may_be_reprinted(desk: Desk, assets: Assets, an: Browser) -> None:
    story = desk.receives("Chợ phiên Đắk Lơ")
    shows(desk, assets, story, 4, at=datetime(2026, 11, 12, tzinfo=UTC), credit="Điểu Lâm")
    words = an.get(f"/tin-ve/{story}").words
    assert "Ảnh: Điểu Lâm" in words
    assert "Chưa lưu văn bản thỏa thuận nào với Báo Sao Mai" in words
    with desk.database.writing() as session:
        session.get_one(Outlet, "sao-mai").agreement = True
    words = an.get(f"/tin-ve/{story}").words
    assert "Báo Sao Mai đã đồng ý bằng văn bản" in words
    assert "Chưa lưu văn bản" not in words


def test_a_picture_that_could_not_be_had_says_why(desk: Desk, an: Browser) -> None:
    story = desk.receives("Chợ phiên Đắk Lơ")
    with desk.database.writing() as session:
        trouble = OUTCOMES["picture_cut"].msgid
        session.add(StoryPicture(story_id=story, number=1, url="https://x.vn/anh.jpg", trouble=trouble))
    assert "Ảnh bị hỏng hoặc thiếu." in an.get(f"/tin-ve/{story}").words


def test_the_list_shows_the_small_size(desk: Desk, assets: Assets, an: Browser) -> None:
    story = desk.receives("Chợ phiên Đắk Lơ")
    shows(desk, assets, story, 5, at=datetime(2026, 11, 12, tzinfo=UTC))
    with desk.database.reading() as session:
        picture = session.get_one(StoryPicture, (story, 1))
    assert picture.screen != picture.asset
    assert f'class="thumb" src="/anh/{picture.screen}"' in an.get("/tin-ve").text


@pytest.mark.parametrize(
    ("days", "words"), [(12, "12 ngày"), (31, "1 tháng"), (366, "1 năm"), (974, "2 năm 8 tháng"), (1090, "3 năm")]
)
def test_ages_are_said_as_people_say_them(app: object, days: int, words: str) -> None:
    assert age_words(days) == words
