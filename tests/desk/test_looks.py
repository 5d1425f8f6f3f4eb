"""The look of a picture: the same for the same picture however it was treated, far apart for others."""

import random

from app.desk.looks import NEAR, SIDE, distance, look_of, nearest

GREYS = [(x * 7 + y * y + (90 if x > 12 else 0)) % 256 for y in range(SIDE) for x in range(SIDE)]


def test_the_same_picture_has_the_same_look_and_a_lighter_one_nearly() -> None:
    lighter = [min(255, grey + 20) for grey in GREYS]
    assert look_of(GREYS) == look_of(list(GREYS))
    assert distance(look_of(GREYS), look_of(lighter)) <= NEAR


def test_the_negative_of_a_picture_looks_wholly_different() -> None:
    assert distance(look_of(GREYS), look_of([255 - grey for grey in GREYS])) > 50


def test_a_flat_picture_has_no_look() -> None:
    assert look_of([200] * SIDE * SIDE) == ""
    assert look_of([200, 203] * (SIDE * SIDE // 2)) == ""


def test_the_nearest_is_found_and_a_stranger_is_not() -> None:
    chance = random.Random(7)
    known = [chance.getrandbits(63) for _ in range(500)]
    assert nearest(f"{known[123] ^ 0b1011:016x}", known) == (123, 3)
    assert nearest(f"{chance.getrandbits(63):016x}", known) is None


def test_of_two_equal_ones_the_first_is_named() -> None:
    assert nearest("00000000000000ff", [1 << 40, 0xFE, 0xFE]) == (1, 1)
