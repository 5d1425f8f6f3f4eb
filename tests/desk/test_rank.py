"""The order of the list explains itself."""

from app.desk.rank import score

TOPICS = [
    {"label": "S’tiêng", "weight": 4, "words": ["S’tiêng", "Xtiêng"]},
    {"label": "y tế", "weight": 2, "words": ["tiêm chủng", "trạm y tế"]},
    {"label": "quảng cáo", "weight": -5, "words": ["khuyến mãi"]},
]


def test_a_topic_counts_once_and_says_so() -> None:
    points, reasons = score("Tiêm chủng ở trạm y tế", "Đồng bào Xtiêng, đồng bào S'tiêng đi tiêm chủng", TOPICS)
    assert points == 6
    assert reasons == [{"label": "S’tiêng", "points": 4}, {"label": "y tế", "points": 2}]


def test_whole_words_count_and_a_word_with_marks_must_have_them() -> None:
    assert score("khuyến mãi lớn", "", TOPICS) == (-5, [{"label": "quảng cáo", "points": -5}])
    assert score("tiêm chủngg", "", TOPICS) == (0, [])
    tay = [{"label": "Tày", "weight": 4, "words": ["Tày"]}, {"label": "vùng sâu", "weight": 1, "words": ["vung sau"]}]
    assert score("Rửa tay trước khi ăn", "", tay)[0] == 0
    assert score("Đồng bào TÀY ở vùng sâu", "", tay)[0] == 5


def test_a_word_does_not_run_from_the_title_into_the_summary() -> None:
    assert score("Mũi tiêm", "Chủng mới", TOPICS)[0] in (0, 2)  # a hint, never a proof
    assert score("", "", []) == (0, [])
