"""The editor: every pause is saved, nobody's words are lost, and private notes stay in the room."""

import io

import pytest
from PIL import Image

from app.models.article import Stage
from app.models.ids import new_id
from app.store import articles, checks
from tests.people import AN, KHANH, LAM
from tests.scenario import Desk
from tests.web.page import ORIGIN, Browser


@pytest.fixture
def article(desk: Desk) -> str:
    return desk.writes()


def form_of(browser: Browser, article: str) -> dict[str, str]:
    return browser.get(f"/bai/{article}").fields("viet")


def test_a_whole_form_is_saved(desk: Desk, an: Browser, article: str) -> None:
    form = form_of(an, article) | {"article.standfirst": "Ba mươi hộ giữ khung dệt."}
    page = an.follow(an.post(f"/bai/{article}/luu", form=form))
    assert "Đã lưu." in page.words
    assert desk.content(article).standfirst == "Ba mươi hộ giữ khung dệt."


def test_saving_an_unchanged_form_writes_nothing(desk: Desk, an: Browser, article: str) -> None:
    before = desk.article(article).changed_at
    an.post(f"/bai/{article}/luu", form=form_of(an, article))
    assert desk.article(article).changed_at == before


def test_two_people_on_two_fields_lose_nothing(desk: Desk, an: Browser, khanh: Browser, article: str) -> None:
    hers, his = form_of(an, article), form_of(khanh, article)
    an.post(f"/bai/{article}/luu", form=hers | {"article.headline": "Khung dệt của bà"})
    khanh.post(f"/bai/{article}/luu", form=his | {"article.kicker": "Nghề xưa"})
    content = desk.content(article)
    assert (content.headline, content.kicker) == ("Khung dệt của bà", "Nghề xưa")


def test_two_people_on_one_field_keep_both_texts_and_one_of_them_chooses(
    desk: Desk, an: Browser, khanh: Browser, article: str
) -> None:
    hers, his = form_of(an, article), form_of(khanh, article)
    an.post(f"/bai/{article}/luu", form=hers | {"article.headline": "Khung dệt của bà"})
    khanh.post(f"/bai/{article}/luu", form=his | {"article.headline": "Bà giữ khung dệt"})
    page = an.get(f"/bai/{article}")
    assert "Một chỗ sửa trùng" in page.words
    assert "Khung dệt của bà" in page.words
    assert "Bà giữ khung dệt" in page.words
    an.post(f"/bai/{article}/luu", form={"da-thay": page.field("da-thay"), "article.headline": "Khung dệt của bà"})
    assert "Một chỗ sửa trùng" not in an.get(f"/bai/{article}").words
    assert desk.content(article).headline == "Khung dệt của bà"


def test_a_field_is_saved_at_a_pause_and_twice_is_once(desk: Desk, an: Browser, article: str) -> None:
    an.get(f"/bai/{article}")
    said = {"name": "article.headline", "value": "Khung dệt", "seen": [], "op_id": new_id(desk.clock.now)}
    first = an.send(f"/bai/{article}/o", said)
    assert an.send(f"/bai/{article}/o", said)["hash"] == first["hash"] == desk.hash(article)
    assert "lưu ý" in first["side"] or "vướng" in first["side"]


@pytest.mark.parametrize("wrong", [
    {"name": "article.stage"}, {"name": "figure.x.asset"}, {"name": "slot.1.place"}, {"value": 7},
    {"op_id": "1"}, {"op_id": None}, {"name": None},
])  # fmt: skip
def test_a_script_cannot_write_what_the_page_does_not_show(
    desk: Desk, an: Browser, article: str, wrong: dict[str, object]
) -> None:
    an.get(f"/bai/{article}")
    said = {"name": "article.headline", "value": "Khung dệt", "seen": [], "op_id": new_id(desk.clock.now)}
    assert "error" in an.send(f"/bai/{article}/o", {**said, **wrong}, status=400)


