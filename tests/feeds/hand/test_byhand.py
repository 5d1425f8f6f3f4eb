"""What people bring becomes a story with its evidence, once; a badge it wears only when an outlet's host gave it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import Refused, Unreadable
from app.models.outlet import Outlet, Source
from app.store import byhand, stories
from feeds.hand.byhand import Told
from feeds.pages.records import read_record
from tests.feeds.brought import PAGE, Shelf, document, hand, photo
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer, send

TEXT = (
    "Bà con sóc Bom Bo mở lớp dệt\n\n" + "Ba mươi hộ cùng ngồi bên khung cửi, người già dạy người trẻ cột sợi.\n\n" * 30
)


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "var", listing(outlet, "bao"))
    yield desk
    desk.database.close()


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    return Shelf(desk)


def test_a_pasted_text_is_a_story_without_a_badge_with_its_evidence_and_its_bringer(desk: Desk, shelf: Shelf) -> None:
    done = hand(desk).text(TEXT)
    story = shelf.story(done)
    assert (story.title, story.outlet_id, story.url) == ("Bà con sóc Bom Bo mở lớp dệt", byhand.HAND, "")
    assert story.brought_by == hand(desk).actor.person_id
    assert shelf.evidence(done).decode() == TEXT
    assert shelf.page(done).read_by == "hand"
    assert len(shelf.page(done).text) > len(story.summary)
    assert [event.fields["story"] for event in shelf.events("story.added")] == [story.id]
    with desk.database.reading() as session:
        assert not session.get_one(Outlet, byhand.HAND).official
        door = session.get_one(Source, byhand.HAND)
        assert (door.kind, door.enabled, door.own) == ("hand", False, True)


def test_an_official_address_named_in_a_text_gives_no_badge(desk: Desk, shelf: Shelf, outlet: OutletServer) -> None:
    done = hand(desk).text(f"Bom Bo có nước\n\nBà con vui.\n{outlet.url('/bai-1234567.html')}")
    story = shelf.story(done)
    assert story.url == outlet.url("/bai-1234567.html")
    assert story.outlet_id == byhand.HAND
    assert not outlet.asked


def test_the_same_text_sent_twice_is_one_story(desk: Desk, shelf: Shelf) -> None:
    first, again = hand(desk).text(TEXT), hand(desk).text(TEXT)
    assert (first.added.state, again.added.state) == ("new", "known")
    assert first.added.story_id == again.added.story_id
    assert len(desk.stories()) == 1
    assert len(shelf.events("story.added")) == 1


def test_another_text_under_the_same_address_is_a_new_revision(desk: Desk) -> None:
    first = hand(desk).text("Cầu mới\n\nCầu dài 20 m.\nhttps://lang.example.vn/bai-1")
    second = hand(desk).text("Cầu mới\n\nCầu dài 25 m.\nhttps://lang.example.vn/bai-1")
    assert second.added.state == "changed"
    assert first.added.story_id == second.added.story_id
    assert len(desk.revisions()) == 2


def test_a_story_brought_by_hand_is_found_and_grouped_like_any_other(desk: Desk, shelf: Shelf) -> None:
    one = hand(desk).text("Lũ quét cuốn cầu treo ở xã Đăk Ơ\n\nĐêm 22/11 lũ quét cuốn cây cầu treo ở xã Đăk Ơ.")
    two = hand(desk).text(
        "Lũ quét cuốn cầu treo ở xã Đăk Ơ trong đêm\n\nĐêm 22/11 lũ quét cuốn cây cầu treo của xã Đăk Ơ."
    )
    assert shelf.story(two).cluster_id
    assert shelf.story(one).cluster_id == shelf.story(two).cluster_id
    with desk.database.reading() as session:
        assert stories.get(session, one.added.story_id).folded


def test_a_link_to_an_outlet_wears_its_badge_and_keeps_the_answer(
    desk: Desk, shelf: Shelf, outlet: OutletServer
) -> None:
    url = outlet.publish("/nuoc-sach-1234567.html", PAGE, "text/html; charset=utf-8")
    done = hand(desk).link(url)
    story = shelf.story(done)
    assert (story.outlet_id, story.source_id, story.title) == ("bao", "nhap-tay-bao", "Bom Bo có nước sạch")
    assert story.published_raw
    assert "mở van" in shelf.page(done).text
    (revision,) = desk.revisions()
    assert read_record(desk.assets.get(revision.evidence)).body == PAGE


def test_a_link_that_the_feed_brought_already_leads_to_that_story(desk: Desk, outlet: OutletServer) -> None:
    url = outlet.publish("/bai-1234567.html", PAGE, "text/html")
    outlet.publish("/bao.rss", feed(item("Bom Bo có nước sạch", url)))
    desk.read_one()
    outlet.asked.clear()
    done = hand(desk).link(url)
    assert (done.added.state, len(desk.stories())) == ("known", 1)
    assert not outlet.asked


def test_a_host_on_no_list_must_be_confirmed_and_then_wears_no_badge(tmp_path: Path, outlet: OutletServer) -> None:
    desk = open_desk(tmp_path / "khac", '[[outlet]]\nid = "bao"\nname = "Báo"\nsite = "https://saomai.example.vn"\n')
    url = outlet.publish("/bai-1234567.html", PAGE, "text/html")
    with pytest.raises(Refused, match="Confirm"):
        hand(desk).link(url)
    assert not outlet.asked
    done = hand(desk).link(url, confirmed=True)
    assert Shelf(desk).story(done).outlet_id == byhand.HAND
    desk.database.close()


@pytest.mark.parametrize(
    "url",
    [
        "https://saomai.vn.tin24.com/bai",
        "https://facebook.com/saomai/posts/1",
        "javascript:alert(1)",
        "https://10.0.0.1/",
    ],
)
def test_lookalikes_networks_and_inner_addresses_are_never_asked(tmp_path: Path, url: str) -> None:
    desk = open_desk(tmp_path / "khac", '[[outlet]]\nid = "sm"\nname = "Báo Sao Mai"\nsite = "https://saomai.vn"\n')
    desk.config = type(desk.config)(data_dir=desk.config.data_dir)
    with pytest.raises((Refused, Unreadable)):
        hand(desk).link(url, confirmed=True)
    assert desk.stories() == []
    desk.database.close()


def test_text_in_an_old_letter_code_is_marked_for_repair(desk: Desk, shelf: Shelf) -> None:
    done = hand(desk).text("Bµ con ®ång bµo vïng cao phÊn khëi ®ãn lóa míi\n\nS¸ng nay bµ con ra ®ång gÆt lóa.")
    assert shelf.story(done).garbled == "tcvn3"


def test_a_page_that_is_gone_leaves_nothing_behind(desk: Desk, outlet: OutletServer) -> None:
    outlet.behave("/khong-con.html", send(404))
    with pytest.raises(Unreadable):
        hand(desk).link(outlet.url("/khong-con.html"))
    assert desk.stories() == []


def test_a_page_without_an_article_still_gives_title_and_description(
    desk: Desk, shelf: Shelf, outlet: OutletServer
) -> None:
    head = '<title>Trang</title><meta name="description" content="Phim tài liệu.">'
    page = f"<html><head>{head}</head><body></body></html>".encode()
    done = hand(desk).link(outlet.publish("/video-1234567.html", page, "text/html"))
    assert (shelf.story(done).title, shelf.story(done).summary) == ("Trang", "Phim tài liệu.")


def test_a_photo_loses_its_place_and_the_person_is_told(desk: Desk, shelf: Shelf) -> None:
    told = Told(title="Bà Điểu Thị Xia bên khung cửi", place="Sóc Bom Bo", day="2026-11-20", agreed=True)
    done = hand(desk).file(photo(place=True), told)
    (picture,) = shelf.pictures(done)
    assert done.had_place
    assert picture.asset
    assert b"GPS" not in desk.assets.get(picture.asset)
    assert b"Exif" not in desk.assets.get(picture.asset)
    assert (picture.credit, picture.caption) == ("Điểu Lâm", "Bà Điểu Thị Xia bên khung cửi")
    assert shelf.evidence(done) == photo(place=True)
    assert shelf.story(done).published_raw == "2026-11-20"


def test_a_photo_needs_a_sentence(desk: Desk) -> None:
    with pytest.raises(Refused):
        hand(desk).file(photo())


def test_a_document_gives_title_text_and_picture(desk: Desk, shelf: Shelf) -> None:
    data = document("Ba mươi hộ cùng dệt.", "Già làng dạy lũ trẻ.", heading="Lớp dệt ở Bom Bo", picture=photo())
    done = hand(desk).file(data)
    assert shelf.story(done).title == "Lớp dệt ở Bom Bo"
    assert shelf.story(done).summary == "Ba mươi hộ cùng dệt.\nGià làng dạy lũ trẻ."
    assert len(shelf.pictures(done)) == 1
    assert shelf.evidence(done) == data
    assert hand(desk).file(data).added.state == "known"


def test_a_text_file_of_an_old_windows_is_read(desk: Desk, shelf: Shelf) -> None:
    done = hand(desk).file("Bà con vui\r\n\r\nLúa tốt.".encode("utf-16"))
    assert shelf.story(done).title == "Bà con vui"


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2\3" * 100, b"PK\x03\x04 broken", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9]
)
def test_what_cannot_be_read_is_told_and_leaves_nothing(desk: Desk, data: bytes) -> None:
    with pytest.raises((Refused, Unreadable)):
        hand(desk).file(data)
    assert desk.stories() == []
