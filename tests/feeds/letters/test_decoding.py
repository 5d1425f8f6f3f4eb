"""Which letter code the bytes of a feed are in: marks, declarations, and the old codes of Viet Nam by their tables."""

import pytest

from app.models.errors import Unreadable
from feeds.letters.decoding import decode
from feeds.letters.tables import TCVN, VISCII
from tests.feeds.old_letters import vni

TEXT = "Đồng bào Đắk Lơ giữ nghề dệt thổ cẩm, bà con mừng"


def declared(name: str, body: bytes) -> bytes:
    return f'<?xml version="1.0" encoding="{name}"?><rss>'.encode() + body


def written(text: str, table: dict[int, str]) -> bytes:
    codes = {letter: code for code, letter in table.items() if letter != "·"}
    return bytes(codes.get(letter, ord(letter) if letter.isascii() else 0) for letter in text)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        *(
            (name, TCVN)
            for name in ("TCVN-5712", "TCVN5712-1", "x-viet-tcvn", "tcvn5712-1:1993", "TCVN3", "x-viet-tcvn3")
        ),
        *((name, VISCII) for name in ("VISCII", "viscii1.1-1", "x-viet-viscii", "csVISCII")),
    ],
)
def test_a_declared_vietnamese_code_is_read_by_its_table(name: str, table: dict[int, str]) -> None:
    text, damaged = decode(declared(name, written(TEXT, table)))
    assert text.endswith(TEXT)
    assert not damaged


def test_letters_with_their_tone_beside_them_are_put_together() -> None:
    text, _ = decode(declared("TCVN5712-1", b"b\xa9\xb2 \xabng"))  # â and a tilde of its own
    assert text.endswith("bẫ ông")


def test_declared_vni_is_read_pair_by_pair() -> None:
    text, _ = decode(declared("x-viet-vni", vni(TEXT).encode("cp1252")))
    assert text.endswith(TEXT)


def test_bytes_that_are_utf_8_are_utf_8_whatever_was_declared() -> None:
    for name in ("TCVN-5712", "VISCII", "windows-1258"):
        assert decode(declared(name, TEXT.encode()))[0].endswith(TEXT)


@pytest.mark.parametrize("name", ["VPS", "x-viet-viqr", "tcvn-6909", "visciix", "rot13"])
def test_a_code_nobody_has_a_table_for_is_refused(name: str) -> None:
    with pytest.raises(Unreadable):
        decode(declared(name, b"\xb8\xff"))


def test_the_tables_are_whole() -> None:
    """Every letter of the alphabet, small and large, has one place in each."""
    vowels = "aăâeêioôơuưy"
    small = {"đ", *(v for v in vowels)}
    for table in (TCVN, VISCII):
        letters = set(table.values())
        assert small - set("aeiouy") <= letters
        assert {letter.upper() for letter in small} - set("AEIOUY") <= letters
        assert len({code for code, letter in table.items() if letter.isalpha() and code >= 0x80}) >= 118
