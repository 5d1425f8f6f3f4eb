"""The word lists that ship: every spelling is found, and no false friend is."""

import pytest

from app.desk.rank import Ranker
from app.store import office

LOCAL = ("binh-phuoc-2022", "dong-nai-2025")
PEOPLES = ("S’tiêng", "M’nông", "Khmer", "Mạ, Chơ Ro", "các dân tộc anh em")


def found(preset: str, text: str) -> set[str]:
    return set(Ranker(office.presets()[preset]["topics"]).words_in(text, ""))


def points(preset: str, text: str) -> int:
    return Ranker(office.presets()[preset]["topics"])(text, "")[0]


@pytest.mark.parametrize("preset", office.presets())
def test_every_topic_is_whole_and_named_once(preset: str) -> None:
    topics = office.presets()[preset]["topics"]
    labels = [topic["label"] for topic in topics]
    assert len(labels) == len(set(labels))
    for topic in topics:
        assert -9 <= topic["weight"] <= 9
        assert topic["weight"]
        assert len(topic["words"]) == len(set(topic["words"]))
        assert all(word == word.strip() and word for word in topic["words"])


@pytest.mark.parametrize("preset", office.presets())
@pytest.mark.parametrize(
    ("text", "label"),
    [
        *(
            (f"Đồng bào {name} vào mùa", "S’tiêng")
            for name in ("S'tiêng", "S’Tiêng", "Stiêng", "Xtiêng", "Xêtiêng", "X’tiêng")
        ),
        *((f"Bà con {name} giữ rừng", "M’nông") for name in ("M'nông", "M’Nông", "Mnông")),
        *((f"Bà con {name} đón lễ", "Khmer") for name in ("Khmer", "Khơ-me", "Khơ Me", "Khơme")),
        ("Người Mạ và người Chơ Ro bên suối", "Mạ, Chơ Ro"),
        ("Bà con Tày, Nùng hát then", "các dân tộc anh em"),
        ("Đồng bào Chăm dệt vải", "các dân tộc anh em"),
        ("Đồng bào H’Mông, dân tộc Dao trồng chè", "các dân tộc anh em"),
        ("Giải ngân Chương trình 1719", "chính sách dân tộc"),
        ("Xã đạt chuẩn nông thôn mới nâng cao", "giảm nghèo, nông thôn mới"),
        ("Ngân hàng Chính sách xã hội cho vay", "vay vốn chính sách"),
        ("Bà con hiến đất làm đường", "người tốt, việc tốt"),
        ("Cảnh báo lừa đảo qua mạng", "điều bà con cần biết"),
    ],
)
def test_what_the_desk_looks_for_is_found_however_it_is_spelled(preset: str, text: str, label: str) -> None:
    assert label in found(preset, text)


@pytest.mark.parametrize("preset", office.presets())
@pytest.mark.parametrize(
    "text",
    [
        "Chăm sóc con dao sắc, chăm chỉ học hành",
        "Thái độ phục vụ; tuyển thủ Thái Lan; hình thái",
        "Hoa nở bên đường, hoa hồng, Hoa Kỳ, người Hoa Kỳ",
        "Gieo mạ, mạ vàng, má và mả",
        "Tội ác tày trời, rửa tay, cái mông, Mông Cổ",
        "Gương mặt lạ, mương nước, mường tượng",
        "Khó khăn, kho thóc, không",
        "Khmer Đỏ bị xét xử",
    ],
)
def test_no_false_friend_is_taken_for_a_people(preset: str, text: str) -> None:
    assert not found(preset, text) & set(PEOPLES)


@pytest.mark.parametrize("preset", LOCAL)
def test_places_are_found_and_words_like_them_are_not(preset: str) -> None:
    for here in ("Bù Đăng", "xã Đăk Ơ", "Đak Ơ", "Bù Gia Mập", "Lộc Ninh", "sóc Bom Bo"):
        assert "trong tỉnh" in found(preset, f"Chuyện ở {here}")
    for there in (
        "Các bên thống nhất ý kiến",
        "tình hữu nghị vĩnh cửu",
        "trật tự trị an",
        "Kẹt xe ở quận Tân Phú",
        "Thôn Nam, xã Xuân Lộc (Hà Tĩnh)",
    ):
        assert "trong tỉnh" not in found(preset, there)


@pytest.mark.parametrize(
    "text",
    [
        "Khởi tố nhóm cá độ bóng đá",
        "Tai nạn giao thông, hai người tử vong",
        "Hoa hậu khoe biệt thự",
        "Cổ phiếu tăng trần",
    ],
)
@pytest.mark.parametrize("preset", LOCAL)
def test_what_does_not_fit_the_bulletin_sinks(preset: str, text: str) -> None:
    assert points(preset, text) <= -3


@pytest.mark.parametrize(
    "text", ["Mưa lũ, sạt lở ở vùng cao", "Tiêm chủng miễn phí tại trạm y tế", "Cảnh báo lừa đảo bà con"]
)
@pytest.mark.parametrize("preset", LOCAL)
def test_what_villagers_must_know_rises_though_it_is_no_good_news(preset: str, text: str) -> None:
    assert points(preset, text) >= 2
