"""The child that holds WeasyPrint: it lays out and prints under limits, and reaches only the bytes it was given.

Nothing but a child process imports this module.
"""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from app.machine import limit_resources
from outbox import fontconfig
from outbox.geometry import Box, Layout
from outbox.orders import Order

# Before WeasyPrint is loaded, for it reads the machine's fonts as it loads. The folder lives as long as this process.
_OWN_FONTS = tempfile.TemporaryDirectory(prefix="bantin-phong-chu-")
os.environ["FONTCONFIG_FILE"] = str(fontconfig.write(Path(_OWN_FONTS.name)))

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: E402

PT_PER_PX = 0.75


class SealedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves `asset:NAME` from the order and nothing else; anything else ends the render."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False)
        self._assets = assets

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        name = url.removeprefix("asset:")
        if not url.startswith("asset:") or name not in self._assets:
            raise FatalURLFetchingError(f"not in the snapshot: {url[:80]}")
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": _mime(name)})


class _Loud(logging.Handler):
    """Remembers what WeasyPrint would only have logged: a picture or font that failed is an error here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.failures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if record.levelno >= logging.ERROR or "Failed to load" in words or "font-face" in words.lower():
            self.failures.append(words[:300])


def serve(orders: Connection, order: Order) -> None:
    """Answers ("lay" | "print", html) with ("ok", Layout | bytes) or ("bad", why) until the parent hangs up."""
    limit_resources(cpu_seconds=order.cpu_seconds, megabytes=order.megabytes)
    os.environ["SOURCE_DATE_EPOCH"] = str(order.made_at)
    tempfile.tempdir = order.scratch  # WeasyPrint writes every font there and clears up only when it ends in peace
    desk = _Desk(order)
    actions: dict[str, Callable[[str], Layout | bytes]] = {"lay": desk.lay, "print": desk.print}
    while True:
        try:
            action, html = orders.recv()
        except (EOFError, OSError):
            return
        try:
            orders.send(("ok", actions[action](html)))
        except MemoryError:
            orders.send(("memory", ""))
            return
        except (Exception, FatalURLFetchingError) as error:  # the outermost loop of this process; the parent words it
            orders.send(("bad", f"{type(error).__name__}: {error}"[:300]))


class _Desk:
    """One set of style sheets and fonts, read once and used for every layout."""

    def __init__(self, order: Order) -> None:
        self._log = _Loud()
        logger = logging.getLogger("weasyprint")
        logger.handlers[:] = [self._log]
        logger.propagate = False
        self._fetcher = SealedFetcher(order.assets)
        self._fonts = FontConfiguration()
        self._sheets = [
            CSS(string=text, font_config=self._fonts, url_fetcher=self._fetcher, base_url=None) for text in order.sheets
        ]

    def lay(self, html: str) -> Layout:
        return _geometry(self._render(html).pages)

    def print(self, html: str) -> bytes:
        data = self._render(html).write_pdf(presentational_hints=False)
        return bytes(data)

    def _render(self, html: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # WeasyPrint ships no types
        document = HTML(string=html, base_url=None, url_fetcher=self._fetcher).render(
            font_config=self._fonts, stylesheets=self._sheets, presentational_hints=False
        )
        if self._log.failures:
            raise ValueError(self._log.failures[0])
        return document


def _mime(name: str) -> str:
    kinds = {"svg": "image/svg+xml", "jpg": "image/jpeg", "png": "image/png", "ttf": "font/ttf", "css": "text/css"}
    return kinds[name.rpartition(".")[2]]


def _geometry(pages: list) -> Layout:  # type: ignore[type-arg]  # WeasyPrint ships no types
    """Where things came to lie, in points from the top of each page's text block."""
    bottoms, boxes, over = [], {}, []
    for number, page in enumerate(pages, 1):
        frame = page._page_box
        top, lowest = frame.content_box_y(), 0.0
        for box, right in _walk(frame.children[0], frame.content_box_x() + frame.width):
            low = (box.position_y + box.margin_height() - top) * PT_PER_PX if _is_ink(box) else 0.0
            lowest = max(lowest, low)
            name = (
                box.element.get("id") if box.element is not None and not box.element_tag.endswith(":marker") else None
            )
            if name and name not in boxes and hasattr(box, "border_height"):
                y = (box.border_box_y() - top) * PT_PER_PX
                boxes[name] = Box(number, y, box.border_height() * PT_PER_PX)
            if hasattr(box, "text") and box.position_x + box.width > right + 1.5:
                over.append(box.text.strip()[:60])
        bottoms.append(lowest)
    return Layout(len(pages), tuple(bottoms), boxes, tuple(over))


def _is_ink(box) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001  # WeasyPrint ships no types
    if hasattr(box, "text") or hasattr(box, "replacement"):
        return True
    names = (box.element.get("class") or "") if box.element is not None else ""
    return bool({"ink"} & set(names.split())) and hasattr(box, "border_height")


def _walk(box, right: float) -> Iterator:  # type: ignore[no-untyped-def,type-arg]  # noqa: ANN001
    yield box, right
    for child in getattr(box, "children", ()):
        inner = right
        if hasattr(child, "border_height") and not hasattr(child, "text") and isinstance(child.width, (int, float)):
            edge = child.content_box_x() + child.width
            inner = edge if child.is_in_normal_flow() and child.__class__.__name__ in _BLOCKS else right
        yield from _walk(child, inner)


_BLOCKS = {"BlockBox", "FlexContainerBox", "FlexBox", "TableCellBox", "BlockContainerBox"}
