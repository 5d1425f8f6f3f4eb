"""One person in front of one browser window: opens, reads, types and presses as people do, by the words on the page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, Page, Request, Response, expect

from app.web.notices import SAID
from app.words import gettext

DESKTOP, PHONE, NARROW = (1366, 768), (390, 844), (320, 640)
CSP_WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));"""


def vi(words: str, **values: object) -> str:
    """The words of the interface as the page shows them; tests name buttons and fields by their msgids."""
    return gettext(words, "vi", **values)


@dataclass
class Visitor:
    """A person with a browser of her own. Everything the browser complains about is kept in `troubles`."""

    name: str
    address: str
    page: Page
    troubles: list[str] = field(default_factory=list)
    is_forgiving: bool = False

    @classmethod
    def arrives(
        cls, chromium: Browser, name: str, address: str, size: tuple[int, int] = DESKTOP, **more: Any
    ) -> "Visitor":
        """A fresh browser window in Viet Nam."""
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=size[0] < 1000,
            **more,
        )
        context.set_default_timeout(15_000)
        context.add_init_script(CSP_WATCH)
        visitor = cls(name, address, context.new_page())
        visitor._listen()
        return visitor

    def leaves(self) -> None:
        """Closes the browser; whatever went wrong on the way is an error now."""
        self.page.context.close()
        assert not self.troubles, f"{self.name}: {self.troubles}"

    # what she does

    def opens(self, path: str) -> Response:
        """Types an address of the desk."""
        answer = self.page.goto(self.address + path)
        assert answer
        return answer

    def signs_in(self, passphrase: str) -> "Visitor":
        """Through the door."""
        self.opens("/dang-nhap")
        self.types("Name", self.name)
        self.types("Passphrase", passphrase)
        self.presses("Sign in")
        expect(self.page).to_have_url(re.compile("/hom-nay$"))
        return self

    def goes_to(self, word: str) -> None:
        """By a word of the left bar; on a phone by the bar below."""
        here = self.page.get_by_role("link", name=re.compile(rf"^{vi(word)}(\s+\d+.*)?$"))
        direct = here.locator("visible=true")
        if not direct.count():
            self.page.locator(".tabbar summary").click()
        direct.first.click()

    def types(self, label: str, text: str, within: Locator | None = None) -> None:
        """Into the field whose label begins like this."""
        self.field(label, within).fill(text)

    def taps_out(self, label: str, text: str) -> None:
        """Letter by letter, behind what stands there."""
        place = self.field(label)
        place.click()
        place.press("End")
        place.press_sequentially(text, delay=5)

    def chooses(self, label: str, option: str) -> None:
        """One of a list."""
        self.field(label).select_option(label=option)

    def presses(self, label: str, within: Locator | None = None) -> None:
        """The button, or the link that looks like one."""
        root = within or self.page
        named = re.compile(rf"^{re.escape(vi(label))}( [A-Z])?$")
        root.get_by_role("button", name=named).or_(root.get_by_role("link", name=named)).first.click()

    def follows(self, label: str, within: Locator | None = None) -> None:
        """A link with these words in it."""
        (within or self.page).get_by_role("link", name=vi(label)).first.click()

    def takes(self, label: str, within: Locator | None = None) -> Path:
        """Saves the file behind a link; where it lies."""
        with self.page.expect_download() as coming:
            (within or self.page).get_by_role("link", name=vi(label)).first.click()
        taken: Download = coming.value
        return Path(taken.path())

    # what she sees

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The one field with this label."""
        named = re.compile(rf"^\s*{re.escape(vi(label))}(?!\d)")
        return (within or self.page).get_by_label(named).first

    def part(self, heading: str) -> Locator:
        """The section under a heading."""
        return self.page.locator("section").filter(has=self.page.get_by_role("heading", name=vi(heading))).first

    def sees(self, words: str, within: Locator | None = None) -> None:
        """The words stand in the page, or will soon."""
        expect(within or self.page.locator("body")).to_contain_text(vi(words), timeout=20_000)

    def is_told(self, code: str) -> None:
        """The line that says what was just done."""
        self.sees(SAID[code][1])

    @contextmanager
    def expecting_trouble(self) -> Iterator[None]:
        """While a server is away on purpose, a failed request is no news."""
        self.is_forgiving = True
        yield
        self.is_forgiving = False

    def _listen(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))
        self.page.on("requestfailed", self._miss)
        self.page.on("response", self._get)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console: {message.text}")

    def _miss(self, request: Request) -> None:
        # a page left while a picture still loads, and a click that turns into a download, are no faults
        if request.failure != "net::ERR_ABORTED":
            self._note(f"failed: {request.url} {request.failure}")

    def _get(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"answer {response.status}: {response.url}")

    def _note(self, trouble: str) -> None:
        if not self.is_forgiving:
            self.troubles.append(f"{trouble} (on {self.page.url})")
