"""What can be a Vietnamese syllable, and what cannot."""

import pytest

from app.desk.syllables import is_syllable

WORDS = "nghiêng Đồng quyết giếng gì khuỷu thuở oanh ương yêu y ạ hoà hòa thuỷ thủy loong Xoong ngoằn quý"


def test_words_of_the_language_are_syllables() -> None:
    assert [word for word in WORDS.split() if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "word", ["", "story", "strength", "Krông", "đồngbào", "hàcc", "mằt", "áà", "ơng", "Việt.", "nghìnnghịt", "ộ́", "fạ"]
)
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)
