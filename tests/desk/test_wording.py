"""How dates, numbers and quotes read in the bulletin."""

import unicodedata
from datetime import date

import pytest

from app.desk import wording


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 25), "Thứ Tư, ngày 25 tháng 11 năm 2026"),
        (date(2026, 11, 2), "Thứ Hai, ngày 02 tháng 11 năm 2026"),
        (date(2022, 7, 14), "Thứ Năm, ngày 14 tháng 7 năm 2022"),
        (date(2027, 2, 7), "Chủ Nhật, ngày 07 tháng 02 năm 2027"),
    ],
)
def test_a_date_is_written_as_official_letters_do(day: date, said: str) -> None:
    assert wording.long_date(day) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 2), "24 tháng Chín, Bính Ngọ"),
        (date(2022, 7, 14), "16 tháng Sáu, Nhâm Dần"),
        (date(2025, 8, 1), "8 tháng Sáu nhuận, Ất Tỵ"),
    ],
)
def test_the_lunar_date_is_named(day: date, said: str) -> None:
    assert wording.lunar_date(day) == said


def test_a_month_begins_on_its_weekday_and_shows_its_feasts() -> None:
    weeks = wording.month_weeks(2026, 11)

    assert [len(week) for week in weeks] == [7] * 6
    assert weeks[0][:6] == [None] * 6  # 1 November 2026 is a Sunday
    feasts = {day.date.day: day.feast for week in weeks for day in week if day and day.feast}
    assert feasts == {18: "Ngày hội Đại đoàn kết toàn dân tộc", 20: "Ngày Nhà giáo Việt Nam"}


def test_lunar_feasts_follow_the_moon() -> None:
    assert wording.feast_of(date(2027, 2, 6)) == "Tết Nguyên đán"
    assert wording.feast_of(date(2026, 9, 25)) == "Tết Trung thu"
    assert wording.feast_of(date(2026, 11, 24)) == ""


def test_numbers_part_thousands_with_a_full_stop() -> None:
    assert [wording.number(n) for n in (7, 1200, 1234567)] == ["7", "1.200", "1.234.567"]


def test_text_becomes_nfc_without_hidden_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "Đắk Ơ") + "\u200b\u00ad\ufeff"

    assert wording.clean_text(decomposed) == "Đắk Ơ"


def test_khmer_keeps_the_marks_that_say_where_a_line_may_break() -> None:
    assert wording.clean_text("នាំ\u200bកុមារ") == "នាំ\u200bកុមារ"


def test_a_breve_on_a_horned_vowel_stays_whole() -> None:
    assert wording.clean_text("ơ̆n ƀon ĕ ĭ ŏ ŭ") == "ơ̆n ƀon ĕ ĭ ŏ ŭ"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Già làng nói: "Đá nhà ai cũng nằm trong cầu."', "Già làng nói: “Đá nhà ai cũng nằm trong cầu.”"),
        ("đồng bào S'tiêng", "đồng bào S’tiêng"),
        ('("một")', "(“một”)"),
        ("'hoa văn' của bà", "‘hoa văn’ của bà"),
    ],
)
def test_straight_quotes_are_curled(typed: str, printed: str) -> None:
    assert wording.curl_quotes(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("dài 2,4 km, rộng 4 m", "dài 2,4\u00a0km, rộng 4\u00a0m"),
        ("ngày 25 tháng 11", "ngày\u00a025 tháng\u00a011"),
        ("31 em đến lớp", "31\u00a0em đến lớp"),
        ("4 mùa rẫy", "4 mùa rẫy"),
    ],
)
def test_a_number_stays_with_its_unit(typed: str, printed: str) -> None:
    assert wording.tie_spaces(typed) == printed


def test_copied_text_has_ordinary_spaces_only() -> None:
    assert wording.plain_text("dài\u00a02,4\u202fkm \n  xong ") == "dài 2,4 km\n xong"
