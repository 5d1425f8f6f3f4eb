"""The settings of one odd source: seen and changed by who keeps the sources, and said in the log."""

from app.store import sources
from tests.scenario import Desk
from tests.web.page import Browser

PAGE = "/he-thong/nguon/sao-mai-1"


def test_an_editor_sets_what_is_odd_about_a_source(desk: Desk, an: Browser) -> None:
    desk.receives("Cầu mới ở Bù Gia Mập")
    page = an.get(PAGE)
    assert "Cài đặt riêng của nguồn này" in page.words
    an.post(f"{PAGE}/cai-dat", user_agent="Mozilla/5.0", identity="title")
    with desk.database.reading() as session:
        assert sources.get(session, "sao-mai-1").quirks == {"user_agent": "Mozilla/5.0", "identity": "title"}
    assert "Mozilla/5.0" in an.get(PAGE).text
    an.post(f"{PAGE}/cai-dat")
    with desk.database.reading() as session:
        assert sources.get(session, "sao-mai-1").quirks is None


def test_a_setting_that_makes_no_sense_changes_nothing(desk: Desk, an: Browser) -> None:
    desk.receives("Cầu mới ở Bù Gia Mập")
    answer = an.post(f"{PAGE}/cai-dat", visit_first="https://cho-khac.example/", status=400)
    assert "phải nằm trên máy chủ của chính báo đó" in answer.words
    with desk.database.reading() as session:
        assert sources.get(session, "sao-mai-1").quirks is None
