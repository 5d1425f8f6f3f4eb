"""The order of the list explains itself."""

from datetime import UTC, datetime

import pytest

from app.desk.cadence import VIETNAM
from app.desk.rank import PACE, Ranker, aged, score, seen_day
from app.models.story import Story

TOPICS = [
    {"label": "S’tiêng", "weight": 4, "words": ["S’tiêng", "Xtiêng"]},
    {"label": "y tế", "weight": 2, "words": ["tiêm chủng", "trạm y tế"]},
    {"label": "quảng cáo", "weight": -5, "words": ["khuyến mãi"]},
]


def test_a_topic_counts_once_and_says_so() -> None:
    points, reasons = score("Tiêm chủng ở trạm y tế", "Đồng bào Xtiêng, đồng bào S'tiêng đi tiêm chủng", TOPICS)
    assert points == 6
    assert reasons == [{"label": "S’tiêng", "points": 4}, {"label": "y tế", "points": 2}]


def test_the_word_that_counted_is_named() -> None:
    assert Ranker(TOPICS).words_in("Trạm y tế mới", "Đồng bào Xêtiêng đi khám") == {
        "y tế": "trạm y tế",
        "S’tiêng": "stiêng",
    }


def test_whole_words_count_and_a_word_with_marks_must_have_them() -> None:
    assert score("khuyến mãi lớn", "", TOPICS) == (-5, [{"label": "quảng cáo", "points": -5}])
    assert score("tiêm chủngg", "", TOPICS) == (0, [])
    tay = [{"label": "Tày", "weight": 4, "words": ["Tày"]}, {"label": "vùng sâu", "weight": 1, "words": ["vung sau"]}]
    assert score("Rửa tay trước khi ăn", "", tay)[0] == 0
    assert score("Đồng bào TÀY ở vùng sâu", "", tay)[0] == 5


def test_a_name_with_a_capital_is_no_plain_word_with_marks() -> None:
    gia_lai = [{"label": "lân cận", "weight": 1, "words": ["Gia Lai"]}]
    assert score("Định giá lại đất", "Cần xét giả lai", gia_lai)[0] == 0
    assert score("Mưa lớn ở GIA LAI", "", gia_lai)[0] == 1


def test_a_phrase_after_the_minus_takes_its_word_away_but_not_elsewhere() -> None:
    here = [{"label": "trong tỉnh", "weight": 3, "words": ["Tân Phú", "−quận Tân Phú"]}]
    assert score("Kẹt xe ở quận Tân Phú", "", here)[0] == 0
    assert score("Kẹt xe ở quận Tân Phú, xã Tân Phú thì không", "", here)[0] == 3


def test_a_topic_that_is_off_gives_nothing() -> None:
    assert score("Tiêm chủng", "", [{**TOPICS[1], "off": True}]) == (0, [])


def test_a_word_does_not_run_from_the_title_into_the_summary() -> None:
    assert score("Mũi tiêm", "Chủng mới", TOPICS)[0] == 0
    assert score("", "", []) == (0, [])


@pytest.mark.parametrize("words", [["−"], [" "], []])
def test_words_that_say_nothing_find_nothing(words: list[str]) -> None:
    assert score("Một tin", "", [{"label": "trống", "weight": 3, "words": words}]) == (0, [])


def test_a_story_loses_a_point_every_three_days() -> None:
    seen = seen_day(datetime(2026, 11, 20, 23, 30, tzinfo=VIETNAM))
    told = [aged(seen, now=datetime(2026, 11, day, 8, 0, tzinfo=VIETNAM)) for day in (19, 20, 22, 23, 26)]
    assert told == [(0, 0), (0, 0), (2, 0), (3, 1), (6, 2)]


def test_the_day_is_that_of_viet_nam() -> None:
    assert seen_day(datetime(2000, 1, 1, 16, 59, tzinfo=UTC)) == 0
    assert seen_day(datetime(2000, 1, 1, 17, 0, tzinfo=UTC)) == 1


def test_the_database_reckons_with_the_same_pace() -> None:
    computed = Story.__table__.c["standing"].computed
    assert computed is not None
    assert str(computed.sqltext) == f"{PACE} * score + seen_day"
