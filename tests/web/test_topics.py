"""What puts a story first: seen, changed and switched off by editors; the stories at hand are scored anew at once."""

import pytest

from app.models.rule import LearnedWord
from app.models.story import Triage
from app.store import office, stories, topics
from tests.people import AN
from tests.scenario import Desk
from tests.web.page import Browser

PAGE = "/he-thong/chu-de"
ROWS = {
    "nhan": ["rẫy vườn", "ngoài đề", ""],
    "diem": ["+3", "−4", "5"],
    "tu-khoa": ["điều, cao su, −bàn điều hành", "bóng đá", "x"],
}


def points(desk: Desk, story: str) -> int:
    with desk.database.reading() as session:
        return stories.get(session, story).score


def test_topics_are_changed_row_by_row_and_score_what_is_there(desk: Desk, an: Browser) -> None:
    nuts, ball = desk.receives("Bà con hái điều sớm"), desk.receives("Giải bóng đá thôn")
    an.get(PAGE)
    page = an.follow(an.post(PAGE, form=ROWS))
    assert "Đã lưu" in page.words
    assert "rẫy vườn +3" in page.words
    assert "ngoài đề −4" in page.words
    assert (points(desk, nuts), points(desk, ball)) == (3, -4)
    with desk.database.reading() as session:
        assert [topic["label"] for topic in office.load(session).topics] == ["rẫy vườn", "ngoài đề"]
    assert "đã sửa cách xếp tin lên đầu" in an.get("/he-thong").words


@pytest.mark.parametrize(
    "wrong", [{"diem": ["0"]}, {"diem": ["nhiều"]}, {"tu-khoa": [" , "]}, {"tu-khoa": ["−bàn điều hành"]}]
)
def test_a_topic_without_points_or_words_is_refused(an: Browser, wrong: dict[str, list[str]]) -> None:
    one = {"nhan": ["rẫy vườn"], "diem": ["2"], "tu-khoa": ["điều"], **wrong}
    an.get(PAGE)
    assert "rẫy vườn" in an.post(PAGE, form=one, status=400).words


def test_a_topic_is_switched_off_from_the_story_and_on_again(desk: Desk, an: Browser) -> None:
    story = desk.receives("Bà con hái điều sớm")
    an.get(PAGE)
    an.post(PAGE, form=ROWS)
    assert "vì có chữ “điều”" in an.get(f"/tin-ve/{story}").words
    after = an.follow(an.post(f"/tin-ve/{story}/tat-ly-do", form={"nhan": "rẫy vườn"}))
    assert "Đã tắt" in after.words
    assert points(desk, story) == 0
    an.post(PAGE, form=ROWS)  # saving the list does not switch it on behind one's back
    assert points(desk, story) == 0
    an.post(f"{PAGE}/bat-tat", form={"chu-de": "rẫy vườn", "bat": "1"})
    assert points(desk, story) == 3


def test_a_learned_word_and_all_learning_are_switched_off(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cồng chiêng ở sóc Bom Bo")
    with desk.database.writing() as session:
        office.load(session).topics = []
        session.add(LearnedWord(word="cồng chiêng", kept=9, passed=1, points=1.0))
    topics.rescore(desk.database, now=desk.clock.now)
    page = an.get(f"/tin-ve/{story}")
    assert "hay chọn: cồng chiêng +1" in page.words
    assert "chọn 9, bỏ qua 1" in an.get(PAGE).words
    an.post(f"{PAGE}/bat-tat", form={"bat": "0"})
    assert points(desk, story) == 0
    an.post(f"{PAGE}/bat-tat", form={"bat": "1"})
    an.post(f"/tin-ve/{story}/tat-ly-do", form={"nhan": "cồng chiêng", "hoc": "1"})
    assert points(desk, story) == 0
    an.post(f"{PAGE}/bat-tat", form={"tu": "cồng chiêng", "bat": "1"})
    assert points(desk, story) == 1


def test_the_desk_learns_when_it_is_asked(desk: Desk, an: Browser) -> None:
    kept = [desk.receives(f"Cồng chiêng vang ở sóc {n}") for n in range(12)]
    passed = [desk.receives(f"Cổ phiếu tăng phiên {n}") for n in range(12)]
    for chosen, to in ((kept, Triage.KEPT), (passed, Triage.DROPPED)):
        with desk.database.writing() as session:
            stories.triage(session, chosen, to, actor=desk.actor(AN), now=desk.clock.tick())
    an.get(PAGE)
    page = an.follow(an.post(f"{PAGE}/hoc"))
    assert "Đã học" in page.words
    assert "cồng chiêng" in page.words


def test_topics_of_the_preset_that_are_missing_can_be_added(desk: Desk, an: Browser) -> None:
    an.get(PAGE)
    an.post(PAGE, form=ROWS)
    page = an.follow(an.post(f"{PAGE}/mau"))
    assert "rẫy vườn +3" in page.words
    assert "S’tiêng +4" in page.words


def test_an_unknown_topic_or_word_and_a_contributor_are_refused(desk: Desk, an: Browser, browser: Browser) -> None:
    an.get(PAGE)
    an.post(f"{PAGE}/bat-tat", form={"chu-de": "không có", "bat": "0"}, status=404)
    an.post(f"{PAGE}/bat-tat", form={"tu": "không có", "bat": "0"}, status=404)
    an.post(PAGE, form={"nhan": ["a", "a"], "diem": ["1", "2"], "tu-khoa": ["x", "y"]}, status=400)
    browser.signs_in("Điểu Lâm").get(PAGE)
    browser.post(PAGE, form=ROWS, status=403)


def test_age_is_a_chip_like_every_other_and_is_switched_off_and_on(desk: Desk, an: Browser) -> None:
    old = desk.receives("Cồng chiêng ở sóc Bom Bo")
    desk.clock.tick(days=7)
    young = desk.receives("Trạm y tế xã có bác sĩ mới")
    assert "về 7 ngày trước −2" in an.get(f"/tin-ve/{old}").words
    assert of_day(desk, old) + 7 == of_day(desk, young)
    an.post(f"{PAGE}/bat-tat", form={"tuoi": "1", "bat": "0"})
    assert "về 7 ngày trước" not in an.get(f"/tin-ve/{old}").words
    assert "Đang tắt: tin cũ giữ nguyên điểm." in an.get(PAGE).words
    later = desk.receives("Lớp học đêm ở thôn Bù Rên")
    assert (of_day(desk, old), of_day(desk, later)) == (0, 0)
    an.post(f"{PAGE}/bat-tat", form={"tuoi": "1", "bat": "1"})
    assert of_day(desk, old) + 7 == of_day(desk, young) == of_day(desk, later)
    assert "về 7 ngày trước −2" in an.get(f"/tin-ve/{old}").words


def of_day(desk: Desk, story: str) -> int:
    with desk.database.reading() as session:
        return stories.get(session, story).seen_day
