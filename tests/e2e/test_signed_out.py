"""In a real Chromium: the sign-in ends while somebody writes; the door opens in the page, and no word is lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from app.models.person import SignIn
from app.store.database import Database
from app.web.application import create_app
from config import Config
from tests.people import AN, LAM, PASSPHRASE, Clock
from tests.scenario import Desk


@pytest.fixture
def app(tmp_path: Path, database: Database, clock: Clock) -> Flask:
    return create_app(Config(data_dir=tmp_path / "var"), database, now=clock)


@pytest.fixture
def page(app: Flask, desk: Desk, chromium: Browser) -> Iterator[tuple[Page, str]]:
    """Hoài An has her article open."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    article, window = desk.writes(), chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
    window.goto(f"http://127.0.0.1:{server.effective_port}/dang-nhap")
    window.fill("#o-ten", AN)
    window.fill("#o-mat-khau", PASSPHRASE)
    window.click("button.btn-main")
    window.goto(f"http://127.0.0.1:{server.effective_port}/bai/{article}")
    yield window, article
    window.context.close()
    server.close()
    thread.join(5)


def end_every_sign_in(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.execute(update(SignIn).values(ended_at=desk.clock.now))


def test_words_are_kept_and_sent_after_signing_in_on_the_spot(page: tuple[Page, str], desk: Desk) -> None:
    window, article = page
    end_every_sign_in(desk)
    window.fill("#o-headline", "Khung dệt của bà")
    chip, gate = window.locator("[data-save]"), window.locator("#phien")
    expect(chip).to_contain_text("Hết phiên; giữ trên máy này 1 chỗ", timeout=15_000)
    expect(gate).to_be_visible()
    expect(window.locator("#o-headline")).to_have_value("Khung dệt của bà")
    window.fill("#dn-khau", "sai mật khẩu rồi")
    gate.get_by_role("button").click()
    expect(gate).to_contain_text("không khớp")
    window.fill("#dn-khau", PASSPHRASE)
    desk.clock.tick()
    gate.get_by_role("button").click()
    expect(gate).to_be_hidden()
    expect(chip).to_have_text("Đã lưu", timeout=15_000)
    assert desk.content(article).headline == "Khung dệt của bà"
    window.locator("#ghi-chu").fill("Đã gọi xã hỏi lại.")
    window.get_by_role("button", name="Giữ ghi chú").click()
    expect(window.locator("#rieng")).to_contain_text("Đã gọi xã hỏi lại.")


def test_the_chip_goes_on_saying_that_a_place_was_edited_twice(page: tuple[Page, str], desk: Desk) -> None:
    window, article = page
    desk.edits(article, by=LAM, headline="Bà con giữ khung dệt")
    window.fill("#o-headline", "Khung dệt của bà")
    expect(window.locator("[data-save]")).to_have_text("1 chỗ sửa trùng", timeout=15_000)
    window.fill("#o-standfirst", "Ba mươi hộ.")
    expect(window.locator("[data-save]")).to_have_text("1 chỗ sửa trùng", timeout=15_000)


def test_the_counters_follow_the_typing(page: tuple[Page, str]) -> None:
    window, _ = page
    window.fill("#o-headline", "Nước sạch")
    expect(window.locator('[data-count="o-headline"]')).to_have_text("9 chữ cái")
    window.fill("#p-1", "Mỗi sáng bà ngồi bên khung dệt")
    expect(window.locator("[data-count-words]")).to_have_text("7 chữ")
