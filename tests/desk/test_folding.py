"""Search finds a word however it is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.folding import fold, plain


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
