"""Who reports by itself and who copies, and what a rewrite changed: hints with their grounds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.desk.reports import Telling, compare_sentences, credit_of, hash_sentences, house, independent, sentences
from tests.people import NOW

FIRST = "Sáng nay, 120 hộ bà con thôn Bù Rên dự lễ khánh thành cây cầu treo dài 60 mét."
SECOND = "Cây cầu do đồng bào góp công, Nhà nước góp xi măng và sắt thép trong hai năm."
THIRD = "Già làng Điểu Vrang cắt băng cùng ba học trò của lớp học tình thương đầu nguồn."
OWN = "Phóng viên chúng tôi đi bộ qua cầu cùng chị Thị Hương trong buổi chiều mưa lất phất."


def told(story: str, outlet: str, *texts: str, author: str = "", name: str = "", minutes: int = 0) -> Telling:
    text = "\n".join(texts)
    return Telling(
        story=story,
        outlet=outlet,
        outlet_name=name or f"Báo {outlet}",
        at=NOW + timedelta(minutes=minutes),
        author=author,
        text=text,
        hashes=hash_sentences(text),
    )


def test_three_outlets_of_which_one_copies_the_wire_are_two_voices() -> None:
    wire = told("1", "ttx", FIRST, SECOND, name="TTXVN - VietnamPlus")
    own = told("2", "sao-mai", OWN, THIRD, minutes=5)
    copy = told("3", "binh-minh", FIRST, SECOND + " (TTXVN)", minutes=9)
    report = independent([copy, own, wire])
    assert (report.outlets, report.independent) == (3, 2)
    assert [(c.story, c.of, c.credit) for c in report.copies] == [("3", "1", "TTXVN")]


def test_what_somebody_brought_by_hand_counts_for_no_outlet() -> None:
    brought = replace(told("2", "nhap-tay", OWN, minutes=3), official=False)
    report = independent([told("1", "sao-mai", FIRST, SECOND), brought])
    assert (report.outlets, report.independent) == (1, 1)
    assert (independent([brought]).outlets, independent([brought]).independent) == (0, 0)


def test_two_who_copy_a_house_that_is_not_here_are_one_voice() -> None:
    report = independent(
        [told("1", "a", FIRST + " Theo TTXVN."), told("2", "b", SECOND, author="P.V/TTXVN", minutes=1)]
    )
    assert (report.outlets, report.independent) == (2, 1)
    assert [copy.of for copy in report.copies] == ["", ""]


def test_half_of_the_sentences_of_an_earlier_story_are_a_copy_without_a_credit() -> None:
    report = independent(
        [told("1", "a", FIRST, SECOND, THIRD), told("2", "b", FIRST, SECOND, OWN, OWN + "!", minutes=3)]
    )
    (copy,) = report.copies
    assert (copy.story, copy.of, copy.credit, copy.shared, copy.sentences) == ("2", "1", "", 2, 3)
    assert report.independent == 1


def test_who_prints_the_wire_before_the_wire_does_copies_it_all_the_same() -> None:
    client = told("1", "a", FIRST, SECOND)
    wire = told("2", "ttx", FIRST, SECOND, name="TTXVN - VietnamPlus", minutes=30)
    (copy,) = independent([client, wire]).copies
    assert (copy.story, copy.of, copy.whose) == ("1", "2", "TTXVN")


def test_one_sentence_in_common_is_what_somebody_said_and_no_copy() -> None:
    report = independent([told("1", "a", FIRST, SECOND), told("2", "b", FIRST, OWN, minutes=3)])
    assert (report.independent, report.copies) == (2, ())


def test_outlets_of_one_house_are_one_voice_and_copy_nobody() -> None:
    both = [
        told("1", "x", FIRST, SECOND, name="TTXVN - Báo Tin tức"),
        told("2", "y", FIRST, SECOND, name="VietnamPlus"),
    ]
    report = independent(both)
    assert (report.outlets, report.independent, report.copies) == (2, 1, ())


def test_an_outlet_with_a_story_of_its_own_is_no_copyist_and_never_two_voices() -> None:
    report = independent([told("1", "a", FIRST), told("2", "a", SECOND + " (TTXVN)", minutes=3)])
    assert (report.outlets, report.independent, report.copies) == (1, 1, ())


def test_one_outlet_that_tells_it_twice_is_one() -> None:
    report = independent([told("1", "a", FIRST, SECOND), told("2", "a", FIRST, SECOND, minutes=3)])
    assert (report.outlets, report.independent, report.copies) == (1, 1, ())
    assert independent([]).outlets == 0


@pytest.mark.parametrize(
    ("author", "text", "credit"),
    [
        ("TTXVN", "", "TTXVN"),
        ("", "Bà con vui mừng. (TTXVN)", "TTXVN"),
        ("", "Theo VOV, bà con vui mừng.", "VOV"),
        ("", "Theo Thông tấn xã Việt Nam, mưa còn lớn.", "TTXVN"),
        ("", "Bà con vui.\nNguồn: Báo Nhân Dân", "Báo Nhân Dân"),
        ("", "(TTXVN/Vietnam+) Bà con vui.", "TTXVN"),
        ("", "Bà con bên cầu mới. Ảnh: TTXVN", ""),
        ("", "Bà con bên cầu mới (Ảnh: Lê Hà/TTXVN)", ""),
        ("", "Theo bà con, cầu vững. Phóng viên VOV hỏi chuyện.", ""),
        ("Điểu Vrang", "Bà con vui.", ""),
        ("Nguyễn Nhân Dân", "Bà con vui.", ""),
        ("Hoài An (Vietnam+)", "", "TTXVN"),
    ],
)
def test_a_credit_is_read_where_outlets_print_it_and_a_photograph_gives_none(
    author: str, text: str, credit: str
) -> None:
    assert credit_of(author, text) == credit


def test_a_house_is_known_by_its_names() -> None:
    assert house("TTXVN - Báo Tin tức") == "TTXVN"
    assert house("Báo và phát thanh, truyền hình Đồng Nai") == ""


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "Ông nói: “Cầu vững.” Bà con TP. Đồng Xoài cũng vui! 1.200 hộ dự lễ.\nTin thêm"
    assert sentences(text) == ["Ông nói: “Cầu vững.”", "Bà con TP. Đồng Xoài cũng vui!", "1.200 hộ dự lễ.", "Tin thêm"]
    assert sentences("") == []


def test_short_sentences_are_nobodys_and_marks_or_capitals_make_no_difference() -> None:
    assert hash_sentences("Bà con vui. Trời mưa.") == frozenset()
    (one,) = hash_sentences(FIRST)
    assert hash_sentences(FIRST.upper().replace(",", "")) == {one}
    assert -(2**63) <= one < 2**63
    assert hash_sentences(f"VOV.VN - {FIRST}") == hash_sentences(f"(Chinhphu.vn) – {FIRST}") == {one}


def test_what_a_rewrite_changed_stands_beside_what_was_there() -> None:
    rewritten = "\n".join([OWN, FIRST.replace("120", "210"), THIRD])
    pairs = compare_sentences("\n".join([FIRST, SECOND, THIRD]), rewritten)
    assert [pair.kind for pair in pairs] == ["new", "changed", "gone", "same"]
    assert [(w.kind, w.text.strip()) for w in pairs[1].words if w.strong] == [("removed", "120"), ("added", "210")]
    assert pairs[1].strong
    assert not pairs[3].strong


def test_another_name_weighs_and_another_plain_word_does_not() -> None:
    (named,) = compare_sentences("Chị Thị Hương dự lễ.", "Chị Ngọc Mai dự lễ.")
    (worded,) = compare_sentences("Bà con dự lễ khánh thành cầu.", "Bà con dự buổi khánh thành cầu.")
    assert (named.kind, named.strong) == ("changed", True)
    assert (worded.kind, worded.strong) == ("changed", False)


def test_nothing_beside_nothing_is_no_trouble() -> None:
    assert compare_sentences("", "") == []
    assert [pair.kind for pair in compare_sentences("", FIRST)] == ["new"]
    assert [pair.kind for pair in compare_sentences(FIRST + " " + FIRST, FIRST)].count("same") == 1
