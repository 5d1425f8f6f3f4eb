"""Picks teach words: the same picks the same words, few picks little, none before there are enough."""

from app.desk.rank import LEARNED_MOST, Ranker
from app.desk.taste import MOST, Lesson, Pick, learn


def picks(kept: int = 30, passed: int = 200) -> list[Pick]:
    told = [Pick(f"Cồng chiêng ở sóc {n}", "Bà con giữ nghề dệt.", kept=True) for n in range(kept)]
    return told + [Pick(f"Cổ phiếu phiên {n}", "Thị trường biến động mạnh.", kept=False) for n in range(passed)]


def by_word(lessons: list[Lesson]) -> dict[str, Lesson]:
    return {lesson.word: lesson for lesson in lessons}


def test_words_of_kept_stories_give_points_and_those_passed_over_take_them() -> None:
    learned = by_word(learn(picks()))
    assert learned["cồng chiêng"].points > 0
    assert learned["cổ phiếu"].points < 0
    assert (learned["cồng chiêng"].kept, learned["cồng chiêng"].passed) == (30, 0)
    assert all(abs(lesson.points) <= MOST for lesson in learned.values())


def test_nothing_is_learned_from_a_few_picks() -> None:
    assert learn(picks(kept=9)) == []
    assert learn(picks(passed=9)) == []
    assert learn([]) == []


def test_a_word_that_both_have_teaches_nothing() -> None:
    both = [Pick("Tin mới ở thôn", "", kept=n % 4 == 0) for n in range(200)]
    assert learn(both) == []


def test_a_rare_word_is_believed_less_than_a_frequent_one() -> None:
    few = [Pick("Đàn đá ngân vang", "", kept=True) for _ in range(4)]
    learned = by_word(learn(picks() + few))
    assert 0 < learned.get("đàn đá", Lesson("", 0, 0, 0.1)).points < learned["cồng chiêng"].points


def test_the_same_picks_in_another_order_teach_the_same() -> None:
    there = picks()
    assert learn(there) == learn(list(reversed(there))) == learn(there)


def test_learned_points_are_few_named_and_said_apart_from_the_topics() -> None:
    lessons = [(lesson.word, lesson.points) for lesson in learn(picks())]
    topic = {"label": "văn hóa", "weight": 2, "words": ["cồng chiêng"]}
    points, reasons = Ranker([topic], lessons)("Cồng chiêng ở sóc Bom Bo", "Bà con giữ nghề dệt.")
    learned = [reason for reason in reasons if reason.get("learned")]
    assert points == 2 + sum(reason["points"] for reason in learned)
    assert 0 < sum(reason["points"] for reason in learned) <= LEARNED_MOST
    assert reasons[0] == {"label": "văn hóa", "points": 2}


def test_what_is_disliked_takes_at_most_as_much() -> None:
    lessons = [(f"từ{n} xấu{n}", -1.0) for n in range(6)]
    words = " ".join(word for word, _ in lessons)
    points, reasons = Ranker([], lessons)(words, "")
    assert points == -LEARNED_MOST
    assert all(reason["points"] < 0 for reason in reasons)
