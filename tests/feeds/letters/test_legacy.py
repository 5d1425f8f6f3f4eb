"""Old letter codes and wrong decoding: told where they are, never where they are not, and made right."""

import json
import random
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.clean import plain_letters, plain_text
from feeds.letters.legacy import repair, suspect
from tests.feeds.old_letters import CODES, double

PLACES = ["Đắk Lơ", "Bù Tơm", "Đông Thành", "sóc Rạt", "Sơn Lâm", "Đắk Hòa", "thôn Bù Rên"]
WHO = [
    "Bà con",
    "Đồng bào",
    "Chị Hoài An",
    "Già làng Điểu Vrang",
    "Đội thanh niên",
    "Cô giáo Thị Hạnh",
    "Hội Phụ nữ xã",
    "Anh Bảo Khánh",
]
DOES = [
    "góp sức làm đường vào rẫy",
    "trồng lại rừng đầu nguồn",
    "mở lớp dạy dệt thổ cẩm cho trẻ nhỏ",
    "giữ nếp đánh cồng chiêng",
    "được vay vốn nuôi bò sinh sản",
    "dựng nhà mới trước mùa mưa",
    "khánh thành cầu qua suối",
    "đưa nước sạch về từng nhà",
]
WHEN = ["sáng nay", "trước Tết", "từ đầu tháng Mười một", "sau mùa lũ", "suốt năm qua", "vào cuối tuần này"]


def sentences(count: int) -> Iterator[str]:
    """Invented news in ordinary words."""
    chance = random.Random(11)
    for _ in range(count):
        yield f"{chance.choice(WHO)} ở {chance.choice(PLACES)} {chance.choice(DOES)} {chance.choice(WHEN)}"


@pytest.mark.parametrize("code", CODES)
def test_garbled_text_is_found_and_named(code: str) -> None:
    write, kind = CODES[code]
    told = [suspect(plain_letters(write(text))) for text in sentences(300)]
    assert told.count(kind) >= 0.95 * len(told)
    assert set(told) <= {kind, ""}


@pytest.mark.parametrize("code", CODES)
def test_it_is_made_right_letter_by_letter(code: str) -> None:
    write, kind = CODES[code]
    wrong = [text for text in sentences(300) if repair(write(text), kind).lower() != text.lower()]
    assert not wrong


def test_the_pairs_of_another_program_come_right(material: Path) -> None:
    pairs = json.loads((material / "vn/legacy_encodings/pairs.json").read_text("utf-8"))
    for pair in pairs:
        for kind in ("vni", "tcvn3", "viqr"):
            if kind in pair:
                meant = pair["unicode"].replace("ví dụ", "ví dự") if kind == "viqr" else pair["unicode"]  # their slip
                assert suspect(pair[kind]) == kind, pair
                assert repair(pair[kind], kind) == meant


WELL = [
    "Đồng bào S’tiêng, M’nông và Xtiêng ở Bù Đăng giữ nghề dệt",
    "Cà phê Buôn Mê",
    "Hoà giải ở cơ sở: quê nhà xuân về, khoá học mới, bà Hoà mừng",
    "Xuân quê nhà",
    "HỘI NGHỊ TỔNG KẾT NĂM 2026 CỦA TỈNH",
    "TO GIA LAI MOI",
    "Y Bhiông Niê, H’Hen Niê, Rơ Châm Y Krông, Mlô Duôn Du, Ê Đê, Kơ̆ Ho, Bahnar Kriêm",
    "Vietnam's health ministry: it's what they're saying, isn't it? You're right, I'm sure. We'll see; O'Neil's here.",
    "Google+ and C++ at 10 µm, 5 m², 20°C ± 2; Toyota® and Samsung™ © 2026 §5 ½ kg, naïve café résumé Müller",
    "España gana; Citroën, Noël, Malmø, Saigonnaïs, São Paulo, Curaçao, Åland, Đà Lạt",
    "ព្រះរាជាណាចក្រកម្ពុជា សួស្តី",
    "Xem tại https://bao.example/a.b?c=d^e+f và a.b@bao.example, giá 5.000đ",
    "Что нового? Ωμέγα 你好",
    "dd/MM/yyyy, add, middle, daddy; TV360+ VTVGo+ Disney+",
    "« Bonjour », á»tràng; “Ồ!” … – à “thế”",
    "",
]


