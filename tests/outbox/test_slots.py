"""Headlines shrink by steps, captions take whole lines, crops keep what matters in view."""

import pytest

from outbox import fonts, slots
from outbox.geometry import UNIT
from outbox.pictures import crop_position


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("Ba việc cho vườn điều", 25.0, 1),
        ("Bốn mươi bảy nhà góp đá, suối Đắk Lơ có cầu mới", 25.0, 2),
        ("Đồng bào vùng biên giới phấn khởi đón nhận hai trăm căn nhà trước thềm năm mới", 19.5, 3),
    ],
)
def test_a_longer_headline_is_set_smaller(text: str, size: float, lines: int) -> None:
    head = slots.headline(text)

    assert (head.size, len(head.lines)) == (size, lines)
    assert " ".join(head.lines) == text


@pytest.mark.parametrize("words", [1, 5, 9, 14, 20, 40, 90])
def test_a_headline_of_any_length_ends_on_the_grid_and_inside_the_page(words: int) -> None:
    head = slots.headline(" ".join(["Đắk Nông"] * words))

    assert (len(head.lines) * head.leading + head.pad) % UNIT == pytest.approx(0)
    assert all(fonts.width(line, size=head.size) <= slots.MEASURE for line in head.lines)


def test_lines_of_a_headline_are_of_like_length() -> None:
    head = slots.headline("Điểm trường mới, hết cảnh học nhờ ở thôn Bù Rên")

    first, second = (fonts.width(line, size=head.size) for line in head.lines)
    assert second > first * 0.6


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("Giờ vào lớp.", 1), ("Giờ vào lớp ở điểm trường. " * 4, 2)])
def test_a_caption_takes_whole_lines(text: str, lines: int) -> None:
    assert slots.caption_height(text, measure=340) == lines * UNIT


@pytest.mark.parametrize(
    ("focus", "position"),
    [((50, 50), "50% 50.0%"), ((50, 0), "50% 0.0%"), ((50, 100), "50% 100.0%"), ((0, 30), "50% 10.0%")],
)
def test_a_crop_keeps_the_focus_in_view(focus: tuple[int, int], position: str) -> None:
    figure = {"width": 1000, "height": 1000, "focus": focus}

    assert crop_position(figure, width=200, height=100) == position


def test_pictures_in_a_row_share_the_page_by_their_shape() -> None:
    wide = {
        "asset": "a" * 64,
        "width": 1600,
        "height": 800,
        "alt": "",
        "caption": "Suối.",
        "credit": "Ảnh: Mai",
        "focus": [50, 50],
    }
    square = {**wide, "width": 800, "caption": "Nhà."}

    row = slots.row_of([wide, square], lines=6)

    assert [round(cell.width) for cell in row.cells] == [223, 112]
    assert (row.caption, row.credit) == ("Suối. Nhà.", "Ảnh: Mai")
