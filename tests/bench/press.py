"""Two hundred feeds of fifty stories on 127.0.0.1, with ETag and gzip, in a process of their own."""

import asyncio
import gzip
import hashlib
import html
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from random import Random

from app.desk.folding import fold
from feeds.dates import VIETNAM
from tests.bench.many import NOW
from tests.bench.telling import Telling

FEEDS, ITEMS = 200, 50
_RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>'
    "<title>Báo {n}</title><link>http://127.0.0.1/{n}</link><description>Tin mới</description>"
    "<language>vi</language>\n{items}</channel></rss>"
)
_ITEM = (
    "<item><title><![CDATA[{title}]]></title><link>{url}</link><guid>{url}</guid><pubDate>{when}</pubDate>"
    "<category>Thời sự</category><dc:creator>Phóng viên</dc:creator><description><![CDATA[{picture}{lead}]]>"
    "</description>{content}<slash:comments>0</slash:comments></item>\n"
)
_ATOM = (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo {n}</title>'
    '<link href="http://127.0.0.1/{n}"/><id>urn:bao:{n}</id><updated>2026-11-23T08:00:00+07:00</updated>\n{items}</feed>'
)
_ENTRY = (
    '<entry><title>{title}</title><link href="{url}"/><id>{url}</id><updated>{iso}</updated><author><name>PV</name>'
    '</author><summary type="html">{lead}</summary><content type="html">{content}</content></entry>\n'
)
_PICTURE = '<a href="{url}"><img src="{url}.jpg?w=1200&amp;q=100" width=130 height=100 /></a></br>'
_PARAGRAPH = '<p class="Normal" style="text-align:justify">{text}</p>\n'

Page = tuple[bytes, bytes, str]  # plain, gzipped, ETag


@dataclass(frozen=True)
class Press:
    """The running server: `url(n)` is its feed, `publish_more()` puts one new story on top of every feed."""

    port: int

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.port}/{number}.xml"

    def publish_more(self) -> None:
        urllib.request.urlopen(f"http://127.0.0.1:{self.port}/more", timeout=60).read()


@contextmanager
def running_press() -> Iterator[Press]:
    """Starts the server and ends it."""
    command = [sys.executable, "-m", "tests.bench.press"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Press(int(process.stdout.readline()))
        finally:
            process.kill()


def write_feeds() -> list[list[str]]:
    """Of each feed its items, the one that comes later first."""
    telling = Telling(Random(7))
    return [[_item(feed, n, telling) for n in range(ITEMS + 1)] for feed in range(FEEDS)]


def _item(feed: int, number: int, telling: Telling) -> str:
    title, lead = telling.story()
    url = f"http://127.0.0.1/{feed}/{fold(title).replace(' ', '-')}-post{feed * 1000 + number + 100_000}.html"
    when = NOW.astimezone(VIETNAM) - timedelta(minutes=17 * number + feed)
    paragraphs = "".join(_PARAGRAPH.format(text=" ".join(telling.story())) for _ in range(12))
    picture = _PICTURE.format(url=url)
    if feed % 10 == 9:
        words = (html.escape(text) for text in (title, picture + lead, picture + paragraphs))
        return _ENTRY.format_map(dict(zip(("title", "lead", "content"), words, strict=True), url=url, iso=when))
    content = f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded>" if feed % 5 == 0 else ""
    date = format_datetime(when)
    return _ITEM.format(title=title, lead=lead, url=url, when=date, picture=picture, content=content)


def _page(number: int, items: list[str]) -> Page:
    frame = _ATOM if number % 10 == 9 else _RSS
    body = frame.replace("{n}", str(number)).replace("{items}", "".join(items)).encode()
    return body, gzip.compress(body, 6), f'"{hashlib.sha256(body).hexdigest()[:16]}"'


async def serve() -> None:
    feeds = write_feeds()
    pages = {f"/{n}.xml": _page(n, items[1:]) for n, items in enumerate(feeds)}
    more = {f"/{n}.xml": _page(n, items[:-1]) for n, items in enumerate(feeds)}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
                path = lines[0].split(" ")[1]
                if path == "/more":
                    pages.update(more)
                writer.write(_answer(pages.get(path), headers))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  the one who started it reads the port
    await server.serve_forever()


def _answer(page: Page | None, headers: dict[str, str]) -> bytes:
    if page is None:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    plain, packed, etag = page
    if headers.get("if-none-match") == etag:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
    gzipped = "gzip" in headers.get("accept-encoding", "")
    body = packed if gzipped else plain
    encoding = "Content-Encoding: gzip\r\n" if gzipped else ""
    return (
        "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
        f"ETag: {etag}\r\n{encoding}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


if __name__ == "__main__":
    asyncio.run(serve())