def test_a_script_whose_sign_in_ended_is_told_so(desk: Desk, browser: Browser, article: str) -> None:
    answer = browser.client.post(f"/bai/{article}/o", json={}, headers=ORIGIN)
    assert (answer.status_code, answer.get_json()) == (401, {"signed_out": True})


def test_paragraphs_are_added_moved_and_removed(desk: Desk, an: Browser, article: str) -> None:
    desk.fills(article, ("text", "Một"), ("text", "Hai"), ("text", "Ba"))
    keys = [part.key for part in desk.content(article).paragraphs]
    an.post(f"/bai/{article}/luu", form=form_of(an, article) | {"viec": f"len.{keys[2]}"})
    assert [part.text for part in desk.content(article).paragraphs] == ["Một", "Ba", "Hai"]
    an.post(f"/bai/{article}/luu", form=form_of(an, article) | {"viec": f"bo-doan.{keys[0]}"})
    an.post(f"/bai/{article}/luu", form=form_of(an, article) | {"viec": f"them-doan.{keys[2]}"})
    assert [part.text for part in desk.content(article).paragraphs] == ["Ba", "", "Hai"]
    an.post(f"/bai/{article}/luu", form={"viec": "len.khong-co"}, status=404)
    an.post(f"/bai/{article}/luu", form={"viec": "nhay-mua"}, status=400)


def test_an_incomplete_page_saves_nothing(desk: Desk, an: Browser, article: str) -> None:
    an.get(f"/bai/{article}")
    an.post(f"/bai/{article}/luu", form={"da-thay": "[", "article.headline": "Mất"}, status=400)
    assert desk.content(article).headline != "Mất"


def test_an_article_is_submitted_with_what_stands_in_the_form(desk: Desk, an: Browser, article: str) -> None:
    form = form_of(an, article) | {"article.headline": "Khung dệt của bà"}
    an.post(f"/bai/{article}/trinh", form=form)
    assert desk.stage(article) == Stage.SUBMITTED
    assert desk.content(article).headline == "Khung dệt của bà"


def test_a_refused_submission_keeps_the_words(desk: Desk, an: Browser, article: str) -> None:
    form = form_of(an, article) | {"article.headline": ""}
    page = an.post(f"/bai/{article}/trinh", form=form, status=400)
    assert "lưu ý" in page.words
    assert desk.content(article).headline == ""
    assert desk.stage(article) == Stage.DRAFT


def test_an_old_page_cannot_submit(desk: Desk, an: Browser, article: str) -> None:
    form = form_of(an, article)
    desk.edits(article, by=LAM, standfirst="Người khác vừa viết.")
    an.post(f"/bai/{article}/trinh", form=form, status=409)
    assert desk.stage(article) == Stage.DRAFT


def test_a_finding_is_let_stand_with_a_name_and_a_reason(desk: Desk, an: Browser, article: str) -> None:
    desk.edits(article, standfirst="Gọi số 0912 345 678 để hỏi.")
    assert "0912 345 678" in an.get(f"/bai/{article}").words
    an.post(f"/bai/{article}/ly-do", form={"loai": "phone", "chu": "0912 345 678", "ly-do": "Số của trạm y tế."})
    page = an.get(f"/bai/{article}")
    assert "Hoài An giữ: “Số của trạm y tế.”" in page.words
    with desk.database.reading() as session:
        assert not [f for f in checks.article_findings(session, desk.content(article)) if f.kind == "phone"]


def test_a_private_note_is_on_the_page_and_nowhere_in_the_article(desk: Desk, an: Browser, article: str) -> None:
    before = desk.hash(article)
    an.get(f"/bai/{article}")
    an.post(f"/bai/{article}/ghi-chu", form={"ghi-chu": "Đã gọi trưởng thôn lúc 10:05."})
    assert "Đã gọi trưởng thôn" in an.get(f"/bai/{article}").words
    assert "Đã gọi trưởng thôn" not in an.get(f"/duyet/{article}").words
    assert desk.hash(article) == before


