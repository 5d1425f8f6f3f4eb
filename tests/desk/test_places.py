"""There is always room between two places, and the order is the order of the text."""

from hypothesis import given
from hypothesis import strategies as st

from app.desk.places import between, spread


@given(st.lists(st.integers(0, 1_000), max_size=60))
def test_whatever_is_moved_where_the_order_holds(gaps: list[int]) -> None:
    keys: list[str] = []
    for gap in gaps:
        at = gap % (len(keys) + 1)
        made = between(keys[at - 1] if at else "", keys[at] if at < len(keys) else "")
        keys.insert(at, made)
        assert not made.endswith("0")
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_a_hundred_things_put_first_one_after_the_other() -> None:
    first = ""
    for _ in range(100):
        first, before = between("", first), first
        assert not before or first < before


@given(st.integers(0, 200))
def test_places_for_many_are_in_order(count: int) -> None:
    keys = spread(count)
    assert len(keys) == count
    assert keys == sorted(set(keys))


def test_places_stay_short_enough_to_store() -> None:
    assert len(spread(400)[-1]) < 400
