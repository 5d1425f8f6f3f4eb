"""“Vì sao không thấy tin này” has an answer for every story, stored or not."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import update

from app.models.outlet import Source
from app.models.story import Alias, Story, Triage
from app.store import clusters, stories
from tests.people import AN
from tests.scenario import Desk
from tests.web.page import Browser

PAGE = "/tin-ve/vi-sao"


def ask(browser: Browser, what: str) -> str:
    return browser.get(f"{PAGE}?tin={what}").words


def put(desk: Desk, story: str, to: Triage) -> None:
    with desk.database.writing() as session:
        stories.triage(session, [story], to, actor=desk.actor(AN), now=desk.clock.tick())


def source(desk: Desk, **values: object) -> None:
    with desk.database.writing() as session:
        session.execute(update(Source).where(Source.id == "sao-mai-1").values(**values))


def test_a_story_is_found_by_its_address_its_id_and_its_words(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu mới qua suối Rạt", url="https://x.vn/cau-moi-123.html")
    with desk.database.writing() as session:
        session.add(Alias(source_id="sao-mai-1", key="url:x.vn/cau-moi-123.html", story_id=story))
    for what in (
        "https://x.vn/cau-moi-123.html?utm_source=zalo#anh",
        "http://www.x.vn/cau-moi-123.html?at_medium=chia-se",
        story,
        "cau moi",
    ):
        assert "Cầu mới qua suối Rạt" in ask(an, quote(what, safe=""))


def test_it_stands_below_others(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu mới qua suối Rạt")
    assert "Tin đứng đầu danh sách chưa xem" in ask(an, story)
    desk.receives("Lớp xóa mù chữ ở Đăk Ơ")
    assert "1 trong 2 tin xếp trên" in ask(an, story)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (Triage.DROPPED, "Hoài An đã bỏ tin này"),
        (Triage.LATER, "Hoài An đã để tin này lại sau"),
        (Triage.KEPT, "Hoài An đã chọn tin này"),
    ],
)
def test_it_is_said_who_decided(desk: Desk, an: Browser, to: Triage, said: str) -> None:
    story = desk.receives("Cầu mới qua suối Rạt")
    put(desk, story, to)
    assert said in ask(an, story)


def test_it_lies_in_a_group_under_a_better_one_or_is_old_or_its_source_is_off(desk: Desk, an: Browser) -> None:
    story, better = desk.receives("Cầu mới qua suối Rạt"), desk.receives("Suối Rạt có cầu mới")
    with desk.database.writing() as session:
        clusters.settle(session, [(story, story), (better, story)], [])
        stories.get(session, better).score = 9
        old = {"first_seen_at": desk.clock.now - timedelta(days=20)}
        session.execute(update(Story).where(Story.id == story).values(**old))
    source(desk, enabled=False)
    answer = ask(an, story)
    assert "cùng nhóm với “Suối Rạt có cầu mới”" in answer
    assert "chỉ lấy tin trong hai tuần" in answer
    assert "đang tắt" in answer


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"read_at": None}, "Chưa đọc lần nào"),
        ({"enabled": False}, "Các nguồn đang tắt"),
        ({"failures": 3, "outcome": "timeout"}, "Gần đây không đọc được"),
        ({"outcome": "ok"}, "không có tin này"),
    ],
)
def test_an_address_nobody_brought_tells_how_its_outlets_sources_are(
    desk: Desk, an: Browser, state: dict[str, object], said: str
) -> None:
    desk.receives("Một tin khác")
    source(desk, **{"read_at": desk.clock.now, **state})
    answer = ask(an, "https://x.vn/khong-ve-999.html")
    assert "Báo Sao Mai" in answer
    assert said in answer


def test_a_stranger_and_unknown_words_are_answered_as_well(an: Browser) -> None:
    assert "Không báo nào trong danh sách đăng ở la.example" in ask(an, "https://www.la.example/tin")
    assert "Không tin nào đã về" in ask(an, "khong co dau")
    assert "Địa chỉ" not in ask(an, "")


@pytest.mark.parametrize("what", ["https://", "http://[", "https://[::1", "%00", "a" * 900, "'%22<script>"])
def test_anything_may_be_pasted(an: Browser, what: str) -> None:
    ask(an, what)


def test_the_list_and_the_pane_lead_there(desk: Desk, an: Browser) -> None:
    story = desk.receives("Bà con S’tiêng mừng lúa mới")
    page = an.get(f"/tin-ve/{story}")
    assert f"/tin-ve/vi-sao?tin={story}" in page.text
    assert "Vì sao không thấy tin này?" in an.get("/tin-ve?tim=khong+co").words
