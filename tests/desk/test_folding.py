"""Search finds a word however it is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.folding import fold


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
