"""Posts: plain words to copy, a link alone on the last line, a square card."""

import io
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from app.models.errors import Unprintable
from config import Config
from outbox import posts

Assets = Callable[[str], bytes]


def test_own_wording_comes_first_then_the_source_and_the_link_alone(snapshot: dict[str, Any]) -> None:
    snapshot["mode"] = "real"

    text = posts.compose_text(snapshot, snapshot["articles"]["a7"], "zalo")

    assert text.split("\n") == [
        "Hộ nghèo chưa có nước sạch được hỗ trợ làm bể, khoan giếng. Bà con báo trưởng thôn trước ngày 20/11.",
        "",
        "Theo Cổng thông tin tỉnh Sơn Lâm, 21/10/2026",
        "https://sonlam.example/nuoc-sinh-hoat",
    ]


def test_without_own_wording_it_is_headline_and_standfirst(snapshot: dict[str, Any]) -> None:
    snapshot["mode"] = "real"

    lines = posts.compose_text(snapshot, snapshot["articles"]["a5"], "facebook").split("\n")

    assert lines[0] == "Bốn mươi bảy nhà góp đá, suối Đắk Lơ có cầu mới"
    assert lines[2].startswith("Nhà nước cho xi măng")
    assert lines[-1] == "https://baosonlam.example/cau-dak-lo-20261014.html"


def test_the_text_is_nfc_without_hidden_letters(snapshot: dict[str, Any]) -> None:
    article = snapshot["articles"]["a5"]
    article["facebook"] = unicodedata.normalize("NFD", "Cầu\u00a0mới\u200b ở Đắk Lơ & <b>suối</b>")

    text = posts.compose_text(snapshot, article, "facebook")

    assert "Cầu mới ở Đắk Lơ & <b>suối</b>" in text
    assert text == unicodedata.normalize("NFC", text)


def test_a_sample_says_so_in_its_first_line(snapshot: dict[str, Any]) -> None:
    assert posts.compose_text(snapshot, snapshot["articles"]["a5"], "zalo").startswith("[MẪU")


@pytest.mark.parametrize("article", ["a5", "a7"])
def test_the_card_is_a_square_jpeg_below_a_megabyte(
    article: str, sample: dict[str, Any], assets: Assets, config: Config
) -> None:
    post = posts.build(sample, article, "zalo", assets, config)

    assert len(post.picture) <= 1_000_000
    with Image.open(io.BytesIO(post.picture)) as card:
        assert (card.format, card.size) == ("JPEG", (1080, 1080))
        assert card.getpixel((1079, 1079)) == (255, 255, 255)


def test_an_article_that_is_not_in_the_issue_is_refused(sample: dict[str, Any], assets: Assets, config: Config) -> None:
    with pytest.raises(Unprintable):
        posts.build(sample, "khong-co", "zalo", assets, config)
