"""Tin về: one story, one decision, the next story; and every decision can be taken back."""

import pytest

from app.models.story import Triage
from app.store import articles, stories
from app.web.highlights import highlight, mark_found, snippet
from app.web.stories import counted
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
    "query",
    [
        "nhom=x",
        "ngay=999",
        "sau=-1",
        "sau=1.2.3",
        "sau=9.99",
        "dau=x",
        "dau=the:",
        "tim=-",
        "tim=" + "báo:" * 30,
        "bao=khong-co",
        "vua=x.y",
        "tim=" + "a" * 500,
    ],
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


def test_what_was_found_is_marked_however_it_is_spelled(desk: Desk, an: Browser) -> None:
    desk.receives("Đồng bào Xtiêng đón nước sạch")
    desk.receives("Chuyện ở Bù Đăng", summary="Ngày hội có đông bà con S’tiêng và đồng bào về dự từ sáng sớm.")
    page = an.get("/tin-ve?tim=dong+bao+s'tieng")
    assert "<mark>Đồng bào Xtiêng</mark> đón nước sạch" in page.text
    assert "<mark>S’tiêng</mark> và <mark>đồng</mark> <mark>bào</mark> về dự" in page.text
    assert "Có đúng cụm từ này, tin mới trước" in page.words
    assert "Có đủ các từ, nhưng đứng rời" in page.words


def test_a_mistake_in_the_search_is_told_over_the_list(desk: Desk, an: Browser) -> None:
    desk.receives("Cầu mới qua suối Rạt")
    page = an.get("/tin-ve?tim=cầu+mới+ngày:35/13")
    assert "“35/13” không phải là ngày" in page.words
    assert "Cầu mới qua suối Rạt" in page.words
    assert "Không có báo nào tên là “xa lạ”" not in page.words
    assert "Không có báo nào tên là “lạ”" in an.get("/tin-ve?tim=báo:lạ").words


def test_a_search_keeps_the_filters_beside_it(desk: Desk, an: Browser) -> None:
    first = desk.receives("Cầu mới qua suối Rạt")
    desk.receives("Cầu mới qua sông Bé")
    an.get("/tin-ve")
    an.post(f"/tin-ve/{first}/sao", sao="1")
    page = an.get("/tin-ve?tim=cầu+mới&dau=sao&ngay=1&bao=sao-mai")
    assert "1 tin có “cầu mới”" in page.words
    assert "0 tin có" in an.get("/tin-ve?tim=cầu+mới&bao=khong-co").words


def test_the_next_page_goes_on_where_the_last_one_ended(desk: Desk, an: Browser) -> None:
    for number in range(62):
        desk.receives(f"Cầu số {number}")
    page = an.get("/tin-ve")
    [more] = [link for link in page.links() if "sau=" in link]
    page = an.get(more)
    assert "Cầu số 1" in page.words
    assert "Cầu số 2 " not in page.words
    [more] = [link for link in an.get("/tin-ve?tim=cầu").links() if "sau=" in link]
    assert "Cầu số 0" in an.get(more).words


def test_numbers_nobody_would_count_are_rounded() -> None:
    assert (counted(7), counted(1000), counted(1001)) == ("7", "1.000", "1.000+")


def test_words_are_marked_strictly_when_a_rule_asks_for_their_marks() -> None:
    assert mark_found("Người Tày, bàn tay", ["Tày"], strict=True) == "Người <mark>Tày</mark>, bàn tay"
    assert mark_found("Người Tày, bàn tay", ["tay"], strict=True) == "Người <mark>Tày</mark>, bàn <mark>tay</mark>"
    assert mark_found("Bà <b>con</b>", ["con"]) == "Bà &lt;b&gt;<mark>con</mark>&lt;/b&gt;"
    assert mark_found("Cồng chiêng", ["cong chi"]) == "<mark>Cồng</mark> <mark>chiêng</mark>"
    assert snippet("Không có gì ở đây", ["chiêng"]) is None


def test_a_snippet_of_a_long_text_begins_and_ends_between_words() -> None:
    text = "Mở đầu dài. " * 30 + "Tiếng chiêng vang xa. " + "Phần cuối dài. " * 30
    found = snippet(text, ["tiếng chiêng"])
    assert found is not None
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "<mark>Tiếng chiêng</mark> vang xa" in found
    assert len(found) < 220
