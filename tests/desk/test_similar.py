"""Two outlets that tell one event are found; two events worded alike are kept apart."""

from datetime import timedelta

import pytest

from app.desk.similar import HINT, SAME, Told, Verdict, compare, days_of, is_same_event
from tests.people import NOW

HERE, THERE = "sao-mai", "binh-minh"


def told(title: str, *, outlet: str = HERE, hours: float = 0, days: str = "") -> Told:
    return Told(outlet, title, NOW + timedelta(hours=hours), days_of(title) | days_of(days))


def verdict(one: Told, other: Told, likeness: float) -> Verdict:
    assert compare(one, other, likeness) == compare(other, one, likeness)
    return compare(one, other, likeness)


BRIDGE = told("Khánh thành cầu treo ở Bù Gia Mập")
AGAIN = told("Bà con Bù Gia Mập hết cảnh lội suối", outlet=THERE)


@pytest.mark.parametrize(
    ("likeness", "then"),
    [(SAME, Verdict.SAME), (SAME - 0.01, Verdict.HINT), (HINT, Verdict.HINT), (HINT - 0.01, Verdict.APART)],
)
def test_the_measured_likeness_tells_the_same_report_from_a_hint(likeness: float, then: Verdict) -> None:
    assert verdict(BRIDGE, AGAIN, likeness) == then


def test_headlines_alike_need_less_likeness_of_their_leads() -> None:
    assert verdict(BRIDGE, told("Khánh thành cầu treo mới ở Bù Gia Mập", outlet=THERE), HINT) == Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Giá vàng hôm nay 22/8: vàng miếng tăng", "Giá vàng hôm nay 23/8: vàng miếng tăng"),
        ("Bản tin tối 22-8: mưa ở Đắk Ơ", "Tin tối 23-8: mưa ở Đắk Ơ"),
        ("Thời tiết ngày 3 tháng 9: mưa dông", "Thời tiết ngày 4 tháng 9: mưa dông"),
    ],
)
def test_other_days_in_the_headline_are_other_events_however_alike(one: str, other: str) -> None:
    assert verdict(told(one), told(other, outlet=THERE), 0.99) == Verdict.APART


def test_what_comes_every_day_is_one_event_only_on_its_day() -> None:
    today, tomorrow = told("Dự báo thời tiết: Bắc Bộ mưa to"), "Dự báo thời tiết: mưa to ở Bắc Bộ"
    assert verdict(today, told(tomorrow, outlet=THERE, hours=3), 0.8) == Verdict.SAME
    assert verdict(today, told(tomorrow, outlet=THERE, hours=24), 0.8) == Verdict.APART


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xe khách lật đèo ở Bảo Lộc", "Xe khách lật đèo ở Quảng Ngãi"),
        ("Cháy chợ, 12 ki-ốt bị thiêu rụi", "Cháy chợ, 40 ki-ốt bị thiêu rụi"),
        ("Hội nghị bước sang ngày thứ ba", "Hội nghị bước sang ngày thứ tư"),
    ],
)
def test_other_places_and_numbers_ask_for_more_likeness(one: str, other: str) -> None:
    assert verdict(told(one), told(other, outlet=THERE), 0.55) == Verdict.HINT
    assert verdict(told(one), told(one, outlet=THERE), 0.55) == Verdict.SAME


def test_other_days_in_the_leads_ask_for_more_likeness() -> None:
    first, second = told("Lễ hội cầu mưa", days="Sáng 3/9 …"), told("Lễ cầu mưa", outlet=THERE, days="Sáng 12/9 …")
    assert verdict(first, second, 0.5) == Verdict.HINT


def test_two_names_may_share_a_part_but_not_only_an_office() -> None:
    club = told("CLB Thanh niên Bom Bo thắng lớn"), told("Đội Bom Bo thắng lớn", outlet=THERE)
    assert verdict(*club, 0.5) == Verdict.SAME
    chairmen = (
        told("Ông Điểu Lâm làm Chủ tịch UBND xã Đắk Ơ"),
        told("Ông Lê Hà làm Chủ tịch UBND xã Tà Lài", outlet=THERE),
    )
    assert verdict(*chairmen, 0.55) == Verdict.HINT


def test_one_host_who_receives_two_guests_is_two_events() -> None:
    guests = told("Bà Thị Hương tiếp đoàn Malaysia"), told("Bà Thị Hương tiếp đoàn Lào", outlet=THERE)
    assert verdict(*guests, 0.5) == Verdict.HINT


def test_a_gathering_of_news_is_never_one_of_its_events() -> None:
    daily = told("Bản tin tối: khánh thành cầu treo ở Bù Gia Mập", outlet=THERE)
    assert verdict(BRIDGE, daily, 0.9) == Verdict.HINT
    assert verdict(daily, told("Podcast bản tin tối: cầu treo", outlet=THERE), 0.99) == Verdict.APART


def test_a_series_of_one_outlet_is_not_the_same_elsewhere() -> None:
    assert verdict(told("Chuyện ở bản, kỳ đầu"), told("Chuyện ở bản, kỳ sau"), 0.55) == Verdict.HINT
    assert verdict(told("Cầu treo ở Bù Gia Mập"), told("Cầu treo ở Bù Gia Mập"), 0.95) == Verdict.SAME


@pytest.mark.parametrize(("hours", "then"), [(47, Verdict.SAME), (60, Verdict.HINT), (24 * 6, Verdict.HINT)])
def test_an_event_is_told_within_two_days(hours: float, then: Verdict) -> None:
    assert verdict(BRIDGE, told(AGAIN.title, outlet=THERE, hours=hours), 0.55) == then


def test_what_is_told_much_later_must_be_nearly_the_same_words() -> None:
    late = told(AGAIN.title, outlet=THERE, hours=24 * 9)
    assert verdict(BRIDGE, late, 0.7) == Verdict.HINT
    assert verdict(BRIDGE, late, 0.8) == Verdict.SAME


def test_days_are_read_as_they_are_written() -> None:
    assert days_of("Sáng 22/8 và ngày 3 tháng 9, tối 4-9; tỷ số 2-1, 1.250 đồng, 32/13") == {"22/8", "3/9", "4/9"}
    assert days_of("") == frozenset()


def test_two_headlines_alone_are_one_event_when_half_of_their_words_agree() -> None:
    assert is_same_event("Khánh thành cầu treo ở xã Bù Gia Mập", "Xã Bù Gia Mập khánh thành cầu treo mới")
    assert not is_same_event("Giá hồ tiêu tăng", "Khánh thành cầu treo")
    assert not is_same_event("", "")
