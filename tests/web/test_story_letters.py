"""A garbled story in Tin về: shown as it would read, repaired by a button, and taken back by another."""

import gzip

import pytest

from app.models.story import Revision, Story
from app.store import events, stories
from app.store.assets import Assets, register
from app.store.sources import get
from tests.people import HUONG, LAM
from tests.scenario import Desk
from tests.web.page import Browser

RIGHT = "Đồng bào xã Đắk Lơ được dùng nước sạch, bà con mừng lắm"
SUMMARY = "Nhà nào cũng có vòi nước trước hiên, trẻ nhỏ không phải ra suối."


def twice(text: str) -> str:
    """As a server sends it that takes UTF-8 for the letters of an old Windows."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def stored(text: str) -> str:
    """What is left of it after cleaning: control signs are dropped."""
    return " ".join("".join(c for c in twice(text) if not 0x7F < ord(c) < 0xA0).split())


@pytest.fixture
def garbled(desk: Desk, assets: Assets) -> str:
    """A story as it was kept before anybody knew; its evidence holds every byte."""
    url = "https://x.vn/nuoc-sach.html"
    feed = f"<rss><channel><item><title>{twice(RIGHT)}</title><link>{url}</link><description>{twice(SUMMARY)}"
    kept = assets.put(gzip.compress(f"{feed}</description></item>".encode()))
    with desk.database.writing() as session:
        register(session, name=kept, media_type="application/gzip", size=1, now=desk.clock.now)
    return desk.receives(stored(RIGHT), summary=stored(SUMMARY), url=url, evidence=kept, garbled="double")


def revisions(desk: Desk, story_id: str) -> list[Revision]:
    with desk.database.reading() as session:
        return list(stories.revisions(session, story_id))


def test_the_pane_shows_how_it_would_read(desk: Desk, an: Browser, garbled: str) -> None:
    page = an.get(f"/tin-ve/{garbled}")
    assert "Chữ của tin này bị lỗi khi về." in page.words
    assert "được dùng nước sạch" in page.words
    assert f"/tin-ve/{garbled}/sua-chu" in page.actions()


def test_a_repair_is_a_further_revision_from_the_same_evidence(desk: Desk, an: Browser, garbled: str) -> None:
    an.get(f"/tin-ve/{garbled}")
    after = an.follow(an.post(f"/tin-ve/{garbled}/sua-chu"))
    assert RIGHT in after.words
    newest, first = revisions(desk, garbled)
    assert (newest.title, newest.summary, newest.evidence) == (RIGHT, SUMMARY, first.evidence)
    with desk.database.reading() as session:
        story = session.get_one(Story, garbled)
        last = events.last_of(session, "story.repaired")
        assert (story.title, story.garbled) == (RIGHT, None)
        assert "dong bao" in story.folded
        assert last is not None
        assert last.fields == {"story": garbled, "revision": 2}
    assert "1 tin có “nước sạch”" in an.get("/tin-ve?tim=nước+sạch").words


def test_a_repair_can_be_taken_back(desk: Desk, an: Browser, garbled: str) -> None:
    an.get(f"/tin-ve/{garbled}")
    page = an.follow(an.post(f"/tin-ve/{garbled}/sua-chu"))
    assert f"/tin-ve/{garbled}/bo-sua-chu" in page.actions()
    page = an.follow(an.post(f"/tin-ve/{garbled}/bo-sua-chu"))
    assert stored(RIGHT) in page.words
    assert [r.number for r in revisions(desk, garbled)] == [3, 2, 1]
    assert f"/tin-ve/{garbled}/sua-chu" in page.actions()


def test_a_whole_source_is_repaired_and_left_alone_again(desk: Desk, an: Browser, garbled: str) -> None:
    other = desk.receives(stored("Bà con góp sức làm đường"), summary=stored("Ai cũng vui."), garbled="double")
    an.get(f"/tin-ve/{garbled}")
    an.post(f"/tin-ve/{garbled}/sua-chu-nguon")
    with desk.database.reading() as session:
        assert (get(session, "sao-mai-1").quirks or {})["letters"] == "double"
        assert session.get_one(Story, garbled).title == RIGHT
        assert session.get_one(Story, other).garbled is None
    page = an.get(f"/tin-ve/{garbled}")
    an.post(f"/tin-ve/{garbled}/bo-sua-chu-nguon")
    assert "Từ nay nguồn “Tin” được đọc theo cách này." in page.words
    with desk.database.reading() as session:
        assert (get(session, "sao-mai-1").quirks or {})["letters"] == ""
        assert session.get_one(Story, garbled).garbled == "double"


def test_a_story_whose_letters_are_well_offers_and_takes_no_repair(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu mới qua suối Rạt")
    assert "sua-chu" not in an.get(f"/tin-ve/{story}").text
    an.post(f"/tin-ve/{story}/sua-chu", status=400)
    an.post(f"/tin-ve/{story}/bo-sua-chu", status=400)


def test_who_may_not_manage_sources_repairs_one_story_only(desk: Desk, browser: Browser, garbled: str) -> None:
    browser.signs_in(LAM)
    page = browser.get(f"/tin-ve/{garbled}")
    assert f"/tin-ve/{garbled}/sua-chu-nguon" not in page.actions()
    browser.post(f"/tin-ve/{garbled}/sua-chu-nguon", status=403)
    browser.post(f"/tin-ve/{garbled}/sua-chu")
    browser.post("/dang-xuat")
    browser.signs_in(HUONG)
    assert "bo-sua-chu" not in browser.get(f"/tin-ve/{garbled}").text
