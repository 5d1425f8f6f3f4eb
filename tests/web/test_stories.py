"""Tin về: one story, one decision, the next story; and every decision can be taken back."""

import pytest

from app.models.story import Triage
from app.store import articles, stories
from app.web.highlights import highlight
from tests.people import LAM, MAI
from tests.scenario import Desk
from tests.web.page import Browser


def triage(desk: Desk, story: str) -> Triage:
    with desk.database.reading() as session:
        return stories.get(session, story).triage


def test_the_list_and_the_story_beside_it(desk: Desk, an: Browser) -> None:
    desk.receives("Bà con sóc Bom Bo giữ nghề dệt", summary="Ba mươi hộ cùng dệt.")
    page = an.get("/tin-ve")
    assert "Bà con sóc Bom Bo giữ nghề dệt" in page.words
    assert "Ba mươi hộ cùng dệt." in page.words
    assert "chỉ một báo đưa" in page.words


@pytest.mark.parametrize(("verb", "then"), [("chon", Triage.KEPT), ("de-sau", Triage.LATER), ("bo", Triage.DROPPED)])
def test_a_decision_moves_on_and_can_be_taken_back(desk: Desk, an: Browser, verb: str, then: Triage) -> None:
    first, following = desk.receives("Cầu mới qua suối Rạt"), desk.receives("Lớp xóa mù chữ ở Đăk Ơ")
    an.get(f"/tin-ve/{first}")
    after = an.follow(an.post(f"/tin-ve/{first}/{verb}", ke=following))
    assert triage(desk, first) == then
    assert after.heading == "Tin về"
    assert "Lấy lại" in after.words
    an.post(f"/tin-ve/{first}/lay-lai", truoc="new")
    assert triage(desk, first) == Triage.NEW


def test_taking_back_to_nowhere_is_refused(desk: Desk, an: Browser) -> None:
    an.post(f"/tin-ve/{desk.receives('Cầu mới')}/lay-lai", truoc="somewhere", status=400)


def test_the_question_stays_while_one_walks_through_the_list(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu mới qua suối Rạt")
    an.get("/tin-ve?nhom=chua-xem&ngay=7&gon=1")
    location = an.post(f"/tin-ve/{story}/de-sau?ngay=7&gon=1").location
    assert "ngay=7" in location
    assert "gon=1" in location


def test_words_without_marks_find_the_story(desk: Desk, an: Browser) -> None:
    desk.receives("Đồng bào S’tiêng ở Bù Đăng có nước sạch")
    assert "1 tin có “dong bao bu dang”" in an.get("/tin-ve?tim=dong+bao+bu+dang").words
    assert "Không tìm thấy tin nào" in an.get("/tin-ve?tim=khong+co").words


@pytest.mark.parametrize(
    "query", ["nhom=x", "ngay=999", "tu=-1", "tu=abc", "bao=khong-co", "vua=x.y", "tim=" + "a" * 500]
)
def test_a_mistyped_address_still_shows_the_list(desk: Desk, an: Browser, query: str) -> None:
    desk.receives("Cầu mới qua suối Rạt")
    an.get(f"/tin-ve?{query}")


def test_an_article_is_begun_on_the_story_and_on_those_ticked(desk: Desk, an: Browser) -> None:
    first, second = desk.receives("Cầu mới qua suối Rạt"), desk.receives("Suối Rạt có cầu")
    an.get(f"/tin-ve/{first}")
    editor = an.follow(an.post(f"/tin-ve/{first}/viet-bai", cung=[second]))
    assert "Theo Báo Sao Mai" in editor.field("article.credit")
    with desk.database.reading() as session:
        assert set(articles.of_stories(session, [first, second])) == {first, second}
    assert triage(desk, second) == Triage.KEPT
    assert "Mở bài" in an.get(f"/tin-ve/{first}").words


def test_a_contributor_may_sort_stories_and_a_page_manager_may_not(desk: Desk, browser: Browser) -> None:
    story = desk.receives("Cầu mới")
    browser.signs_in(LAM)
    browser.post(f"/tin-ve/{story}/chon")
    browser.post("/dang-xuat")
    browser.signs_in(MAI)
    browser.post(f"/tin-ve/{story}/bo", status=403)
    assert triage(desk, story) == Triage.KEPT


def test_a_hostile_title_is_text_and_nothing_else(desk: Desk, an: Browser) -> None:
    story = desk.receives("<script>alert(1)</script> Cầu mới", summary='<img src=x onerror="alert(1)">')
    page = an.get(f"/tin-ve/{story}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_marked_words_are_whole_words_and_the_rest_is_escaped() -> None:
    marked = highlight("Già làng <b> ở làng", ["già làng"])
    assert marked == "<mark>Già làng</mark> &lt;b&gt; ở làng"
    assert highlight("dân làng", ["làn"]) == "dân làng"
