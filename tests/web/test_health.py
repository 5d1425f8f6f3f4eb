"""Sức khỏe nguồn tin: what the sources are like, in words, on their own page, the front page and in the tasks."""

import html
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.desk.health import strip
from app.models.office import Mode
from app.store import office, source_health, sources, traffic
from app.store.source_health import Health
from app.web.application import create_app
from app.web.health import FAILING, draw
from config import Config
from feeds.outcomes import OUTCOMES
from tests.people import AN, NOW
from tests.scenario import Desk
from tests.web.page import Browser

PAGE = "/he-thong/nguon"
HOUR = timedelta(hours=1)


def ends(desk: Desk, outcome: str, *, hours_ago: float = 0, new: int = 0, source: str = "sao-mai-1") -> None:
    meaning = OUTCOMES[outcome]
    health = Health(outcome=outcome, message=meaning.msgid, failed=meaning.failed, new=new)
    with desk.database.writing() as session:
        source_health.note(session, source, health, now=desk.clock.now - hours_ago * HOUR, every=timedelta(minutes=30))


@pytest.fixture
def source(desk: Desk) -> str:
    """One source that brought something every two hours for five days, until now."""
    desk.receives("Cầu mới ở Bù Gia Mập")
    with desk.database.writing() as session:
        office.load(session).mode = Mode.REAL
    for hours in range(120, -1, -2):
        ends(desk, "ok", hours_ago=hours, new=1)
    return "sao-mai-1"


def test_a_source_that_is_well_says_how_often_it_brings_something(source: str, an: Browser) -> None:
    page = an.get(PAGE)
    assert "1 nguồn tốt." in page.words
    assert "thường khoảng 2 giờ một tin" in page.words
    assert "Ba mươi ngày: 61 tin mới, 0 ngày có trục trặc" in page.text
    assert "Mọi nguồn đều tốt" in an.get(PAGE + "?xem=can-xem").words


def test_a_silent_source_is_not_a_failing_one(desk: Desk, source: str, an: Browser) -> None:
    desk.clock.tick(days=3)
    ends(desk, "same")
    page = an.get(PAGE + "?xem=can-xem")
    assert "0 nguồn tốt, 1 im lặng 3 ngày." in page.words
    assert "Im lặng 3 ngày thường khoảng 2 giờ một tin" in page.words
    assert "không có tin mới như thường lệ" in page.words
    assert "Không lấy được" not in page.words
    front = an.get("/hom-nay")
    assert "0 nguồn tốt, 1 im lặng 3 ngày" in front.words
    assert "Báo Sao Mai im lặng" in front.words
    assert PAGE + "?xem=can-xem" in front.links()


def test_every_failure_says_what_happened_and_what_to_do(desk: Desk, source: str, an: Browser) -> None:
    desk.clock.tick(minutes=59)
    an.client.set_cookie("tieng", "en")
    for outcome in OUTCOMES:
        ends(desk, outcome)
        said = an.get(PAGE).text
        told = OUTCOMES[outcome].msgid in html.unescape(said), OUTCOMES[outcome].advice in html.unescape(said)
        assert told == (outcome not in ("ok", "same"), True), outcome
        assert ("Cannot be read" in said) == OUTCOMES[outcome].failed, outcome


def test_a_failing_source_says_since_when_and_when_it_is_tried_again(desk: Desk, source: str, an: Browser) -> None:
    desk.clock.tick(minutes=59)
    ends(desk, "timeout")
    assert "từ 10:00, thử lại ở lần lấy tới" in an.get(PAGE).words
    desk.clock.tick(minutes=30)
    ends(desk, "timeout")
    assert "từ 10:00, thử lại lúc 11:30" in an.get(PAGE).words


def test_a_lost_feed_leads_to_where_it_is_found_anew(desk: Desk, source: str, an: Browser) -> None:
    assert not [link for link in an.get(PAGE).links() if link.startswith(PAGE + "/them?trang")]
    ends(desk, "gone")
    assert f"{PAGE}/them?trang=https%3A//x.vn" in an.get(PAGE).links()


