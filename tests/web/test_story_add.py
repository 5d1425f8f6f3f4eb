"""Thêm tin: one box for a link, a text, a document or a photo; nothing typed is lost, nothing is doubled."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.store import byhand
from app.web.application import create_app
from config import Config
from tests.feeds.brought import PAGE, document, photo
from tests.feeds.outlet_server import OutletServer, serving
from tests.people import LAM, MAI
from tests.scenario import Desk
from tests.web.page import Browser, Page

TEXT = "Lớp dệt ở Bom Bo\n\nBa mươi hộ cùng ngồi bên khung cửi.\n\nGià làng Điểu Vrang dạy lũ trẻ cột sợi."


@pytest.fixture
def outlet() -> Iterator[OutletServer]:
    with serving() as server:
        yield server


@pytest.fixture
def config(config: Config, outlet: OutletServer) -> Config:
    """A list of one outlet, which is the server on this machine."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    file = config.data_dir / "bao.toml"
    file.write_text(
        f'[[outlet]]\nid = "sao-mai"\nname = "Báo Sao Mai"\nsite = "{outlet.url("/")}"\n'
        f'hosts = ["127.0.0.1", "saomai.vn"]\n'
        f'[[outlet.source]]\nid = "sm"\nname = "Tin"\nurl = "{outlet.url("/rss")}"\n',
        "utf-8",
    )
    return replace(config, outlets_file=file, fetch_private_networks=True, fetch_timeout_seconds=3)


@pytest.fixture
def app(config: Config, desk: Desk) -> Flask:
    made = create_app(config, desk.database, now=desk.clock)
    desk.receives("Tin đầu tiên")  # the outlet's row
    return made


def send(browser: Browser, text: str = "", *files: tuple[bytes, str], status: int = 303, **fields: str) -> Page:
    browser.get("/tin-ve/them")
    form = {"noi-dung": text, "tep": [(io.BytesIO(data), name) for data, name in files], **fields}
    return browser.post("/tin-ve/them", form=form, status=status)


def test_a_pasted_text_becomes_a_story_that_says_it_was_typed_in(an: Browser) -> None:
    page = an.follow(send(an, TEXT))
    assert "Đã thêm tin" in page.words
    assert "Nhập tay, chưa đối chiếu với trang gốc" in page.words
    assert "người thêm: Hoài An" in page.words
    assert "Ba mươi hộ cùng ngồi bên khung cửi." in page.words


def test_the_same_text_twice_is_told_and_stays_one_story(an: Browser) -> None:
    first, again = send(an, TEXT), send(an, TEXT)
    assert first.location.partition("?")[0] == again.location.partition("?")[0]
    assert "không thêm trùng" in an.follow(again).words


def test_a_link_to_an_outlet_is_fetched_and_wears_its_badge(an: Browser, outlet: OutletServer) -> None:
    page = an.follow(send(an, outlet.publish("/nuoc-1234567.html", PAGE, "text/html; charset=utf-8")))
    assert "Bom Bo có nước sạch" in page.words
    assert "Lấy từ chính trang của báo" in page.words
    assert "chưa đối chiếu" not in page.words


def test_an_official_address_in_a_text_is_named_but_gives_no_badge(an: Browser) -> None:
    page = an.follow(send(an, f"{TEXT}\nhttps://saomai.vn/bai-1234567.html"))
    assert "chưa đối chiếu" in page.words
    assert "Địa chỉ ghi kèm là của Báo Sao Mai" in page.words


def test_a_lookalike_address_in_a_text_is_warned_of(an: Browser) -> None:
    page = an.follow(send(an, f"{TEXT}\nhttps://saomai-vn.com/bai-1234567.html"))
    assert "không phải là Báo Sao Mai" in page.words


def test_a_host_on_no_list_is_asked_about_first(an: Browser) -> None:
    page = send(an, "https://lang.example/bai", status=200)
    assert "lang.example không có trong danh sách báo chí chính thức" in page.words
    assert "Vẫn đọc trang này" in page.words
    assert page.field("noi-dung") == "https://lang.example/bai"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://saomai.vn.tin24.com/bai", "không phải là Báo Sao Mai"),
        ("https://facebook.com/ai-do/posts/1", "Mạng xã hội không cho chương trình đọc"),
        ("", "Chưa có nội dung"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stays_in_the_box(an: Browser, text: str, said: str) -> None:
    typed: dict[str, Any] = {"tieu-de": "Tiêu đề đã gõ"}
    page = send(an, text, status=422, **typed)
    assert said in page.words
    assert page.field("noi-dung") == text
    assert page.field("tieu-de") == "Tiêu đề đã gõ"


def test_a_page_that_is_gone_says_so_and_what_to_do(an: Browser, outlet: OutletServer) -> None:
    page = send(an, outlet.url("/khong-co.html"), status=422)
    assert "404" in page.words


def test_a_contributor_sends_a_photo_from_the_phone(app: Flask) -> None:
    lam = Browser(app).signs_in(LAM)
    typed: dict[str, Any] = {"chu-thich": "Bà Điểu Thị Xia bên khung cửi"}
    sent = send(lam, "", (photo(place=True), "../../IMG_1.jpg"), **typed)
    page = lam.follow(sent)
    assert "vị trí ấy đã được bỏ" in page.words
    assert "Bà Điểu Thị Xia bên khung cửi" in page.words


def test_a_photo_and_a_text_are_one_story(an: Browser) -> None:
    page = an.follow(send(an, TEXT, (photo(), "a.jpg"), (photo(colour="#28683f"), "b.jpg")))
    assert "Lớp dệt ở Bom Bo" in page.words
    assert "/anh/" in page.text


def test_a_document_is_added_alone(an: Browser) -> None:
    data = document("Bà con vui.", heading="Mừng lúa mới")
    assert "Mừng lúa mới" in an.follow(send(an, "", (data, "bai.docx"))).words
    refused = send(an, "Thêm chữ", (data, "bai.docx"), status=422)
    assert "tài liệu phải thêm riêng" in refused.words


def test_an_old_document_is_told_what_to_do(an: Browser) -> None:
    page = send(an, "", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bai.doc"), status=422)
    assert "lưu lại thành .docx" in page.words


def test_everybody_who_signs_in_may_bring_a_story(app: Flask) -> None:
    send(Browser(app).signs_in(MAI), TEXT)


def test_an_article_on_a_typed_story_wears_no_badge_and_credits_nobody(an: Browser) -> None:
    story = send(an, TEXT).location.split("?")[0]
    an.get(story)
    page = an.follow(an.post(f"{story}/viet-bai"))
    assert page.field("article.credit") == ""
    assert "Nhập tay" in page.words
    assert byhand.NAME == "Nhập tay"
