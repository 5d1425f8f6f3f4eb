"""The full text in Tin về: asked for, shown, compared with what it was, and handed out as evidence."""

import gzip
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.desk.changes import compare
from app.desk.policy import Actor
from app.desk.snapshot import short
from app.models.story import Revision
from app.store import assets as kept_files
from app.store import pages, stories
from app.store.assets import Assets
from app.web.story_text import render
from feeds.pages.records import MEDIA_TYPE, Record, write_record
from tests.people import AN, MAI, NOW
from tests.scenario import Desk
from tests.web.page import Browser

BODY = "Cây cầu treo dài 96 m qua suối Rạt vừa thông xe.\n\nBà con thôn Bù Rên không còn phải đi bè."
READING = pages.Reading(
    url="https://x.vn/cau.html",
    title="Cầu treo qua suối Rạt",
    standfirst="Từ nay bà con không còn phải đi bè.",
    text=BODY,
    author="Hoài An",
    published_raw="",
    published_at=None,
    digest="1" * 64,
    read_by="recipe",
    differs=False,
    evidence="",
    pictures=(),
)


def reads(desk: Desk, assets: Assets, story: str, *, at: datetime | None = None, **changed: Any) -> str:
    """The timer read the page; the name of the evidence."""
    now = at or desk.clock.tick()
    page = replace(READING, **changed)
    record = Record(url=page.url, at=now, status=200, headers=(), body=page.text.encode())
    data = write_record(record)
    name = assets.put(data)
    with desk.database.writing() as session:
        kept_files.register(session, name=name, media_type=MEDIA_TYPE, size=len(data), now=now)
        number = pages.keep(session, story, replace(page, evidence=name), actor=timer(desk), now=now)
        pages.note(session, story, "ok" if number else "same", now=now)
    return name


def timer(desk: Desk) -> Actor:
    return replace(desk.actor(AN), person_id=None, via="timer")


def test_nobody_asked_yet_so_the_pane_offers_it(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    page = an.get(f"/tin-ve/{story}")
    assert "Lấy toàn văn" in page.words
    assert f"/tin-ve/{story}/toan-van" in page.actions()


def test_asking_waits_and_the_page_renews_itself(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    an.get(f"/tin-ve/{story}")
    after = an.get(an.post(f"/tin-ve/{story}/toan-van?nhom=da-chon").location)
    assert "Đang đọc trang của báo" in after.words
    assert "Lấy toàn văn" not in after.words
    assert 'data-live="on"' in after.text
    assert "live.js" in after.text
    with desk.database.reading() as session:
        assert pages.asked(session) == [story]


def test_when_the_timer_does_not_come_the_pane_says_so_and_waits_no_longer(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    an.get(f"/tin-ve/{story}")
    an.post(f"/tin-ve/{story}/toan-van")
    desk.clock.tick(minutes=6)
    page = an.get(f"/tin-ve/{story}")
    assert "có thể phần chạy tự động chưa bật" in page.words
    assert 'data-live="on"' not in page.text
    assert "Lấy toàn văn" in page.words


def test_the_full_text_stands_in_the_pane_with_who_and_when(desk: Desk, an: Browser, assets: Assets) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    name = reads(desk, assets, story)
    page = an.get(f"/tin-ve/{story}")
    told = ("Cây cầu treo dài 96 m", "Bà con thôn Bù Rên", "Tác giả: Hoài An", "đọc theo khuôn riêng", short(name))
    for words in told:
        assert words in page.words
    assert "chưa có thỏa thuận đăng lại" in page.words
    assert "Đọc lại trang" in page.words


def test_a_very_long_text_leaves_the_page_light(desk: Desk, an: Browser, assets: Assets) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    parts = [f"Đoạn {n}: " + "nước chảy qua cầu treo " * 40 for n in range(220)]
    reads(desk, assets, story, text="\n\n".join(parts), digest="2" * 64)
    reads(desk, assets, story, text="\n\n".join(part.replace("nước", "gió") for part in parts), digest="3" * 64)
    page = an.get(f"/tin-ve/{story}")
    assert "Bài còn dài" in page.words
    assert "đoạn nữa" in page.words
    assert len(page.text.encode()) < 80_000  # of the 150 kB of a page, with its style sheets


def test_what_the_outlet_changed_is_shown_word_by_word(desk: Desk, an: Browser, assets: Assets) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    reads(desk, assets, story)
    reads(desk, assets, story, text=BODY.replace("96 m", "69 m"), digest="2" * 64)
    page = an.get(f"/tin-ve/{story}")
    assert "Báo đã sửa bài lúc" in page.words
    assert "xem chỗ sửa" in page.words
    assert {f"/tin-ve/{story}/bang-chung/1", f"/tin-ve/{story}/bang-chung/2"} <= set(page.links())
    assert '<del><span class="sr">bớt: </span>96</del>' in page.text
    assert '<ins><span class="sr">thêm: </span>69</ins>' in page.text


def test_a_change_of_the_feed_is_shown_as_well(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu treo qua suối Rạt", summary="Cầu dài 96 m.")
    with desk.database.writing() as session:
        first = stories.revisions(session, story)[0]
        values = {"title": first.title, "evidence": first.evidence, "fetched_from": first.fetched_from}
        later = Revision(
            story_id=story, number=2, summary="Cầu dài 69 m.", digest="2", fetched_at=desk.clock.tick(), **values
        )
        session.add(later)
    page = an.get(f"/tin-ve/{story}")
    assert "Báo đã sửa tít hoặc tóm tắt lúc" in page.words
    assert "bớt: 96" in page.words


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"differs": True}, "Hai cách đọc trang này khác nhau nhiều"),
        ({"title": "Đính chính thông tin về cầu treo"}, "Trang này báo có đính chính"),
        ({"standfirst": "Bài viết này đã được gỡ."}, "Trang này cho biết bài đã bị gỡ"),
    ],
)
def test_doubts_about_a_page_are_told(
    desk: Desk, an: Browser, assets: Assets, changed: dict[str, Any], told: str
) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    reads(desk, assets, story, **changed)
    assert told in an.get(f"/tin-ve/{story}").words


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("page_gone", "Trang không còn nữa"),
        ("robots", "Mở trang của báo, chép nội dung rồi dán vào"),
        ("timeout", "Báo chưa trả lời xong"),
    ],
)
def test_a_trouble_is_told_with_what_to_do(desk: Desk, an: Browser, outcome: str, told: str) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    with desk.database.writing() as session:
        pages.note(session, story, outcome, now=desk.clock.tick())
    page = an.get(f"/tin-ve/{story}")
    assert told in page.words
    assert "Đọc lại trang" in page.words
    assert any(link.startswith("/tin-ve/them?tieu-de=") for link in page.links()) == (outcome != "page_gone")