def test_the_figures_behind_the_strip_stand_on_the_page_of_the_source(desk: Desk, source: str, an: Browser) -> None:
    desk.clock.tick()
    ends(desk, "timeout")
    assert f"{PAGE}/{source}" in an.get(PAGE).links()
    page = an.get(f"{PAGE}/{source}")
    assert page.heading == "Báo Sao Mai · Tin"
    assert "23/11/2026 5 có" in page.words
    assert "22/11/2026 12 –" in page.words
    assert "1 tin mới" in page.words
    assert "09:02 Báo chưa trả lời xong trong thời gian cho phép." in page.words
    an.get(f"{PAGE}/khong-co", status=404)


def test_a_source_that_was_never_read_has_its_page_too(desk: Desk, an: Browser) -> None:
    desk.receives("Cầu mới")
    page = an.get(f"{PAGE}/sao-mai-1")
    assert "Chưa lấy lần nào" in page.words
    assert "không có tin mới và cũng không có trục trặc" in page.words


def test_reading_at_once_is_asked_for_and_shown_until_it_is_done(desk: Desk, source: str, an: Browser) -> None:
    an.get(PAGE)
    told = an.follow(an.post(f"{PAGE}/{source}/doc"))
    assert "Nguồn sẽ được lấy trong vài giây" in told.words
    assert 'data-live="on"' in told.text
    assert "Đang lấy…" in told.words
    with desk.database.reading() as session:
        assert [one.id for one in sources.asked(session)] == [source]
    ends(desk, "same")
    assert 'data-live="on"' not in an.get(PAGE).text
    assert f"{AN} yêu cầu lấy nguồn tin ngay" in an.get("/he-thong").words


def test_whoever_may_not_manage_sources_only_looks(source: str, khanh: Browser) -> None:
    assert "Lấy ngay" not in khanh.get(PAGE).words
    khanh.post(f"{PAGE}/{source}/doc", status=403)


def test_what_meets_most_sources_is_told_once_on_the_front_page(desk: Desk, source: str, an: Browser) -> None:
    for outcome, words in (
        ("portal", "Mạng đang đòi đăng nhập (cổng chào)"),
        ("clock", "Đồng hồ của máy này có vẻ sai"),
        ("dns", "Không có mạng"),
        ("same", "Có mạng"),
    ):
        ends(desk, outcome)
        assert words in an.get("/hom-nay").words, outcome
        an.get(PAGE)


@pytest.mark.parametrize(
    ("megabytes", "told"),
    [
        (20, ""),
        (31, "Ảnh chờ đến ngày mai"),
        (45, "Ảnh và trang bài chờ đến ngày mai"),
        (50, "Hết dung lượng hôm nay; nguồn tin chờ đến ngày mai"),
    ],
)
def test_the_bytes_of_today_are_shown_with_their_limit(
    app: Flask, config: Config, desk: Desk, source: str, megabytes: int, told: str
) -> None:
    with desk.database.writing() as session:
        traffic.add(session, "2026-11-23", megabytes * 1_000_000)
    metered = Browser(create_app(replace(config, fetch_daily_megabytes=50), desk.database, now=desk.clock)).signs_in(AN)
    assert f"Hôm nay đã tải {megabytes},0 trên 50 MB" in metered.get(PAGE).words
    for page in (metered.get(PAGE), metered.get("/hom-nay")):
        assert told in page.words
        assert ("chờ đến ngày mai" in page.words) == bool(told)


def test_a_source_that_is_off_can_be_switched_on_from_here(desk: Desk, source: str, an: Browser) -> None:
    an.get(PAGE)
    assert "Đã bật tắt nguồn" in an.follow(an.post(f"{PAGE}/{source}", bat="0")).words
    page = an.get(PAGE)
    assert "Chưa bật nguồn nào" in page.words
    assert "1 nguồn có thể bật" in page.words
    with desk.database.writing() as session:
        sources.get(session, source).grade = "D"
    assert "1 địa chỉ chưa thấy chạy" in an.get(PAGE).words


def test_the_strip_draws_thirty_days() -> None:
    drawn = draw(strip([(NOW - 48 * HOUR, 10, "ok"), (NOW - 24 * HOUR, 0, "dns")], failing=FAILING, now=NOW))
    assert drawn["bars"] == "M163 30v-28h4V30z"
    assert (drawn["new"], drawn["failed"], len(drawn["days"])) == (10, 2, 3)


def test_the_page_of_a_desk_without_sources_says_so(an: Browser, tmp_path: Path) -> None:
    assert "Chưa bật nguồn nào" in an.get(PAGE).words
