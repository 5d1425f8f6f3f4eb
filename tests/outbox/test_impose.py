"""Sheets that read in order once folded and stapled."""

import io

import pikepdf
import pypdfium2
import pytest

from outbox.impose import saddle, saddle_order


@pytest.mark.parametrize(
    ("pages", "sides"),
    [(4, [(4, 1), (2, 3)]), (8, [(8, 1), (2, 7), (6, 3), (4, 5)])],
)
def test_outer_sheets_carry_the_outer_pages(pages: int, sides: list[tuple[int, int]]) -> None:
    assert saddle_order(pages) == sides


def test_the_booklet_lies_on_four_a4_sides_with_each_page_in_its_half(printed: bytes) -> None:
    sheets = pypdfium2.PdfDocument(saddle(printed))

    halves = []
    for side in sheets:
        text, (width, height) = side.get_textpage(), side.get_size()
        halves.append(
            [
                text.get_text_bounded(left=0, bottom=0, right=width / 2, top=height),
                text.get_text_bounded(left=width / 2, bottom=0, right=width, top=height),
            ]
        )
        text.close()
        side.close()
    sheets.close()

    assert len(halves) == 4
    assert "PHIẾU GÓP Ý" in halves[0][0]
    assert "5 ĐIỀU CẦN NHỚ" in halves[0][1]
    assert "Tin trong tháng" in halves[1][0]
    assert "Bà Nhơr" in halves[3][1].replace("\r\n", " ")


def test_missing_pages_are_left_blank_up_to_four() -> None:
    target = io.BytesIO()
    with pikepdf.new() as five:
        for _ in range(5):
            five.add_blank_page(page_size=(419.53, 595.28))
        five.save(target)

    with pikepdf.open(io.BytesIO(saddle(target.getvalue()))) as sheets:
        assert len(sheets.pages) == 4


def test_the_same_pages_give_the_same_sheets(printed: bytes) -> None:
    assert saddle(printed) == saddle(printed)
