"""Quy tắc: tried before it bites, told where it did something, taken back with one press."""

import re

import pytest

from app.models.story import Triage
from app.store import rules, stories
from tests.people import AN, LAM
from tests.scenario import Desk
from tests.web.page import Browser, Page

HOME = "/tin-ve/quy-tac"
FOOTBALL = {"ten": "Bỏ tin bóng đá", "mot-trong": "bóng đá, V.League", "bo": "1", "the": "Thể thao"}


def triage(desk: Desk, story: str) -> Triage:
    with desk.database.reading() as session:
        return stories.get(session, story).triage


def joined(page: Page) -> str:
    """Words and marks as they stand, where a tag parts them."""
    return re.sub(r" ([,.:])", r"\1", page.words)


def only_rule(desk: Desk) -> str:
    with desk.database.reading() as session:
        [rule] = rules.listing(session)
        return rule.id


def save(desk: Desk, an: Browser, **more: str) -> str:
    """Tries the rule, then saves it with what the trial hands on."""
    an.get(HOME)
    an.post(f"{HOME}/thu", form=FOOTBALL, status=200)
    an.post(HOME, form={**FOOTBALL, "ap-dung": "tu-nay", **more})
    return only_rule(desk)


def test_trying_shows_the_stories_with_the_words_marked_and_touches_nothing(desk: Desk, an: Browser) -> None:
    story = desk.receives("Khai mạc giải bóng đá huyện", summary="Tám đội của các xã thi đấu.")
    desk.receives("Bà con giữ nghề dệt")
    an.get(HOME)
    page = an.post(f"{HOME}/thu", form=FOOTBALL, status=200)
    assert "Quy tắc sẽ động tới 1 tin: bỏ tin 1, gắn thẻ “Thể thao” 1." in joined(page)
    assert "<mark>bóng đá</mark>" in page.text
    assert "nghề dệt" not in page.words
    assert triage(desk, story) == Triage.NEW
    with desk.database.reading() as session:
        assert not rules.listing(session)


def test_what_is_saved_is_what_was_tried(desk: Desk, an: Browser) -> None:
    desk.receives("Giải bóng đá huyện")
    an.get(HOME)
    sent = {**FOOTBALL, "o-dau": "tieu-de", "tu-diem": "-3", "mot-bao": "1", "bao": "sao-mai", "trong": "7"}
    page = an.post(f"{HOME}/thu", form=sent, status=200)
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in page.text, name
    an.post(HOME, form={**sent, "ap-dung": "tu-nay"})
    words = joined(an.get(HOME))
    assert (
        "Tin có “bóng đá” hoặc “V.League”; chỉ xét ở tít; của Báo Sao Mai; từ -3 điểm trở lên; chỉ một báo đưa: "
        "bỏ tin, gắn thẻ “Thể thao”." in words
    )


def test_a_saved_rule_holds_for_what_comes_in_and_not_for_what_was_there(desk: Desk, an: Browser) -> None:
    old = desk.receives("Giải bóng đá huyện")
    save(desk, an)
    new = desk.receives("Giải bóng đá xã")
    with desk.database.writing() as session:
        rules.apply(session, [new], now=desk.clock.tick())
    assert (triage(desk, old), triage(desk, new)) == (Triage.NEW, Triage.DROPPED)


def test_a_rule_goes_over_the_past_and_comes_back_with_one_press(desk: Desk, an: Browser) -> None:
    old = desk.receives("Giải bóng đá huyện")
    save(desk, an, **{"ap-dung": "ca-tin-cu"})
    assert triage(desk, old) == Triage.DROPPED
    page = an.get(HOME)
    assert "Đã xử lý 1 tin." in page.words
    [undo] = [action for action in page.actions() if action.endswith("/lay-lai")]
    an.post(undo)
    assert triage(desk, old) == Triage.NEW
    assert "Đã lấy lại 1 tin." in an.get(HOME).words


