"""The two invented outlets as they would stand on the web: RSS with the oddities of real ones, pages, pictures."""

import hashlib
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from feeds.samples.stories import PICTURES, VIETNAM, Press, Sample, read_press, read_stories

FEED_PATH = "rss/trang-chu.rss"
DECOMPOSED = "md-12"  # real feeds hold a few texts in NFD; so does this one

_CATALOGUE = """\
[[outlet]]
id = "{id}"
name = "{name}"
credit = "{name}"
site = "{base_url}/{id}"
hosts = ["127.0.0.1", "{host}"]
picture_hosts = ["127.0.0.1"]
summary_prefix = ["({name})"]

[[outlet.source]]
id = "{id}-trang-chu"
name = "Trang chủ"
url = "{base_url}/{id}/{path}"
grade = "A"
"""

_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{name} - Trang chủ</title><link>https://{host}</link>
<description>{name}: tin mẫu, người và việc đều hư cấu</description><language>vi-vn</language>
{items}
</channel></rss>
"""

_PAGE = """\
<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{title} | {name}</title>
<meta property="og:title" content="{title}"><meta property="og:description" content="{summary}">
<meta property="article:published_time" content="{time}"></head>
<body><header><a href="/">{name}</a></header>
<main><article><h1>{title}</h1><time datetime="{time}">{day}</time>
<p class="sapo">{summary}</p>
{figure}
{body}
</article></main><footer>Trang mẫu: người, nơi chốn và số liệu đều hư cấu.</footer></body></html>
"""


def feed(press: Press, now: datetime, base_url: str, *, named: bool = False) -> bytes:
    """RSS 2.0 of one outlet at `now`. Pictures lie under `base_url`; so do pages, or under its own name if `named`."""
    stories = [story for story in read_stories(now) if story.outlet == press.id]
    site = f"https://{press.host}" if named else f"{base_url}/{press.id}"
    item = _datdo_item if press.id == "datdo" else _miendong_item
    related = stories[-1]
    items = "\n".join(item(story, site, base_url, related) for story in stories)
    return _RSS.format(name=escape(press.name), host=press.host, items=items).encode()


def page(story: Sample, base_url: str) -> bytes:
    """The story's own page."""
    press = next(press for press in read_press() if press.id == story.outlet)
    picture = (
        f'<figure><img src="{base_url}/anh/{story.picture}" alt="{escape(story.alt)}">'
        f"<figcaption>{escape(story.caption)} {escape(story.credit)}</figcaption></figure>"
    )
    published_at = story.published_at.astimezone(VIETNAM)
    return _PAGE.format(
        title=escape(story.title),
        summary=escape(story.summary),
        name=escape(press.name),
        time=published_at.isoformat(),
        day=published_at.strftime("%d/%m/%Y %H:%M"),
        figure=picture if story.picture else "",
        body="\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.body),
    ).encode()


def outlets_toml(base_url: str) -> str:
    """A catalogue (as feeds.catalogue reads it) of the two outlets, served under `base_url`."""
    entries = (
        _CATALOGUE.format(id=press.id, name=press.name, host=press.host, base_url=base_url, path=FEED_PATH)
        for press in read_press()
    )
    return "\n".join(entries)


@contextmanager
def serve(now: datetime, *, named: bool = True) -> Iterator[str]:
    """Serves feeds, pages and pictures on 127.0.0.1 while the block runs; gives the base URL, without a slash.

    With `named`, links in the feeds bear the outlets' own names (datdo.example), so that what is made of them
    does not depend on the port; the pages themselves still lie under the base URL.
    """
    served: dict[str, tuple[str, bytes]] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, served))
    base_url = f"http://127.0.0.1:{server.server_address[1]}"
    served.update(_everything(now, base_url, named=named))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield base_url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _everything(now: datetime, base_url: str, *, named: bool) -> dict[str, tuple[str, bytes]]:
    files = {
        f"/{press.id}/{FEED_PATH}": ("application/rss+xml", feed(press, now, base_url, named=named))
        for press in read_press()
    }
    for story in read_stories(now):
        files[f"/{story.outlet}{story.path}"] = ("text/html; charset=utf-8", page(story, base_url))
    for picture in sorted(PICTURES.glob("*.jpg")):
        files[f"/anh/{picture.name}"] = ("image/jpeg", picture.read_bytes())
    return files


def _datdo_item(story: Sample, site: str, base_url: str, related: Sample) -> str:
    """A linked picture, a paragraph, sometimes a list of other stories; the offset written with a colon."""
    link = site + story.path
    picture = f'<a href="{link}"><img src="{base_url}/anh/{story.picture}"/></a>' if story.picture else ""
    summary = f"<p>{escape(story.summary)}</p>" if story.summary else ""
    anchor = f'<a href="{site}{related.path}">{escape(related.title)}</a>'
    others = f'<div style="clear: both;"><ul><li>{anchor}</li></ul></div>'
    more = others if story.topic == related.topic and story is not related else ""
    when = format_datetime(story.published_at.astimezone(VIETNAM)).replace("+0700", "+07:00")
    return (
        f"<item><title>{escape(story.title)}</title><link>{link}</link>"
        f"<description><![CDATA[{picture}{summary}{more}]]></description><pubDate>{when}</pubDate></item>"
    )


def _miendong_item(story: Sample, site: str, base_url: str, _related: Sample) -> str:
    """A bare picture, a broken line break, a signature; American dates without a zone; an enclosure."""
    when = story.published_at.astimezone(VIETNAM)
    hour = when.hour % 12 or 12
    date = f"{when.month}/{when.day}/{when.year} {hour}:{when:%M:%S} {'AM' if when.hour < 12 else 'PM'}"
    address = f"{base_url}/anh/{story.picture}"
    picture = f'<img src="{address}"></br>' if story.picture else ""
    size = (PICTURES / story.picture).stat().st_size if story.picture else 0
    enclosure = f'<enclosure url="{address}" type="image/jpeg" length="{size}"/>' if story.picture else ""
    summary = unicodedata.normalize("NFD", story.summary) if story.id == DECOMPOSED else story.summary
    return (
        f"<item><title><![CDATA[{story.title}]]></title><link><![CDATA[{site}{story.path}]]></link>"
        f"<description><![CDATA[{picture}(Đài Miền Đông) - {escape(summary)}]]></description>"
        f"<pubDate>{date}</pubDate>{enclosure}</item>"
    )


class _Handler(BaseHTTPRequestHandler):
    """Answers from a dictionary, with an ETag."""

    def __init__(self, served: Mapping[str, tuple[str, bytes]], *request: object) -> None:
        self._served = served
        super().__init__(*request)  # type: ignore[arg-type]  # what socketserver hands on, unchanged

    def do_GET(self) -> None:
        kind, body = self._served.get(self.path, ("", b""))
        if not kind:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
        self.send_header("ETag", tag)
        if not known:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Quiet: the terminal belongs to the demo."""
