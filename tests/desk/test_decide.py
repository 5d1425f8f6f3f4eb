"""New, changed or the same: the rules that keep a story from coming in twice or being lost."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from app.desk.decide import (
    Changed,
    Decision,
    Item,
    Known,
    New,
    Same,
    alike,
    clamp,
    decide,
    digest_of,
    keys_of,
    next_try,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def item(title: str = "Cầu suối Đắk Lơ thông xe", url: str = "https://bao.example/cau.html", **more: object) -> Item:
    fields = {"guid": "", "summary": "Bà con góp đá, góp công.", "published_at": NOW - timedelta(hours=1)} | more
    return Item(url=url, title=title, **fields)  # type: ignore[arg-type]


def kept(*items: Item) -> dict[str, Known]:
    """What the database holds once these items came in, each a story of its own."""
    stories = ((f"story-{n}", one) for n, one in enumerate(items))
    return {
        key: Known(name, digest_of(one), one.title, one.summary, one.published_at)
        for name, one in stories
        for key in keys_of(one)
    }


def addresses(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if not key.startswith(("told:", "said:"))]


def kinds(decisions: Iterable[Decision]) -> list[str]:
    return [type(decision).__name__ for decision in decisions]


def test_an_item_nobody_has_is_new() -> None:
    (new,) = decide([item()], {}, NOW)
    assert isinstance(new, New)
    assert (new.versions, addresses(new.keys), new.takes) == ((item(),), ["url:bao.example/cau.html"], ())


def test_an_item_as_it_was_is_the_same() -> None:
    assert decide([item()], kept(item()), NOW) == (Same("story-0", keys_of(item())),)


@pytest.mark.parametrize("more", [{"title": "Cầu Đắk Lơ đã thông xe"}, {"summary": "Bà con góp 26 khối đá."}])
def test_another_text_at_the_same_address_is_a_change(more: dict[str, str]) -> None:
    changed = item(**more)
    assert decide([changed], kept(item()), NOW) == (Changed("story-0", changed, keys_of(changed)),)


def test_a_new_picture_or_date_alone_is_no_change() -> None:
    later = item(published_at=NOW, pictures=("https://bao.example/1.jpg",))
    assert kinds(decide([later], kept(item()), NOW)) == ["Same"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bao.example/a.html", "http://www.bao.example/a.html"),
        ("https://bao.example/a/", "https://bao.example/a"),
        ("https://bao.example/cau-moi-post100001.html", "https://bao.example/cau-cu-post100001.html"),
        ("https://tv.example/cau-100260822202835894.htm", "https://tv.example/x/cau-moi-100260822202835894.htm"),
    ],
)
def test_an_address_may_change_its_clothes(one: str, other: str) -> None:
    assert kinds(decide([item(url=other)], kept(item(url=one)), NOW)) == ["Same"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bao.example/?id=1", "https://bao.example/?id=2"),
        ("https://bao.example/a.html", "https://dai.example/a.html"),
        ("https://bao.example/thoi-tiet-20260822.html", "https://bao.example/gia-vang-20260822.html"),
        ("https://bao.example/tin-22082026.html", "https://bao.example/khac-22082026.html"),
        ("https://bao.example/a-2026.html", "https://bao.example/b-2026.html"),
    ],
)
def test_another_address_at_another_time_is_another_story(one: str, other: str) -> None:
    assert kinds(decide([item(url=other, published_at=NOW)], kept(item(url=one)), NOW)) == ["New"]


def test_the_same_guid_under_a_new_address_is_the_same_story() -> None:
    first = item(url="https://bao.example/cau-cu.html", guid="https://bao.example/?p=4711")
    moved = item(url="https://bao.example/cau-moi.html", guid="http://www.bao.example/?p=4711")
    (same,) = decide([moved], kept(first), NOW)
    assert isinstance(same, Same)
    assert "url:bao.example/cau-moi.html" in same.keys  # from now on it is known by this address too


def test_a_guid_given_to_another_story_does_not_swallow_it() -> None:
    first = item(url="https://bao.example/cau.html", guid="4711")
    reused = item("Giá hồ tiêu tăng nhẹ trong tuần", url="https://bao.example/tieu.html", guid="4711")
    assert kinds(decide([reused], kept(first), NOW)) == ["New"]
    assert kinds(decide([reused, first], {}, NOW)) == ["New", "New"]


@pytest.mark.parametrize("guid", ["https://bao.example/", "https://bao.example", "1", ""])
def test_a_guid_that_names_nothing_is_no_key(guid: str) -> None:
    assert addresses(keys_of(item(guid=guid))) == ["url:bao.example/cau.html"]


def test_the_same_words_at_two_addresses_are_two_stories() -> None:
    """Seen at an outlet: ten items a day titled “Tin tức”, without any summary."""
    bare = [item("Tin tức", url=f"https://bao.example/tin-tuc-post97994{n}.html", summary="") for n in range(10)]
    assert kinds(decide(bare, {}, NOW)) == ["New"] * 10


def test_an_item_without_address_and_guid_is_known_by_its_text() -> None:
    bare = item(url="")
    assert kinds(decide([bare], kept(bare), NOW)) == ["Same"]
    assert kinds(decide([item("Tin khác hẳn", url="")], kept(bare), NOW)) == ["New"]


def test_a_story_listed_twice_is_one_and_its_newest_version_counts() -> None:
    first, second = item("Bản 1"), item("Bản 2 (sửa)")
    (new,) = decide([first, second], {}, NOW)
    assert isinstance(new, New)
    assert [version.title for version in new.versions] == ["Bản 1", "Bản 2 (sửa)"]
    assert kinds(decide([first, second], kept(second), NOW)) == ["Same"]
    older = item("Bản 1", published_at=NOW - timedelta(hours=5))
    (new,) = decide([second, older], {}, NOW)
    assert isinstance(new, New)
    assert new.versions[-1].title == "Bản 2 (sửa)"


def test_a_story_listed_twice_in_the_same_words_has_one_version() -> None:
    (new,) = decide([item(), item()], {}, NOW)
    assert isinstance(new, New)
    assert len(new.versions) == 1


def test_the_oldest_comes_first_and_the_place_in_the_feed_settles_ties() -> None:
    def at(hours: int, name: str) -> Item:
        return item(name, url=f"https://bao.example/{name}", published_at=NOW - timedelta(hours=hours))

    feed = [
        at(1, "mot"),
        at(3, "ba"),
        at(2, "hai-sau"),
        at(2, "hai-truoc"),
        item("khong", url="https://b.example/0", published_at=None),
    ]
    titles = [new.versions[0].title for new in decide(feed, {}, NOW) if isinstance(new, New)]
    assert titles == ["khong", "ba", "hai-truoc", "hai-sau", "mot"]


def test_a_date_in_the_future_is_taken_as_now() -> None:
    assert clamp(item(published_at=NOW + timedelta(days=400)), NOW).published_at == NOW
    near = NOW + timedelta(minutes=5)
    assert clamp(item(published_at=near), NOW).published_at == near
    assert clamp(item(published_at=None), NOW).published_at is None


def test_an_outlet_in_trouble_is_left_alone_longer_each_time_and_never_given_up() -> None:
    every = timedelta(minutes=30)
    waits = [next_try(NOW, failures=n, every=every) for n in (0, 1, 2, 3, 4, 5, 6, 50)]
    assert waits[:2] == [None, None]
    assert [(wait - NOW) / timedelta(hours=1) for wait in waits[2:] if wait] == [1, 2, 4, 8, 12, 12]
    assert next_try(NOW, failures=1, every=every, asked=600) == NOW + timedelta(minutes=10)


def test_titles_are_alike_by_their_words_without_marks() -> None:
    assert alike("Cầu Đắk Lơ thông xe", "CẦU ĐẮK LƠ đã thông xe")
    assert not alike("Cầu Đắk Lơ thông xe", "Giá hồ tiêu tăng nhẹ")
