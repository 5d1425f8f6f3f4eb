"""A pasted text finds its title, its paragraphs and the address it names."""

import pytest

from feeds.hand.pasted import as_address, is_link, read_pasted

TEXT = """Bà con sóc Bom Bo mở lớp dệt
Sáng 20/11, ba mươi hộ ở sóc Bom Bo cùng mở lớp dệt
thổ cẩm tại nhà văn hóa.

Già làng Điểu Vrang dạy lũ trẻ cách cột sợi.
Nguồn: https://saomai.vn/bai-1-post123456.html?utm_source=zalo
"""


def test_the_first_short_line_is_the_title_and_broken_lines_are_joined() -> None:
    paper = read_pasted(TEXT)
    assert paper.title == "Bà con sóc Bom Bo mở lớp dệt"
    assert paper.paragraphs == (
        "Sáng 20/11, ba mươi hộ ở sóc Bom Bo cùng mở lớp dệt thổ cẩm tại nhà văn hóa.",
        "Già làng Điểu Vrang dạy lũ trẻ cách cột sợi.",
    )
    assert paper.url == "https://saomai.vn/bai-1-post123456.html"


def test_a_given_title_is_kept_and_not_told_twice() -> None:
    paper = read_pasted("Lớp dệt\nBà con vui.", title="Lớp dệt")
    assert (paper.title, paper.paragraphs) == ("Lớp dệt", ("Bà con vui.",))


def test_two_addresses_in_the_text_are_nobodys_source() -> None:
    assert read_pasted("Tin.\nXem https://a.vn/1 và https://b.vn/2 nhé.").url == ""


def test_a_long_first_line_stays_in_the_text_and_lends_its_beginning() -> None:
    paper = read_pasted("Sáng nay bà con đi làm nương. " * 20)
    assert paper.title.endswith("…")
    assert len(paper.paragraphs) == 1


def test_the_text_comes_in_whole_letters_without_hidden_ones() -> None:
    assert read_pasted("Đo\u0300ng ba\u0300o\u200b\u0000 vui").title == "Đòng bào vui"


@pytest.mark.parametrize("text", ["https://nhandan.vn/bai.html", " nhandan.vn/bai-post1.html\n", "vov.vn"])
def test_an_address_alone_is_a_link(text: str) -> None:
    assert is_link(text)
    assert as_address(text).startswith("https://")


@pytest.mark.parametrize(
    "text", ["", "Bà con vui.", "vui.", "Xem https://a.vn/1", "https://a.vn https://b.vn", "1.000 hộ"]
)
def test_anything_else_is_a_text(text: str) -> None:
    assert not is_link(text)
