"""The pane tells who else has the event, who copies, what differs; an editor has the last word on it."""

from app.models.outlet import Outlet, Source
from app.models.story import Story
from app.store import clusters, sources, stories
from app.store.clusters import Link
from tests.people import AN
from tests.scenario import Desk
from tests.web.page import Browser

BRIDGE = "Khánh thành cầu suối Đắk Lơ ở Bù Gia Mập"
LEAD = "Sáng nay, 120 hộ bà con thôn Bù Rên dự lễ khánh thành cây cầu treo dài 60 mét."


def at_another_outlet(desk: Desk, title: str, summary: str) -> str:
    """The same event at the house of TTXVN."""
    story = desk.receives(title, summary=summary)
    with desk.database.writing() as session:
        outlet = Outlet(id="ttx", name="TTXVN - Báo Thử", credit="TTXVN", site="https://y.vn", hosts=["y.vn"])
        door = Source(id="ttx-1", outlet_id="ttx", name="Tin", url="https://y.vn/rss", grade="A", enabled=True)
        sources.sync(session, [outlet], [door])
        stories.get(session, story).outlet_id = "ttx"
    return story


def told_twice(desk: Desk) -> tuple[str, str]:
    first = at_another_outlet(desk, BRIDGE, LEAD)
    second = desk.receives(BRIDGE + " sáng nay", summary=LEAD.replace("120", "210") + " (TTXVN)")
    with desk.database.writing() as session:
        clusters.settle(session, [(first, first), (second, first)], [])
    return first, second


def story_of(desk: Desk, story: str) -> Story:
    with desk.database.reading() as session:
        return stories.get(session, story)


def test_the_pane_says_how_many_tell_it_and_who_copies(desk: Desk, an: Browser) -> None:
    first, second = told_twice(desk)
    page = an.get(f"/tin-ve/{second}")
    assert "2 báo cùng đưa, 1 độc lập (1 chép TTXVN)" in page.words
    assert "tin này: ghi nguồn TTXVN" in page.words
    assert "ghi nguồn TTXVN" in an.get(f"/tin-ve/{first}").words


def test_numbers_that_differ_stand_out_beside_each_other(desk: Desk, an: Browser) -> None:
    _, second = told_twice(desk)
    page = an.get(f"/tin-ve/{second}")
    assert "khác cả số liệu hoặc tên" in page.words
    assert '<del class="strong"> 120</del>' in page.text
    assert '<ins class="strong"> 210</ins>' in page.text


def test_one_outlet_alone_is_said_so(desk: Desk, an: Browser) -> None:
    assert "chỉ một báo đưa" in an.get(f"/tin-ve/{desk.receives(BRIDGE)}").words


def test_a_story_is_split_off_and_put_back_by_hand(desk: Desk, an: Browser) -> None:
    first, second = told_twice(desk)
    an.get(f"/tin-ve/{second}")
    assert "chỉ một báo đưa" in an.follow(an.post(f"/tin-ve/{second}/tach")).words
    assert story_of(desk, first).cluster_id != story_of(desk, second).cluster_id
    an.post(f"/tin-ve/{second}/tach", status=400)
    assert "2 báo cùng đưa" in an.follow(an.post(f"/tin-ve/{second}/gop", form={"voi": first})).words
    assert "đã sắp lại nhóm tin cùng sự việc" in an.get("/he-thong").words


def test_a_hint_is_shown_apart_and_joined_only_by_a_hand(desk: Desk, an: Browser) -> None:
    first, second = desk.receives(BRIDGE), at_another_outlet(desk, "Bù Gia Mập có cầu", "Cầu mới.")
    with desk.database.writing() as session:
        clusters.settle(session, [], [Link(second, first, 31)])
    page = an.get(f"/tin-ve/{first}")
    assert "1 tin có vẻ cũng nói việc này" in page.words
    assert "giống 31%" in page.words
    assert "chỉ một báo đưa" in page.words
    assert "2 báo cùng đưa" in an.follow(an.post(f"/tin-ve/{first}/gop", form={"voi": second})).words


def test_two_stories_are_put_together_by_the_address_of_one(desk: Desk, an: Browser) -> None:
    first, second = at_another_outlet(desk, BRIDGE, LEAD), desk.receives("Cầu ở thôn", url="https://x.vn/cau-9.html")
    an.get(f"/tin-ve/{first}")
    after = an.follow(an.post(f"/tin-ve/{first}/gop", form={"voi": " https://x.vn/cau-9.html "}))
    assert "2 báo cùng đưa" in after.words
    assert story_of(desk, first).cluster_id == story_of(desk, second).cluster_id
    an.post(f"/tin-ve/{first}/gop", form={"voi": "https://x.vn/khong-co.html"}, status=404)
    an.post(f"/tin-ve/{first}/gop", form={}, status=404)


def test_a_page_manager_regroups_nothing(desk: Desk, an: Browser, browser: Browser) -> None:
    first, second = told_twice(desk)
    browser.signs_in("Ngọc Mai").get(f"/tin-ve/{first}")
    browser.post(f"/tin-ve/{second}/tach", status=403)


def test_an_article_rests_on_the_others_that_were_ticked(desk: Desk, an: Browser) -> None:
    first, second = told_twice(desk)
    page = an.get(f"/tin-ve/{first}")
    assert f'name="cung" value="{second}" form="viet"' in page.text
    assert AN
