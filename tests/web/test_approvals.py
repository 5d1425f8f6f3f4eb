"""Duyệt: a second person signs exactly what the page showed, or returns it with one sentence."""

import pytest

from app.models.article import Stage
from app.store import articles
from app.web.changes import changes, compare
from tests.people import AN, KHANH, VINH
from tests.scenario import Desk
from tests.web.page import Browser


@pytest.fixture
def article(desk: Desk) -> str:
    made = desk.writes()
    desk.submits(made)
    return made


def test_bao_khanh_approves_what_he_read(desk: Desk, khanh: Browser, article: str) -> None:
    page = khanh.follow(khanh.get("/duyet", status=303))
    assert page.heading == "Duyệt bài"
    khanh.post(f"/duyet/{article}/duyet", ma=page.field("ma"))
    assert desk.stage(article) == Stage.APPROVED
    assert "Không có bài nào chờ duyệt" in khanh.get("/duyet").words


def test_a_page_that_is_no_longer_true_approves_nothing(desk: Desk, khanh: Browser, article: str) -> None:
    shown = khanh.get(f"/duyet/{article}").field("ma")
    desk.edits(article, headline="Ai đó vừa đổi tít")
    desk.submits(article)
    page = khanh.post(f"/duyet/{article}/duyet", ma=shown, status=409)
    assert "Chưa quyết gì cả" in page.words
    assert desk.stage(article) == Stage.SUBMITTED


def test_an_approval_without_any_hash_is_refused(desk: Desk, khanh: Browser, article: str) -> None:
    khanh.get(f"/duyet/{article}")
    khanh.post(f"/duyet/{article}/duyet", status=409)
    assert desk.stage(article) == Stage.SUBMITTED


def test_returning_takes_one_sentence(desk: Desk, khanh: Browser, article: str) -> None:
    shown = khanh.get(f"/duyet/{article}").field("ma")
    khanh.post(f"/duyet/{article}/tra-lai", ma=shown, form={"vi-sao": "  "}, status=400)
    khanh.post(f"/duyet/{article}/tra-lai", ma=shown, form={"vi-sao": "Xem lại số hộ."})
    assert desk.article(article).remark == "Xem lại số hộ."
    assert desk.stage(article) == Stage.RETURNED


def test_whoever_wrote_it_reads_who_can_decide_and_finds_no_button(desk: Desk, khanh: Browser) -> None:
    article = desk.writes(by=KHANH)
    desk.submits(article, by=KHANH)
    page = khanh.get(f"/duyet/{article}")
    assert "người khác phải duyệt" in page.words
    assert VINH in page.words
    assert f"/duyet/{article}/duyet" not in page.actions()
    khanh.post(f"/duyet/{article}/duyet", ma=desk.hash(article), status=403)
    assert desk.stage(article) == Stage.SUBMITTED


def test_an_editor_reads_and_cannot_decide(desk: Desk, an: Browser, article: str) -> None:
    page = an.get(f"/duyet/{article}")
    assert f"/duyet/{article}/duyet" not in page.actions()
    assert KHANH in page.words
    an.post(f"/duyet/{article}/duyet", ma=desk.hash(article), status=403)


def test_what_changed_since_the_last_approval_is_shown(desk: Desk, khanh: Browser) -> None:
    article = desk.has_approved(standfirst="Hơn 150 hộ giữ khung dệt.")
    desk.edits(article, standfirst="Hơn 115 hộ giữ khung dệt.")
    desk.submits(article)
    page = khanh.get(f"/duyet/{article}")
    assert "<del>150</del> <ins>115</ins>" in page.text
    assert f"Đổi gì từ khi {KHANH} duyệt" in page.words


def test_a_finding_that_stands_blocks_the_button_and_says_so(desk: Desk, khanh: Browser, article: str) -> None:
    with desk.database.writing() as session:
        articles.get(session, article).stage = Stage.DRAFT
    desk.edits(article, by=AN, standfirst="Gọi 0912 345 678.")
    with desk.database.writing() as session:
        articles.get(session, article).stage = Stage.SUBMITTED
    page = khanh.get(f"/duyet/{article}")
    assert "Còn 1 lưu ý" in page.words
    assert f"/duyet/{article}/duyet" not in page.actions()


def test_the_words_that_differ_are_struck_out_and_underlined() -> None:
    assert compare("một hai ba", "một bốn ba") == "một <del>hai</del> <ins>bốn</ins> ba"
    assert "…" in compare(" ".join(map(str, range(40))) + " cũ", " ".join(map(str, range(40))) + " mới")
    assert compare("a <b>", "a <i>") == "a <del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins>"


def test_another_picture_and_another_paragraph_are_changes(desk: Desk, article: str) -> None:
    content = desk.content(article)
    before = {"headline": content.headline, "paragraphs": [], "figures": [{"asset": "0" * 64}]}
    assert "ảnh khác" not in {str(row["label"]) for row in changes(before, content)}
    assert len(changes(before, content)) >= 3


def test_a_text_that_waits_for_nobody_says_its_state_and_shows_no_empty_queue(desk: Desk, an: Browser) -> None:
    page = an.get(f"/duyet/{desk.has_approved()}")
    assert "Trạng thái Đã duyệt" in page.words
    assert "Ai duyệt được" not in page.words
    assert 'class="queue"' not in page.text
