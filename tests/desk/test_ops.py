"""Operations may come in any order and any number of times: the same values stand."""

import unicodedata
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk import ops
from app.desk.content import FIELDS
from app.desk.ops import LONGEST, NOUNS, Operation
from app.models.errors import Refused


def op(op_id: str, value: str = "", *, seen: tuple[str, ...] = (), seq: int = 0, person: str = "Hoài An") -> Operation:
    return Operation(
        op_id=op_id,
        office="ban-dan-toc",
        person=person,
        seq=seq or ord(op_id[0]),
        noun="article",
        key="bai-1",
        lang="vi",
        field="headline",
        value=value or op_id,
        seen=seen,
    )


def standing(*operations: Operation) -> list[str]:
    return [head.op_id for head in ops.heads(operations)]


@st.composite
def histories(draw: st.DrawFn) -> list[Operation]:
    """A history in which each change has seen any of the earlier ones, or one that never arrives."""
    made: list[Operation] = []
    for number in range(draw(st.integers(1, 7))):
        earlier = [*(o.op_id for o in made), "lost"]
        seen = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3))
        made.append(op(chr(ord("a") + number), draw(st.sampled_from(["x", "y"])), seen=tuple(seen)))
    return made


@given(histories(), st.randoms())
def test_any_order_leaves_the_same_heads(history: list[Operation], random: st.DataObject) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ops.heads(shuffled) == ops.heads(history)
    assert ops.value(ops.heads(shuffled)) == ops.value(ops.heads(history))


@given(histories())
def test_what_comes_twice_counts_once(history: list[Operation]) -> None:
    assert ops.heads([*history, *history]) == ops.heads(history)


@given(histories())
def test_a_head_is_seen_by_no_other_and_has_all_it_has_seen(history: list[Operation]) -> None:
    heads = ops.heads(history)
    known = {o.op_id for o in history}
    for head in heads:
        assert not ops.missing(head, known)
        assert not any(head.op_id in other.seen for other in heads)


def test_all_orders_of_a_clash_that_was_settled() -> None:
    history = [op("a"), op("b", seen=("a",)), op("c", seen=("a",)), op("d", seen=("b", "c"))]
    assert {tuple(standing(*order)) for order in permutations(history)} == {("d",)}


def test_two_who_did_not_know_of_each_other_clash() -> None:
    heads = ops.heads([op("a"), op("b", "Chị An viết", seen=("a",)), op("c", "Anh Khánh viết", seen=("a",))])
    assert [head.op_id for head in heads] == ["b", "c"]
    assert ops.is_clash(heads)
    assert ops.value(heads) == "Anh Khánh viết"


def test_two_who_wrote_the_same_do_not_clash() -> None:
    assert not ops.is_clash(ops.heads([op("a", "như nhau"), op("b", "như nhau")]))


def test_one_who_has_seen_both_settles_the_clash() -> None:
    assert standing(op("a"), op("b"), op("c", seen=("a", "b"))) == ["c"]


def test_one_who_has_seen_only_one_side_leaves_the_other_standing() -> None:
    assert standing(op("a"), op("b"), op("c", seen=("a",))) == ["b", "c"]


def test_a_change_waits_for_what_its_writer_had_seen() -> None:
    late = op("b", seen=("a",))
    assert standing(late) == []
    assert standing(op("c", seen=("b",)), late) == []
    assert standing(late, op("a")) == ["b"]
    assert ops.missing(late, ["x"]) == {"a"}


def test_a_change_that_waits_takes_nothing_away() -> None:
    assert standing(op("a"), op("b", seen=("a", "lost"))) == ["a"]


def test_a_change_that_claims_to_have_seen_itself_waits_for_ever() -> None:
    assert standing(op("a"), op("b", seen=("b", "a"))) == ["a"]


def test_a_field_nobody_wrote_is_empty() -> None:
    assert ops.value(ops.heads([])) == ""
    assert not ops.is_clash(())


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_an_article_can_be_written(field: str) -> None:
    ops.check(replace(op("a", "Chữ"), field=field))


@pytest.mark.parametrize(
    ("noun", "field"),
    [("article", "stage"), ("article", "content_hash"), ("person", "role"), ("paragraph", "headline")],
)
def test_unknown_fields_are_refused(noun: str, field: str) -> None:
    with pytest.raises(Refused):
        ops.check(replace(op("a"), noun=noun, field=field, key="bai-1/p" if noun == "paragraph" else "bai-1"))


@pytest.mark.parametrize("noun", NOUNS)
def test_the_key_of_a_part_names_its_whole(noun: str) -> None:
    part = noun in ops.PARTS
    field = next(f for f in NOUNS[noun] if (noun, f) not in ops.FORMS)
    ops.check(replace(op("a"), noun=noun, field=field, key="goc/p" if part else "goc"))
    with pytest.raises(Refused):
        ops.check(replace(op("a"), noun=noun, field=field, key="goc" if part else "goc/p"))


@pytest.mark.parametrize(
    ("noun", "field", "good", "bad"),
    [
        ("paragraph", "kind", "subhead", "script"),
        ("paragraph", "place", "i", "../x"),
        ("paragraph", "removed", "1", "true"),
        ("figure", "width", "1200", "rộng"),
        ("figure", "height", "", "-3"),
        ("figure", "focus_x", "50", "١٢"),
        ("figure", "asset", "a" * 64, "../../etc/passwd"),
        ("slot", "place", "z", "Z"),
        ("issue", "print_run", "1200", "một nghìn"),
    ],
)
def test_a_value_that_could_never_be_shown_again_is_refused(noun: str, field: str, good: str, bad: str) -> None:
    key = "goc/p" if noun in ops.PARTS else "goc"
    ops.check(replace(op("a"), noun=noun, field=field, key=key, value=good))
    with pytest.raises(Refused):
        ops.check(replace(op("a"), noun=noun, field=field, key=key, value=bad))


def test_a_text_of_more_than_two_hundred_thousand_letters_is_refused() -> None:
    ops.check(op("a", "đ" * LONGEST))
    with pytest.raises(Refused, match="too long"):
        ops.check(op("a", "đ" * (LONGEST + 1)))


@given(st.text())
def test_stored_text_is_nfc_and_without_control_characters(text: str) -> None:
    kept = ops.clean(text)
    assert kept == unicodedata.normalize("NFC", kept)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in kept)
    assert ops.clean(kept) == kept


def test_letters_typed_in_parts_become_one() -> None:
    assert ops.clean(unicodedata.normalize("NFD", "đồng bào\r\nM’nông\x00\x1b ")) == "đồng bào\nM’nông"
