"""In a real Chromium: words typed while the server is away are kept, told of by the chip, and sent when it is back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from app.store.database import Database
from app.web.application import create_app
from config import Config
from tests.people import AN, PASSPHRASE, Clock
from tests.scenario import Desk


@pytest.fixture
def app(tmp_path: Path, database: Database, clock: Clock) -> Flask:
    return create_app(Config(data_dir=tmp_path / "var"), database, now=clock)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


@pytest.fixture
def editor(tab: Page, address: str, desk: Desk) -> tuple[Page, str]:
    """Hoài An has her article open."""
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    article = desk.writes()
    tab.goto(f"{address}/dang-nhap")
    tab.fill("#o-ten", AN)
    tab.fill("#o-mat-khau", PASSPHRASE)
    tab.click("button.btn-main")
    tab.goto(f"{address}/bai/{article}")
    assert not troubles
    return tab, article


def test_a_pause_saves_and_the_findings_follow(editor: tuple[Page, str], desk: Desk) -> None:
    page, article = editor
    page.fill("#o-standfirst", "Gọi số 0912 345 678 để hỏi.")
    expect(page.locator("[data-save]")).to_contain_text("chờ gửi 1")
    expect(page.locator("[data-save]")).to_have_text("Đã lưu", timeout=15_000)
    expect(page.locator("#cot-phai")).to_contain_text("0912 345 678")
    assert desk.content(article).standfirst == "Gọi số 0912 345 678 để hỏi."


def test_a_lost_server_keeps_the_words_in_this_browser(editor: tuple[Page, str], desk: Desk) -> None:
    page, article = editor

    def away(route: Route) -> None:
        route.abort()

    page.route("**/o", away)
    page.fill("#o-headline", "Khung dệt của bà")
    expect(page.locator("[data-save]")).to_contain_text("Mất máy chủ từ", timeout=15_000)
    assert desk.content(article).headline != "Khung dệt của bà"
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#o-headline")).to_have_value("Khung dệt của bà")
    page.unroute("**/o", away)
    page.reload()
    expect(page.locator("[data-save]")).to_have_text("Đã lưu", timeout=20_000)
    assert desk.content(article).headline == "Khung dệt của bà"


def test_keys_walk_through_the_stories_and_rest_while_typing(tab: Page, address: str, desk: Desk) -> None:
    for title in ("Cầu mới qua suối Rạt", "Lớp xóa mù chữ ở Đăk Ơ"):
        desk.receives(title)
    tab.goto(f"{address}/dang-nhap")
    tab.fill("#o-ten", AN)
    tab.fill("#o-mat-khau", PASSPHRASE)
    tab.click("button.btn-main")
    tab.goto(f"{address}/tin-ve")
    first = tab.locator("#doc-t").inner_text()
    tab.keyboard.press("j")
    expect(tab.locator("#doc-t")).not_to_have_text(first)
    tab.keyboard.press("x")
    expect(tab.locator(".undo")).to_contain_text("Đã bỏ")
    tab.keyboard.press("/")
    tab.keyboard.type("xsm")
    assert tab.locator("#tim").input_value() == "xsm"
    expect(tab.locator(".tabs")).to_contain_text("Đã bỏ 1")
