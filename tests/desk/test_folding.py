"""Search finds a word however it is typed."""

import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.folding import fold, fold_and_plain, is_marked, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đồng bào", "dong bao"),
        ("ĐƯỜNG ĐIỆN", "duong dien"),
        ("S’tiêng", "stieng"),
        ("S'tiêng", "stieng"),
        ("Stiêng", "stieng"),
        ("Xtiêng", "stieng"),
        ("Xê tiêng", "xe tieng"),
        ("M’nông", "mnong"),
        ("Mnông", "mnong"),
        ("M nông", "mnong"),
        ("ƀăn ƀon", "ban bon"),
        ("  Sóc   Bom Bo!  ", "soc bom bo"),
        ("", ""),
    ],
)
def test_words_without_their_marks(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Đồng bào M’Nông, M nông", "đồng bào mnông mnông"),
        ("Xtiêng, S’tiêng", "stiêng stiêng"),
        ("Bà con làm nông nghiệp ở xóm nông thôn", "bà con làm nông nghiệp ở xóm nông thôn"),
        ("TÀY", "tày"),
    ],
)
def test_words_with_their_marks(text: str, kept: str) -> None:
    assert plain(text) == kept
    assert plain(unicodedata.normalize("NFD", text)) == kept


VIETNAMESE = "aăâeêioôơuưyđƀ"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def spelled_out(text: str) -> str:
    """Folding as slowly as it can be said: the measure of the fast table."""
    bare = re.sub("[’'ʼ‘]", "", text).translate(str.maketrans("đĐƀɃ", "ddbb"))
    bare = "".join(c for c in unicodedata.normalize("NFD", bare) if unicodedata.category(c) != "Mn").lower()
    return re.sub(r"\bm nong\b", "mnong", re.sub(r"\b(xe|x|s)tieng\b", "stieng", " ".join(re.findall(r"\w+", bare))))


@pytest.mark.parametrize("letter", VIETNAMESE + VIETNAMESE.upper())
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_loses_every_mark(letter: str, form: Literal["NFC", "NFD"]) -> None:
    base = {"đ": "d", "ƀ": "b"}.get(letter.lower()) or unicodedata.normalize("NFD", letter.lower())[0]
    for tone in TONES:
        text = unicodedata.normalize(form, f"b{letter}{tone}n b{letter}{tone}")
        assert fold(text) == f"b{base}n b{base}" == spelled_out(text)
        assert plain(text) == plain(unicodedata.normalize("NFC", text))


def test_the_table_folds_each_letter_of_the_world_as_the_slow_way_does() -> None:
    codes = [*range(0xD800), *range(0xE000, 0x20000, 7)]
    text = "".join(f"x{chr(code)}y\n" for code in codes)
    assert fold(text) == spelled_out(text)


@given(st.text(max_size=120))
def test_the_table_folds_any_text_as_the_slow_way_does(text: str) -> None:
    assert fold(text) == spelled_out(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("Khỏe", "khoẻ"), ("thủy", "thuỷ"), ("tỏa", "toả"), ("Hòa Bình", "Hoà Bình"), ("lúy", "luý")],
)
def test_a_tone_may_stand_on_either_vowel(one: str, other: str) -> None:
    assert plain(one) == plain(other) != fold(one)
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "hoàn", "hoài", "thuý kiều", "xoáy", "khuỷu", "toàn", "loét"])
def test_other_tones_stay_where_they_are(word: str) -> None:
    assert plain(word) == word.replace("thuý", "thúy")


def test_a_long_text_is_folded_like_a_short_one() -> None:
    assert fold("Xtiêng, M nông. " * 100) == " ".join(["stieng mnong"] * 100)
    assert plain("Xtiêng, M nông. " * 100) == " ".join(["stiêng mnông"] * 100)


@given(st.text(max_size=120))
def test_both_at_once_are_the_two(text: str) -> None:
    assert fold_and_plain(text) == (fold(text), plain(text))


@pytest.mark.parametrize(
    ("text", "marked"),
    [("Bù Đăng", True), ("bu dang", False), ("m nong", False), ("S'tieng", False), ("Xtieng", False), ("đi", True)],
)
def test_it_is_known_whether_marks_were_typed(text: str, marked: bool) -> None:
    assert is_marked(text) == marked
