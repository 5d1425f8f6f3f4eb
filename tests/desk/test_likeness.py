"""The likeness of texts: the same words in another order are alike, a word that everybody uses tells nothing."""

from app.desk.folding import fold
from app.desk.likeness import Likeness

BRIDGE = "Khánh thành cầu treo qua suối Đắk Lơ ở xã Bù Gia Mập, bà con hết cảnh lội suối"
BRIDGE_AGAIN = "Bà con xã Bù Gia Mập hết cảnh lội suối nhờ cầu treo qua suối Đắk Lơ mới khánh thành"
PEPPER = "Giá hồ tiêu tăng nhẹ trong tuần, thương lái chờ vụ mới"
OTHERS = [f"Tin số {n} của thôn {n * 7} về việc làng việc nước ngày {n}" for n in range(60)]


def filled(*texts: str) -> Likeness:
    likeness = Likeness()
    for text in texts:
        likeness.add(likeness.features(fold(text)))
    return likeness


def near(likeness: Likeness, text: str, *, least: float = 0.25) -> list[int]:
    return [number for number, _ in likeness.nearest(likeness.features(fold(text)), least=least)]


def test_a_text_is_wholly_like_itself() -> None:
    likeness = filled(*OTHERS, BRIDGE)
    number, alike = likeness.nearest(likeness.features(fold(BRIDGE)), least=0.9)[0]
    assert number == len(OTHERS)
    assert alike > 0.99


def test_the_same_told_again_is_found_and_something_else_is_not() -> None:
    likeness = filled(PEPPER, BRIDGE, *OTHERS)
    assert near(likeness, BRIDGE_AGAIN) == [1]
    assert near(likeness, "Lớp xóa mù chữ buổi tối khai giảng") == []


def test_words_that_many_texts_share_bring_nothing_near() -> None:
    likeness = filled(*(f"Thủ tướng Chính phủ tiếp đoàn {n}{n} sang thăm" for n in range(80)))
    assert near(likeness, "Thủ tướng Chính phủ thăm bà con vùng lũ", least=0.45) == []


def test_an_empty_text_is_like_nothing() -> None:
    assert near(filled(BRIDGE), "") == []
    assert near(filled(), BRIDGE) == []
    assert near(filled(""), BRIDGE) == []


def test_the_oldest_are_let_go_and_the_rest_are_numbered_anew() -> None:
    likeness = filled(*OTHERS, PEPPER, BRIDGE)
    likeness.forget_first(len(OTHERS))
    assert len(likeness) == 2
    assert near(likeness, BRIDGE_AGAIN) == [1]
    assert near(likeness, OTHERS[3]) == []


def test_the_same_texts_give_the_same_answer_in_every_process() -> None:
    one, other = filled(*OTHERS, BRIDGE), filled(*OTHERS, BRIDGE)
    assert one.nearest(one.features(fold(BRIDGE_AGAIN)), least=0.1) == other.nearest(
        other.features(fold(BRIDGE_AGAIN)), least=0.1
    )
