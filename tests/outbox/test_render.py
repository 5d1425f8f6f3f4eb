"""Words as the templates see them."""

from datetime import date

import pytest
from jinja2 import UndefinedError

from outbox import fonts, render


def test_a_word_the_headline_face_lacks_stands_in_another_face_as_a_whole() -> None:
    assert render.sans("Chữ ƀon của bà") == 'Chữ <span class="other">ƀon</span> của bà'


def test_markup_in_a_text_is_shown_never_obeyed() -> None:
    assert render.sans("<b>5 < 6</b>") == "&lt;b&gt;5 &lt; 6&lt;/b&gt;"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("“Giữ lấy chữ.”", "Giữ lấy chữ."), ('"Giữ lấy chữ."', "Giữ lấy chữ."), ("“Một” và “hai”", "“Một” và “hai”")],
)
def test_quotes_round_the_whole_are_left_to_the_design(typed: str, shown: str) -> None:
    assert render.bare(typed) == shown


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-25", date(2026, 11, 25)),
        ("2026-11-24T17:30:00Z", date(2026, 11, 25)),
        ("2026-11-24T16:30:00Z", date(2026, 11, 24)),
    ],
)
def test_days_are_those_of_viet_nam(written: str, day: date) -> None:
    assert render.vietnam_day(written) == day


def test_a_value_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render.page("bulletin/page.html")


def test_every_letter_of_our_languages_has_a_shape() -> None:
    letters = "ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ ƀɃčĕĭŏŭñ ê̆ô̆ơ̆ư̆ ក្ខ₫"

    assert [letter for letter in letters if not fonts.covers(letter)] == []
    assert not fonts.covers("䷀")
