"""The same event at several outlets finds together, whichever came first."""

from feeds.grouping import Grouper

CAU = "Khánh thành cầu suối Đắk Lơ ở xã Đắk Hòa"


def test_a_story_that_stands_alone_has_no_cluster() -> None:
    grouper = Grouper([])
    assert grouper("1", CAU) is None
    assert grouper("2", "Giá hồ tiêu tăng nhẹ trong tuần") is None
    assert grouper.take_ties() == []


def test_a_second_story_of_the_event_founds_the_cluster_and_a_third_joins() -> None:
    grouper = Grouper([("cu", CAU, None)])
    assert grouper("moi", "Cầu suối Đắk Lơ ở xã Đắk Hòa khánh thành") == "cu"
    assert grouper.take_ties() == [("cu", "cu")]
    assert grouper.take_ties() == []
    assert grouper("ba", CAU) == "cu"
    assert grouper.take_ties() == []


def test_a_cluster_that_is_known_is_joined() -> None:
    assert Grouper([("cu", CAU, "nhom")])("moi", CAU) == "nhom"
