"""In a real Chromium: the list renews itself while one types, stories are marked by keys, a rule is tried and kept."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, Page, expect

from app.store.database import Database
from app.web.application import create_app
from config import Config
from tests.people import AN, PASSPHRASE, Clock
from tests.scenario import Desk


@pytest.fixture
def address(tmp_path: Path, database: Database, clock: Clock) -> Iterator[str]:
    app = create_app(Config(data_dir=tmp_path / "var"), database, now=clock)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture
def page(chromium: Browser, address: str, desk: Desk) -> Iterator[Page]:
    """Chị Hoài An, with three stories to look at."""
    for title in ("Giải bóng đá huyện", "Bà con giữ nghề dệt thổ cẩm", "Cầu mới qua suối Rạt"):
        desk.receives(title)
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto(f"{address}/dang-nhap")
    tab.fill("#o-ten", AN)
    tab.fill("#o-mat-khau", PASSPHRASE)
    tab.click("button.btn-main")
    tab.goto(f"{address}/tin-ve")
    yield tab
    context.close()
    assert not troubles


def test_the_list_renews_itself_while_one_types_and_the_keys_go_on_working(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("tho c")
    titles = page.locator("[data-story]")
    expect(titles).to_have_count(1)
    expect(titles).to_have_text("Bà con giữ nghề dệt thổ cẩm")
    expect(page.locator("#tim")).to_be_focused()
    expect(page.locator("#tim")).to_have_value("tho c")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    expect(titles).to_have_count(3)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[aria-current][data-story]")).to_have_text("Bà con giữ nghề dệt thổ cẩm")


def test_a_star_and_a_tag_by_keys(page: Page) -> None:
    page.keyboard.press("q")
    expect(page.locator(".story.is-on .starred")).to_be_visible()
    page.keyboard.press("g")
    page.get_by_label("Thẻ", exact=True).fill("Hạ tầng")
    page.keyboard.press("Enter")
    expect(page.locator(".story.is-on .tag")).to_have_text("Hạ tầng")
    page.locator("#loc-dau").select_option(label="Thẻ: Hạ tầng")
    expect(page.locator("[data-story]")).to_have_count(1)


def test_a_rule_is_tried_kept_and_taken_back(page: Page) -> None:
    page.get_by_role("link", name="Quy tắc").click()
    page.get_by_label("Tên quy tắc").fill("Bỏ tin thể thao")
    page.get_by_label("có một trong các từ").fill("bóng đá, V.League")
    page.get_by_label("bỏ tin").check()
    page.get_by_role("button", name="Thử trước").click()
    expect(page.locator(".hits mark")).to_have_text("bóng đá")
    page.get_by_role("button", name="Lưu và áp dụng cả 1 tin cũ này").click()
    expect(page.locator("#luot")).to_contain_text("Đã xử lý 1 tin.")
    page.get_by_role("button", name="Lấy lại tất cả").click()
    expect(page.locator("#luot")).to_contain_text("Đã lấy lại 1 tin.")
    page.get_by_role("link", name="Tin về").first.click()
    expect(page.locator("[data-story]")).to_have_count(3)