def test_the_evidence_is_a_download_and_never_a_page(desk: Desk, an: Browser, assets: Assets) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    reads(desk, assets, story)
    answer = an.client.get(f"/tin-ve/{story}/bang-chung/1")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert gzip.decompress(answer.data).startswith(b"WARC/1.1\r\n")
    answer.close()


def test_evidence_that_was_changed_on_the_disk_is_not_handed_out(desk: Desk, an: Browser, assets: Assets) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    name = reads(desk, assets, story)
    assets.path(name).write_bytes(gzip.compress(b"WARC/1.1\r\n\r\nforged"))
    page = an.get(f"/tin-ve/{story}/bang-chung/1", status=400)
    assert "Bằng chứng đã lưu bị hỏng" in page.words


@pytest.mark.parametrize("path", ["bang-chung/9", "bang-chung/0"])
def test_evidence_that_is_not_there_is_not_found(desk: Desk, an: Browser, path: str) -> None:
    an.get(f"/tin-ve/{desk.receives('Cầu treo')}/{path}", status=404)


def test_who_may_not_fetch_is_offered_nothing_and_refused(desk: Desk, browser: Browser) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    browser.signs_in(MAI)
    assert "Lấy toàn văn" not in browser.get(f"/tin-ve/{story}").words
    browser.post(f"/tin-ve/{story}/toan-van", status=403)


def test_hostile_words_of_a_page_are_text(desk: Desk, an: Browser, assets: Assets) -> None:
    story = desk.receives("Cầu treo qua suối Rạt")
    reads(desk, assets, story)
    reads(desk, assets, story, text="<script>alert(1)</script> 96 m", digest="3" * 64)
    page = an.get(f"/tin-ve/{story}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_long_stretches_between_changes_are_cut_short() -> None:
    words = " ".join(f"từ{n}" for n in range(60))
    assert "…" in render(compare(f"{words} cũ", f"{words} mới"))
    assert len(render(compare("", "nước " * 10_000))) < 6_000


def test_an_outlet_that_changed_its_layout_is_told_on_the_first_page_and_beside_the_sources(
    desk: Desk, an: Browser
) -> None:
    desk.receives("Cầu treo qua suối Rạt")
    told = "Báo Sao Mai đã đổi cách trình bày trang bài"
    for misses in range(pages.MISSES):
        assert told not in an.get("/hom-nay").words, misses
        with desk.database.writing() as session:
            pages.count_layout(session, "sao-mai", missed=True)
    assert told in an.get("/hom-nay").words
    assert told in an.get("/he-thong/nguon").words
    with desk.database.writing() as session:
        pages.count_layout(session, "sao-mai", missed=False)
    assert told not in an.get("/hom-nay").words


def test_a_sample_story_has_no_page_to_be_read(desk: Desk, an: Browser) -> None:
    story = desk.receives("Cầu treo qua suối Rạt", url="https://sao-mai.example/cau.html")
    assert "Lấy toàn văn" not in an.get(f"/tin-ve/{story}").words


def test_the_log_tells_of_several_pages_in_one_line(desk: Desk, tam: Browser, assets: Assets) -> None:
    for title in ("Cầu treo qua suối Rạt", "Lớp học đêm"):
        reads(desk, assets, desk.receives(title), at=NOW)
    assert "đọc 2 trang bài của các báo" in tam.get("/he-thong").words
