"""The word diff: what a reader must see changed, and that no text takes long."""

import time
import unicodedata

import pytest

from app.desk.changes import EFFORT, Piece, changed_paragraphs, compare, notice

OLD = "Xã Bù Gia Mập có 1.200 hộ, trong đó 350 hộ nghèo."


def marked(pieces: tuple[Piece, ...]) -> str:
    """`[-old-]` and `{+new+}`."""
    signs = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("new", "shown"),
    [
        (OLD, OLD),
        (OLD.replace("350", "305"), "Xã Bù Gia Mập có 1.200 hộ, trong đó[- 350-]{+ 305+} hộ nghèo."),
        (OLD.replace("1.200", "1.300"), "Xã Bù Gia Mập có[- 1.200-]{+ 1.300+} hộ, trong đó 350 hộ nghèo."),
        (OLD + " Số liệu đã rà soát.", OLD + "{+ Số liệu đã rà soát.+}"),
        (OLD.replace(", trong đó", " và"), "Xã Bù Gia Mập có 1.200 hộ[-, trong đó-]{+ và+} 350 hộ nghèo."),
        ("", f"[-{OLD}-]"),
    ],
)
def test_words_and_numbers_are_whole(new: str, shown: str) -> None:
    assert marked(compare(OLD, new)) == shown


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("tăng 12,5% so năm 2025", "tăng 12,8% so năm 2025", " 12,5%", " 12,8%"),
        ("ngày 23/11/2026 lúc 8h30", "ngày 24/11/2026 lúc 8h30", " 23/11/2026", " 24/11/2026"),
        ("đồng bào S'tiêng", "đồng bào M’nông", " S'tiêng", " M’nông"),
        ("bài hát “Bom Bo”", "bài hát “Bù Đốp”", "Bom Bo", "Bù Đốp"),
    ],
)
def test_a_number_a_date_and_a_people_are_one_word(old: str, new: str, removed: str, added: str) -> None:
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.kind == "removed") == removed
    assert "".join(p.text for p in pieces if p.kind == "added") == added


def test_the_form_of_unicode_is_no_change() -> None:
    assert {piece.kind for piece in compare(unicodedata.normalize("NFD", OLD), OLD)} == {"same"}


def test_what_is_not_removed_is_the_new_text_and_what_is_not_added_the_old() -> None:
    new = "Xã Bù Gia Mập nay có 1.250 hộ; trong đó 300 hộ cận nghèo."
    pieces = compare(OLD, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed").strip() == new
    assert [p.text for p in pieces if p.kind == "removed"]


def test_of_a_long_article_only_the_changed_paragraphs_are_told() -> None:
    body = [f"Đoạn số {n} kể về lớp học ở thôn Bù Rên." for n in range(40)]
    new = [*body[:7], body[7].replace("lớp học", "trạm y tế"), *body[8:20], "Một đoạn viết thêm.", *body[20:]]
    found = [marked(pieces) for pieces in changed_paragraphs("\n\n".join(body), "\n\n".join(new))]
    assert found == [
        "Đoạn số 7 kể về[- lớp học-]{+ trạm y tế+} ở thôn Bù Rên.",
        "{+Một đoạn viết thêm.+}",
    ]


def test_a_rewritten_paragraph_beside_a_new_one_is_laid_beside_its_own() -> None:
    old = "Mở đầu.\n\nĐiểu Vrang năm nay 70 tuổi, là già làng của sóc.\n\nKết."
    new = "Mở đầu.\n\nSáng nay trời mưa.\n\nĐiểu Vrang năm nay 71 tuổi, là già làng của sóc.\n\nKết."
    assert [marked(pieces) for pieces in changed_paragraphs(old, new)] == [
        "{+Sáng nay trời mưa.+}",
        "Điểu Vrang năm nay[- 70-]{+ 71+} tuổi, là già làng của sóc.",
    ]


def test_a_paragraph_that_went_and_one_that_came_are_not_taken_for_one() -> None:
    old = "Mở đầu.\n\nXã có 850 ngày công đóng góp.\n\nBà Xia cảm ơn đoàn."
    new = "Mở đầu.\n\nĐường nối sóc với trường học.\n\nXã có 920 ngày công đóng góp."
    assert [marked(pieces) for pieces in changed_paragraphs(old, new)] == [
        "{+Đường nối sóc với trường học.+}",
        "Xã có[- 850-]{+ 920+} ngày công đóng góp.",
        "[-Bà Xia cảm ơn đoàn.-]",
    ]


HOSTILE = {
    "one word again and again": ("a " * 60_000, "a b " * 30_000),
    "two words in other orders": ("a b " * 20_000, "b b a " * 14_000),
    "no two words alike": (
        " ".join(f"x{n}" for n in range(40_000)),
        " ".join(f"x{n}" for n in reversed(range(40_000))),
    ),
    "many equal paragraphs": ("Đoạn.\n\n" * 5_000, "Đoạn.\n\nKhác.\n\n" * 4_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_pair_of_texts_takes_long(name: str) -> None:
    old, new = HOSTILE[name]
    started = time.process_time()
    pieces = [piece for part in changed_paragraphs(old, new) for piece in part] or compare(old, new)
    assert pieces
    assert time.process_time() - started < 4


def test_without_the_limit_such_a_pair_would_cost_far_more_than_it_may() -> None:
    old, new = HOSTILE["one word again and again"]
    assert len(old.split()) * new.split().count("a") > 100 * EFFORT


@pytest.mark.parametrize(
    ("title", "standfirst", "said"),
    [
        ("Đính chính thông tin về số hộ nghèo ở Bù Đăng", "", "corrected"),
        ("Thông báo", "Báo xin cải chính bài đăng ngày 20/11.", "corrected"),
        ("Thông báo", "Bài viết này đã được gỡ theo đề nghị của tác giả.", "removed"),
        ("Gỡ bỏ rào cản để bà con vay vốn", "Nhiều thủ tục được bãi bỏ.", ""),
        ("Bà con sóc Bom Bo vào mùa", "", ""),
    ],
)
def test_a_correction_is_told_from_ordinary_words(title: str, standfirst: str, said: str) -> None:
    assert notice(title, standfirst) == said