def test_the_story_says_which_rule_did_what_and_gives_it_back(desk: Desk, an: Browser) -> None:
    old = desk.receives("Giải bóng đá huyện")
    rule = save(desk, an, **{"ap-dung": "ca-tin-cu"})
    page = an.get(f"/tin-ve/{old}?nhom=da-bo")
    assert "Quy tắc “Bỏ tin bóng đá”: bỏ tin, gắn thẻ “Thể thao”" in page.words
    an.post(f"/tin-ve/{old}/quy-tac/{rule}/lay-lai?nhom=da-bo")
    assert triage(desk, old) == Triage.NEW
    assert "Quy tắc “Bỏ" not in an.get(f"/tin-ve/{old}").words


def test_a_rule_rests_moves_changes_and_comes_back_after_deletion(desk: Desk, an: Browser) -> None:
    rule = save(desk, an)
    an.post(f"{HOME}/{rule}/tat")
    assert "đang nghỉ" in an.get(HOME).words
    an.post(f"{HOME}/{rule}/bat")
    an.post(f"{HOME}/{rule}/xuong")
    an.post(f"{HOME}/{rule}/quay", status=404)
    form = an.get(f"{HOME}?sua={rule}")
    assert form.field("mot-trong") == "bóng đá, V.League"
    an.post(HOME, form={**FOOTBALL, "quy-tac": rule, "ten": "Bỏ tin thể thao", "ap-dung": "tu-nay"})
    assert "Bỏ tin thể thao" in an.get(HOME).words
    gone = an.follow(an.post(f"{HOME}/{rule}/xoa"))
    assert "Đã xóa quy tắc “Bỏ tin thể thao”" in gone.words
    an.post(f"{HOME}/{rule}/khoi-phuc")
    assert only_rule(desk) == rule


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"mot-trong": ""}, "ít nhất một điều kiện"),
        ({"bo": "", "the": ""}, "cần có việc để làm"),
        ({"tu-diem": "nhiều"}, "không phải là điểm"),
        ({"sao": "1"}, "Tin đã bỏ thì không gắn sao"),
        ({"tu-diem": "9", "den-diem": "3"}, "cao hơn điểm cao nhất"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_beside_the_form(an: Browser, wrong: dict[str, str], why: str) -> None:
    an.get(HOME)
    assert why in an.post(f"{HOME}/thu", form={**FOOTBALL, **wrong}, status=400).words


def test_who_may_not_make_rules_reads_them(desk: Desk, an: Browser, browser: Browser) -> None:
    rule = save(desk, an)
    page = browser.signs_in(LAM).get(HOME)
    assert "Bỏ tin bóng đá" in page.words
    assert not [action for action in page.actions() if "quy-tac" in action]
    browser.post(f"{HOME}/{rule}/xoa", status=403)


def test_star_tag_and_hand_over_show_in_the_list_and_narrow_it(desk: Desk, an: Browser) -> None:
    loom, bridge = desk.receives("Nghề dệt thổ cẩm"), desk.receives("Cầu qua suối Rạt")
    person = desk.person(AN).id
    an.get(f"/tin-ve/{loom}")
    an.post(f"/tin-ve/{loom}/sao", sao="1")
    an.post(f"/tin-ve/{loom}/the", the=" Văn  hóa ")
    an.post(f"/tin-ve/{bridge}/the", the="văn hóa")
    an.post(f"/tin-ve/{loom}/giao", nguoi=person)
    page = an.get("/tin-ve")
    assert "Văn hóa" in page.words
    assert "có sao" in page.words
    for narrowed in ("dau=sao", "dau=toi", "tim=là:có-sao", "tim=của:tôi"):
        words = an.get(f"/tin-ve?{narrowed}").words
        assert "Nghề dệt thổ cẩm" in words, narrowed
        assert "Cầu qua suối Rạt" not in words, narrowed
    assert "Cầu qua suối Rạt" in an.get("/tin-ve?dau=the:Văn hóa").words
    an.post(f"/tin-ve/{loom}/the", go="Văn hóa")
    an.post(f"/tin-ve/{loom}/sao", sao="0")
    an.post(f"/tin-ve/{loom}/giao", nguoi="")
    assert "Nghề dệt thổ cẩm" not in an.get("/tin-ve?dau=the:Văn hóa").words
    assert "Nghề dệt thổ cẩm" not in an.get("/tin-ve?dau=sao").words
    an.post(f"/tin-ve/{loom}/the", the=" ! ", status=400)
    an.post(f"/tin-ve/{loom}/giao", nguoi="nobody", status=400)
