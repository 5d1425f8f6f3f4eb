"""A real server and a real browser: `serve` in a process of its own, one Chromium for all tests of this folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright

from app.web.fonts import FONTS, subset
from tests.e2e.server import Server
from tests.e2e.visitor import DESKTOP, Visitor

CHROMIUM = shutil.which("chromium") or ""
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Arrival(Protocol):
    """How a test asks for a person with a browser."""

    def __call__(self, name: str, server: Server, size: tuple[int, int] = DESKTOP, **more: Any) -> Visitor: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's own; a second sync_playwright() in one process fails, so this is the only one."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def fonts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The desk cuts its fonts to size on first use; once is enough for all the desks of these tests."""
    Server.fonts = tmp_path_factory.mktemp("fonts")
    for name in FONTS:
        subset(name, Server.fonts)


@pytest.fixture
def arrives(chromium: Browser) -> Iterator[Arrival]:
    """Opens windows; at the end each is closed, and what its browser complained about fails the test."""
    here: list[Visitor] = []

    def arrive(name: str, server: Server, size: tuple[int, int] = DESKTOP, **more: Any) -> Visitor:
        here.append(Visitor.arrives(chromium, name, server.address, size, **more))
        return here[-1]

    yield arrive
    for visitor in here:
        visitor.leaves()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts desks on folders of their own; all are stopped at the end."""
    started: list[Server] = []

    def start(data_dir: Path = tmp_path / "var", *, timer: bool = False) -> Server:
        started.append(Server(data_dir, timer=timer).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()
