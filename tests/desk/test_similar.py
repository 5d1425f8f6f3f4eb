"""Two outlets that tell the same event are found; two events are kept apart."""

from datetime import timedelta

from app.desk.similar import find_same, is_same_event
from tests.people import NOW

TITLE = "Khánh thành cầu treo ở xã Bù Gia Mập"


def test_half_of_the_words_in_common_tell_one_event() -> None:
    assert is_same_event(TITLE, "Xã Bù Gia Mập khánh thành cầu treo mới")
    assert not is_same_event(TITLE, "Giá hồ tiêu tăng trở lại")
    assert not is_same_event("", "")


def test_what_lies_more_than_two_days_apart_is_another_event() -> None:
    near, far = NOW - timedelta(days=2), NOW - timedelta(days=2, seconds=1)
    assert find_same(TITLE, NOW, [("cu", TITLE, far)]) is None
    assert find_same(TITLE, NOW, [("cu", TITLE, far), ("gan", TITLE, near)]) == "gan"
    assert find_same(TITLE, NOW, []) is None
