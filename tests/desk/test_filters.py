"""What a rule is about and what rules do one after the other."""

from dataclasses import replace
from typing import Any

import pytest

from app.desk.filters import Actions, Conditions, Facts, Filter, act, apply, matches
from app.models.story import Triage

STORY = Facts(
    title="Già làng người Tày giữ nghề dệt",
    summary="Ông Hoàng Văn Páo ở xã Đăk Nhau dạy cháu dệt. Bà con S’tiêng sang học.",
    outlet_id="sao-mai",
    source_id="sao-mai-1",
    score=4,
)


def rule(number: int, actions: Actions, **conditions: Any) -> Filter:
    return Filter(f"r{number}", Conditions(**(conditions or {"any_words": ("dệt",)})), actions)


@pytest.mark.parametrize(
    "conditions",
    [
        {"any_words": ("bóng đá", "nghề dệt")},
        {"any_words": ("nghe det",)},
        {"any_words": ("Xtiêng",)},
        {"all_words": ("già làng", "Đăk Nhau")},
        {"any_words": ("Tày",), "title_only": True},
        {"any_words": ("dệt",), "no_words": ("bóng",), "least": 4, "most": 4},
        {"outlets": ("khác", "sao-mai")},
        {"sources": ("sao-mai-1",)},
        {"least": 0},
        {"only_one_outlet": True},
    ],
)
def test_a_story_that_fits(conditions: dict[str, Any]) -> None:
    assert matches(Conditions(**conditions), STORY)
    assert matches(Conditions.of(Conditions(**conditions).as_kept()), STORY)


@pytest.mark.parametrize(
    "conditions",
    [
        {"any_words": ("bóng đá",)},
        {"any_words": ("tày nghề",)},
        {"any_words": ("Tây",)},
        {"any_words": ("giữ nghề dệt ông",)},
        {"all_words": ("già làng", "bóng")},
        {"any_words": ("Đăk Nhau",), "title_only": True},
        {"any_words": ("dệt",), "no_words": ("S'tiêng",)},
        {"outlets": ("khác",)},
        {"sources": ("khác-1",)},
        {"least": 5},
        {"most": 3},
    ],
)
def test_a_story_that_does_not(conditions: dict[str, Any]) -> None:
    assert not matches(Conditions(**conditions), STORY)


def test_a_story_that_two_outlets_tell_is_not_alone() -> None:
    assert not matches(Conditions(only_one_outlet=True), replace(STORY, outlets_telling=2))


def test_a_word_with_marks_must_have_them_and_one_without_need_not() -> None:
    hand = replace(STORY, title="Bàn tay thợ dệt", summary="")
    assert not matches(Conditions(any_words=("Tày",)), hand)
    assert matches(Conditions(any_words=("tay",)), hand)
    assert matches(Conditions(any_words=("tay",)), STORY)
    assert matches(Conditions(any_words=("Hoà Bình",)), replace(STORY, title="Tỉnh Hòa Bình"))


def test_the_actions_and_what_was_before() -> None:
    actions = Actions(star=True, tag="Nghề", person="an")
    after, changes = apply([rule(1, actions)], STORY)
    assert (after.starred, after.tags, after.person) == (True, frozenset({"Nghề"}), "an")
    assert [change.before for change in changes] == [{"starred": [False, True], "person": ["", "an"], "tags": ["Nghề"]}]
    assert apply([rule(1, actions)], after) == (after, [])


def test_a_later_rule_sees_what_the_earlier_left() -> None:
    drop, star = rule(1, Actions(drop=True)), rule(2, Actions(star=True))
    after, changes = apply([drop, star], STORY)
    assert (after.triage, after.starred, [c.rule for c in changes]) == (Triage.DROPPED, False, ["r1"])
    after, changes = apply([star, drop], STORY)
    assert (after.triage, after.starred, [c.rule for c in changes]) == (Triage.NEW, True, ["r2"])


def test_a_rule_that_tags_and_drops_still_tags_a_story_with_a_star() -> None:
    after = act(Actions(drop=True, tag="Thể thao"), replace(STORY, starred=True))
    assert (after.triage, after.tags) == (Triage.NEW, frozenset({"Thể thao"}))


@pytest.mark.parametrize("decided", [{"triage": Triage.KEPT}, {"triage": Triage.DROPPED}, {"is_used": True}])
def test_what_is_decided_is_left_alone(decided: dict[str, Any]) -> None:
    facts = replace(STORY, **decided)
    assert apply([rule(1, Actions(drop=True, tag="x"))], facts) == (facts, [])


def test_a_story_put_off_is_tagged_and_never_dropped_and_whoever_has_it_keeps_it() -> None:
    facts = replace(STORY, triage=Triage.LATER, person="khanh")
    after, [change] = apply([rule(1, Actions(drop=True, tag="x", person="an"))], facts)
    assert (after.triage, after.person, change.before) == (Triage.LATER, "khanh", {"tags": ["x"]})


def test_a_kept_rule_of_a_later_version_is_still_read() -> None:
    assert Conditions.of({"any_words": ["a"], "moon": "full"}) == Conditions(any_words=("a",))
    assert Conditions(least=0).as_kept() == {"least": 0}
    assert Actions.of({}) == Actions()
