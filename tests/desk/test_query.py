"""The search box is read as a clerk means it; nothing that is typed is an error."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.query import Names, Query, parse

TODAY = date(2026, 11, 23)
NAMES = Names(
    outlets={"nhan-dan": "Báo Nhân Dân", "qdnd": "Báo Quân đội nhân dân", "dong-nai": "Báo Đồng Nai"},
    sources={"nhan-dan-home": "Báo Nhân Dân Trang chủ", "dong-nai-vh": "Báo Đồng Nai Văn hóa"},
    people={"p1": "Hoài An", "p2": "Bảo Khánh"},
    tags=("Lễ hội", "Giáo dục"),
    me="p1",
)


def read(text: str) -> Query:
    return parse(text, names=NAMES, today=TODAY)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("đồng bào Bù Đăng", Query(words="đồng bào Bù Đăng")),
        ('"già làng" Bom Bo', Query(words="Bom Bo", phrases=("già làng",))),
        ("“già làng” Bom Bo", Query(words="Bom Bo", phrases=("già làng",))),
        ('"già làng', Query(phrases=("già làng",))),
        ("cồng chiêng -bóng", Query(words="cồng chiêng", without=("bóng",))),
        ('-"bóng đá" hội', Query(words="hội", without=("bóng đá",))),
        ("báo:nhan-dan", Query(outlets=frozenset({"nhan-dan"}))),
        ("bao:Đồng Nai nước sạch", Query(words="nước sạch", outlets=frozenset({"dong-nai"}))),
        ("outlet: dong nai", Query(outlets=frozenset({"dong-nai"}))),
        ("báo:nhân dân", Query(outlets=frozenset({"nhan-dan"}))),
        ("báo:nhân", Query(outlets=frozenset({"nhan-dan", "qdnd"}))),
        ("báo:nhan-dan bao:dong-nai", Query(outlets=frozenset({"nhan-dan", "dong-nai"}))),
        ("nguồn:Văn hóa", Query(sources=frozenset({"dong-nai-vh"}))),
        ('nơi:"Bù Đăng"', Query(phrases=("Bù Đăng",))),
        ("noi:Lộc Ninh", Query(words="Ninh", phrases=("Lộc",))),
        ("ngày:20/11/2026", Query(first=date(2026, 11, 20), last=date(2026, 11, 20))),
        ("ngày:7 ngày lễ hội", Query(words="lễ hội", first=date(2026, 11, 17), last=TODAY)),
        ("từ:1/11 đến:hôm qua", Query(first=date(2026, 11, 1), last=date(2026, 11, 22))),
        ("from:2026-11-01 to:today", Query(first=date(2026, 11, 1), last=TODAY)),
        ("là:chưa-xem", Query(states=frozenset({"new"}))),
        ("la:đã chọn là:để-sau", Query(states=frozenset({"kept", "later"}))),
        ("là:có-sao là:chưa-xem", Query(states=frozenset({"new"}), starred=True)),
        ("is:starred", Query(starred=True)),
        ("thẻ:lễ hội", Query(tags=frozenset({"Lễ hội"}))),
        ("của:tôi", Query(people=frozenset({"p1"}))),
        ("cua:Bảo Khánh", Query(people=frozenset({"p2"}))),
        ("khai mạc: lễ hội", Query(words="khai mạc lễ hội")),
        ("lúc 12:30", Query(words="lúc 12:30")),
        ("", Query()),
        ('- : " !', Query()),
    ],
)
def test_the_box_is_read(text: str, query: Query) -> None:
    assert read(text) == query
    assert read(unicodedata.normalize("NFD", text)) == query


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ngày:35/13/2026", "“35/13/2026” is not a day. Days are written like 20/11/2026, “hôm qua” or “7 ngày”."),
        ("báo:không-có", "No outlet is called “không-có”."),
        ("nguồn:x", "No source is called “x”."),
        ("là:xong", "“xong” is no state. There are: chưa-xem, đã-chọn, để-sau, đã-bỏ, có-sao."),
        ("thẻ:bóng", "No story has the tag “bóng”."),
        ("của:ai", "Nobody at this desk is called “ai”."),
        ("báo:", "Nothing stands behind “báo:”."),
        ("từ:20/11 đến:10/11", "The day after “từ” is later than the day after “đến”, so nothing can fit."),
    ],
)
def test_a_mistake_is_told_in_one_sentence(text: str, said: str) -> None:
    assert [str(mistake) for mistake in read(text).mistakes] == [said]


def test_what_was_named_wrongly_fits_no_story_and_a_wrong_day_is_left_out() -> None:
    assert read("báo:không-có").outlets == frozenset()
    assert (read("ngày:35/13").first, read("ngày:35/13").last) == (None, None)


@given(st.text(max_size=60) | st.text(alphabet='báongàylàtừ:"“”- 0123/', max_size=40))
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    query = read(text)
    assert all(str(mistake) for mistake in query.mistakes)