def test_a_picture_of_the_office_is_cleaned_and_placed(desk: Desk, an: Browser, article: str) -> None:
    an.get(f"/bai/{article}")
    sent = io.BytesIO()
    Image.new("RGB", (900, 600), "#9c1a1d").save(sent, "PNG")
    an.post(f"/bai/{article}/anh", tep=(io.BytesIO(sent.getvalue()), "anh.png"))
    figure = desk.content(article).figures[0]
    assert (figure.width, figure.height) == (900, 600)
    assert an.get(f"/anh/{figure.asset}").headers["Content-Type"] == "image/jpeg"
    an.post(f"/bai/{article}/luu", form=form_of(an, article) | {"viec": f"bo-anh.{figure.key}"})
    assert desk.content(article).figures == ()


def test_a_picture_that_is_none_gets_one_clear_sentence(desk: Desk, an: Browser, article: str) -> None:
    an.get(f"/bai/{article}")
    an.post(f"/bai/{article}/anh", tep=(io.BytesIO(b"GIF89a nothing"), "anh.gif"), status=422)
    an.post(f"/bai/{article}/anh", status=400)
    an.post(f"/bai/{article}/anh-nguon", anh="0" * 64, status=400)
    assert desk.content(article).figures == ()


def test_an_article_is_withdrawn_and_brought_back(desk: Desk, an: Browser, article: str) -> None:
    an.get(f"/bai/{article}")
    an.post(f"/bai/{article}/rut")
    assert desk.stage(article) == Stage.WITHDRAWN
    assert "không sửa được nữa" in an.get(f"/bai/{article}").words
    an.post(f"/bai/{article}/lay-lai")
    assert desk.stage(article) == Stage.DRAFT


def test_editing_an_approved_article_makes_it_a_draft_again(desk: Desk, an: Browser) -> None:
    article = desk.has_approved()
    assert "Ai sửa một chữ" in an.get(f"/bai/{article}").words
    an.post(f"/bai/{article}/luu", form=form_of(an, article) | {"article.kicker": "Nghề xưa"})
    assert (desk.stage(article), desk.is_approved(article)) == (Stage.DRAFT, False)


def test_the_editor_shows_the_sentence_it_was_returned_with(desk: Desk, an: Browser, article: str) -> None:
    desk.submits(article)
    desk.sends_back(article, remark="Viết rõ là ngày nào.")
    page = an.get(f"/bai/{article}")
    assert f"{KHANH} trả lại:" in page.words
    assert "Viết rõ là ngày nào." in page.words
    assert "Trả lại: Bà con giữ nghề dệt thổ cẩm" in an.get("/hom-nay").words


def test_an_article_of_our_own_needs_no_story(desk: Desk, an: Browser) -> None:
    an.get("/bai")
    page = an.follow(an.post("/bai"))
    assert "không dựa trên tin của báo nào" in page.words
    with desk.database.reading() as session:
        assert articles.listing(session)[0].created_by == desk.person(AN).id


def test_a_missing_section_cannot_be_argued_away(desk: Desk, an: Browser) -> None:
    article = desk.writes(section="")
    page = an.get(f"/bai/{article}")
    assert "Chưa chọn chuyên mục" in page.words
    assert 'value="no_section"' not in page.text


def test_an_article_that_cannot_change_looks_like_one(desk: Desk, an: Browser) -> None:
    article = desk.writes(headline="Cầu mới")
    assert an.get(f"/bai/{article}").heading == "Sửa bài: Cầu mới"
    desk.withdraws(article)
    page = an.get(f"/bai/{article}")
    assert page.heading == "Bài: Cầu mới"
    assert '<select id="o-section"' not in page.text


def test_the_editor_carries_a_door_for_a_sign_in_that_ended(desk: Desk, an: Browser) -> None:
    page = an.get(f"/bai/{desk.writes()}")
    assert "Phiên làm việc đã hết" in page.words
    an.client.delete_cookie("bantin")
    assert an.send(f"/bai/{desk.writes()}/o", {"name": "article.headline"}, status=401) == {"signed_out": True}