@pytest.mark.parametrize("text", WELL)
def test_text_that_is_well_is_left_alone(text: str) -> None:
    assert suspect(text) == ""
    assert suspect(unicodedata.normalize("NFC", text.upper())) == ""


def test_no_story_of_any_outlet_is_suspected(material: Path) -> None:
    texts = list(_real_texts(material))
    assert len(texts) > 11_000
    started = time.process_time()
    assert not [text[:80] for text in texts if suspect(text)]
    assert (time.process_time() - started) / len(texts) < 100e-6


def test_real_stories_written_in_the_old_codes_are_found(material: Path) -> None:
    titles = [text for text in _real_texts(material) if 20 < len(text) < 200]
    chosen = [text for text in random.Random(3).sample(titles, 400) if not text.isascii()]
    for write, kind in CODES.values():
        found = sum(suspect(plain_letters(write(text))) == kind for text in chosen)
        assert found >= 0.97 * len(chosen), kind


def test_an_unknown_kind_and_a_well_text_are_not_touched() -> None:
    assert repair("Đồng bào", "") == "Đồng bào"
    assert repair("Đồng bào", "rot13") == "Đồng bào"
    for kind in ("double", "vni", "viqr"):
        assert repair("Đồng bào ở “Đắk Lơ” – vui", kind) == "Đồng bào ở “Đắk Lơ” – vui"


@pytest.mark.parametrize("kind", ["double", "tcvn3", "vni", "viqr"])
def test_a_source_that_mends_itself_is_not_garbled_by_us(kind: str) -> None:
    for text in WELL[:-2]:
        assert repair(text, kind) == unicodedata.normalize("NFC", text)
    assert repair("ĐÃ QUA RỒI, ĐÃ VỀ", kind) == "ĐÃ QUA RỒI, ĐÃ VỀ"


def test_letters_that_cleaning_dropped_are_put_back_where_one_word_fits() -> None:
    assert repair(plain_letters(CODES["tcvn3"][0]("Đường về Mường Khương")), "tcvn3").lower() == "đường về mường khương"
    assert repair(plain_letters(double("Nền kinh tế của đồng bào")), "double") == "Nền kinh tế của đồng bào"


def test_in_viqr_addresses_and_english_words_stay() -> None:
    text = "Xem tha^'y ta.i https://bao.example/don't?x=a.b cu?a ba'o ddie^.n tu+?, we're sure."
    assert repair(text, "viqr") == "Xem thấy tại https://bao.example/don't?x=a.b của báo điện tử, we're sure."


def test_the_child_repairs_before_it_cleans() -> None:
    assert plain_text(f"<p>{double('Đồng bào &amp; bà con')}</p>", "double") == "Đồng bào & bà con"


@pytest.mark.parametrize("piece", ["á»", "Ã", "Ä", "a^'", "aø", "µ ", "Ã\u00a0", "dd", "¸"])
def test_a_hundred_thousand_of_one_sign_take_no_time(piece: str) -> None:
    started = time.process_time()
    text = piece * (100_000 // len(piece))
    suspect(text)
    for kind in ("double", "tcvn3", "vni", "viqr"):
        repair(text, kind)
    assert time.process_time() - started < 3


def _real_texts(material: Path) -> Iterator[str]:
    for file in sorted((material / "vn/feed_items").glob("*.json")):
        for item in json.loads(file.read_text("utf-8"))["items"]:
            yield plain_text(item["title"])
            yield plain_text(item["title"] + " " + item["summary"])
    for file in sorted((material / "vn/articles").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield from (value for value in json.loads(line).values() if isinstance(value, str) and len(value) > 5)
