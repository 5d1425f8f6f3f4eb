"""Every page of the desk looked at: on the office PC, on a phone, on the narrowest screen, and without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.cli.sample_desk import APPROVER, EDITOR, PASSPHRASE
from app.paths import STATIC
from tests.e2e.busy_desk import BusyDesk, make_busy_desk
from tests.e2e.conftest import Arrival
from tests.e2e.server import Server
from tests.e2e.visitor import DESKTOP, NARROW, PHONE, Visitor, vi

EDITORS_OWN = ("/he-thong/nguon/them",)  # an approver adds no sources
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["office", "phone", "narrow"])
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES, MOST_REQUESTS, MOST_SCRIPT, MOST_SHIFT = 150_000, 12, 60_000, 0.02
FONTS_AND_PICTURES = r"/phong-chu/|/anh/|/ban-thu/"
WEIGHT = """(light) => performance.getEntries()
  .filter((one) => ["navigation", "resource"].includes(one.entryType) && !new RegExp(light).test(one.name))
  .map((one) => [one.name, one.decodedBodySize])"""
SHIFT_WATCH = """window.shifted = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
}).observe({type: "layout-shift", buffered: true});"""
FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  return {name: one.tagName + " " + (one.textContent || one.name || "").trim().slice(0, 30),
    ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    seen: one === document.body || (box.width > 0 && box.bottom > 0 && box.top < innerHeight)};
}"""


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BusyDesk, Server]]:
    busy = make_busy_desk(tmp_path_factory.mktemp("month") / "var")
    server = Server(busy.data_dir).start()
    yield busy, server
    server.stop()


Look = Callable[[Visitor, str], list[str]]


def faults_of(visitor: Visitor, month: tuple[BusyDesk, Server], look: Look) -> list[str]:
    """What `look` finds on every page of the desk, each with its address."""
    paths = [path for path in month[0].paths if visitor.name != APPROVER or path not in EDITORS_OWN]
    return [f"{path}: {fault}" for path in paths for fault in look_at(visitor, path, look)]


def look_at(visitor: Visitor, path: str, look: Look) -> list[str]:
    answer = visitor.opens(path)
    assert answer.status == 200, path
    visitor.page.evaluate("document.fonts.ready.then(() => true)")
    return look(visitor, path)


@SIZES
def test_nothing_sticks_out_and_nothing_jumps(
    month: tuple[BusyDesk, Server], arrives: Arrival, size: tuple[int, int]
) -> None:
    visitor = arrives(EDITOR, month[1], size).signs_in(PASSPHRASE)
    visitor.page.add_init_script(SHIFT_WATCH)
    assert faults_of(visitor, month, find_overflow_and_shift) == []


def find_overflow_and_shift(visitor: Visitor, _path: str) -> list[str]:
    wide, inner, high, tall, is_fixed, shift = visitor.page.evaluate(
        """() => { const root = document.documentElement; return [root.scrollWidth, innerWidth, root.scrollHeight,
          innerHeight, innerWidth > 1000 && !!document.querySelector(".frame.fixed"), window.shifted]; }"""
    )
    faults = [f"{wide} px wide on {inner}"] if wide > inner else []
    faults += [f"scrolls {high} px in a fixed frame of {tall}"] if is_fixed and high > tall + 1 else []
    return [*faults, *([f"the page jumps by {shift:.3f}"] if shift > MOST_SHIFT else [])]


@pytest.mark.parametrize(("name", "size"), [(EDITOR, DESKTOP), (APPROVER, PHONE)], ids=["office", "phone"])
def test_axe_finds_nothing(month: tuple[BusyDesk, Server], arrives: Arrival, name: str, size: tuple[int, int]) -> None:
    visitor = arrives(name, month[1], size)
    assert look_at(visitor, "/dang-nhap", find_barriers) == []
    assert faults_of(visitor.signs_in(PASSPHRASE), month, find_barriers) == []


def find_barriers(visitor: Visitor, _path: str) -> list[str]:
    rules: dict[str, Any] = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    found = Axe().run(visitor.page, options=rules).response["violations"]
    return [f"{one['id']} at {node['html'][:120]}" for one in found for node in one["nodes"][:2]]


def test_tab_shows_where_it_is(month: tuple[BusyDesk, Server], arrives: Arrival) -> None:
    visitor = arrives(EDITOR, month[1]).signs_in(PASSPHRASE)
    assert faults_of(visitor, month, find_hidden_focus) == []


def find_hidden_focus(visitor: Visitor, _path: str) -> list[str]:
    faults = []
    for _ in range(14):
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(FOCUS)
        if not (stop["ring"] and stop["seen"]):
            faults.append(f"no visible focus on {stop['name']}")
    return faults


def test_pages_are_light(month: tuple[BusyDesk, Server], arrives: Arrival) -> None:
    visitor = arrives(EDITOR, month[1]).signs_in(PASSPHRASE)
    assert faults_of(visitor, month, find_weight) == []
    assert sum(script.stat().st_size for script in STATIC.rglob("*.js")) <= MOST_SCRIPT


def find_weight(visitor: Visitor, _path: str) -> list[str]:
    parts = visitor.page.evaluate(WEIGHT, FONTS_AND_PICTURES)
    size = sum(size for _, size in parts)
    faults = [f"{size} bytes"] if size > MOST_BYTES else []
    return [*faults, *([f"{len(parts)} requests"] if len(parts) > MOST_REQUESTS else [])]


def test_the_main_verbs_need_no_script(month: tuple[BusyDesk, Server], arrives: Arrival) -> None:
    busy, server = month
    an = arrives(EDITOR, server, java_script_enabled=False).signs_in(PASSPHRASE)
    an.goes_to("Stories in")
    title = an.page.locator("#doc-t").inner_text()
    an.presses("Keep")
    expect(an.page.locator("#doc-t")).not_to_have_text(title)
    an.opens(f"/bai/{busy.draft}")
    an.types("Standfirst", "Viết khi trình duyệt không chạy mã.")
    an.presses("Save")
    an.is_told("luu")
    expect(an.field("Standfirst")).to_have_value("Viết khi trình duyệt không chạy mã.")
    khanh = arrives(APPROVER, server, PHONE, java_script_enabled=False).signs_in(PASSPHRASE)
    khanh.goes_to("Approval")
    khanh.presses("Approve the article")
    khanh.is_told("duyet")


def test_an_unknown_address_answers_in_vietnamese(month: tuple[BusyDesk, Server], arrives: Arrival) -> None:
    visitor = arrives(EDITOR, month[1]).signs_in(PASSPHRASE)
    with visitor.expecting_trouble():
        assert visitor.opens("/khong-co").status == 404
        visitor.sees(vi("There is no such page"))
