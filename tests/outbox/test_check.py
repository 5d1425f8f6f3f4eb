"""The preflight finds what is wrong with finished bytes, and nothing where nothing is wrong."""

import io
from typing import Any

import pikepdf
import pytest
from PIL import Image

from outbox import check


def kinds(findings: tuple[Any, ...]) -> list[str]:
    return [finding.kind for finding in findings]


def test_a_text_changed_after_printing_is_found(printed: bytes, snapshot: dict[str, Any]) -> None:
    snapshot["articles"]["a7"]["paragraphs"][2]["text"] += " Chậm nhất là thứ Sáu."

    findings = check.booklet(printed, snapshot)

    assert [(finding.kind, finding.where) for finding in findings] == [("text", "11-07")]


def test_paragraphs_in_another_order_are_found(printed: bytes, snapshot: dict[str, Any]) -> None:
    snapshot["articles"]["a6"]["paragraphs"].reverse()

    assert kinds(check.booklet(printed, snapshot)) == ["text"]


@pytest.mark.parametrize(
    "field", ["licence_number", "licence_date", "licensor", "responsible", "periodicity", "printer"]
)
def test_an_empty_line_of_the_imprint_is_found(field: str, printed: bytes, snapshot: dict[str, Any]) -> None:
    snapshot["imprint"][field] = ""

    findings = check.booklet(printed, snapshot)

    assert [(finding.kind, finding.values) for finding in findings] == [("imprint", {"field": field})]


def test_an_imprint_other_than_the_printed_one_is_found(printed: bytes, snapshot: dict[str, Any]) -> None:
    snapshot["imprint"]["print_run"] = 900

    assert kinds(check.booklet(printed, snapshot)) == ["imprint"]


def test_a_letter_without_a_shape_in_our_fonts_is_found(printed: bytes, snapshot: dict[str, Any]) -> None:
    snapshot["articles"]["a6"]["byline"] = "Thị Mai ䷀"

    findings = check.booklet(printed, snapshot)

    assert [(finding.kind, finding.words) for finding in findings] == [("glyph", "䷀")]


def test_a_page_too_few_and_a_page_of_another_size_are_found(printed: bytes, snapshot: dict[str, Any]) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        document.pages[1].mediabox = pikepdf.Array([0, 0, 595, 842])
        del document.pages[2]
        target = io.BytesIO()
        document.save(target)

    found = kinds(check.booklet(target.getvalue(), snapshot))

    assert found[:2] == ["page_count", "trim"]


def test_a_font_that_is_not_in_the_file_is_found(snapshot: dict[str, Any]) -> None:
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(841.89, 595.28))
        document.add_blank_page(page_size=(841.89, 595.28))
        document.add_blank_page(page_size=(841.89, 595.28))
        document.add_blank_page(page_size=(841.89, 595.28))
        name = pikepdf.Name("/FontDescriptor")
        document.Root["/Kept"] = document.make_indirect(pikepdf.Dictionary(Type=name, FontName=pikepdf.Name("/Arial")))
        document.save(target)

    assert kinds(check.imposed(target.getvalue(), snapshot)) == ["font"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cầu mới ở Đắk Lơ\nhttps://baosonlam.example/cau", []),
        ("Cầu\u00a0mới", ["not_nfc"]),
        ("Cầu\u200b mới", ["not_nfc"]),
        ("Ca\u0302\u0300u mới", ["not_nfc"]),
        ("Cầu mới " * 300 + "ở", ["too_long"]),
    ],
)
def test_a_post_is_clean_text_of_a_length_the_channel_takes(text: str, found: list[str]) -> None:
    assert kinds(check.post_text(text, most=2000)) == found


def test_a_card_is_a_square_jpeg_below_a_megabyte() -> None:
    wide = io.BytesIO()
    Image.effect_noise((1200, 1000), 90).convert("RGB").save(wide, "JPEG", quality=95)

    assert kinds(check.post_picture(wide.getvalue(), most=200_000)) == ["too_large", "trim"]


def test_a_web_page_with_a_foreign_link_or_a_lost_paragraph_is_found(snapshot: dict[str, Any]) -> None:
    page = b"<p>Xin ch\xc3\xa0o <a href='https://vi-du.example/'>b\xe1\xba\xa5m</a><style>p{}</style>"

    found = kinds(check.web(page, snapshot))

    assert found.count("outside_link") == 1
    assert found.count("text") == len(snapshot["articles"])


def test_comparison_looks_at_letters_only() -> None:
    assert check.letters_of("“Biết dệt\r\nlà biết đọc.”") == check.letters_of("BIẾT DỆT, là biết  đọc")
    assert check.letters_of("ơ̆n") != check.letters_of("ơn")
