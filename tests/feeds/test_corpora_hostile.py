"""The hostile collections through the real way in: as a feed's bytes, inside a feed's items, and packed on the wire."""

import html
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.outcomes import OUTCOMES
from tests.feeds.conftest import NOW
from tests.feeds.corpora import Told, check_limits, files_of, read_corpus
from tests.feeds.office import listing, open_desk
from tests.feeds.outlet_server import Handler, OutletServer

FOLDERS = ("xml", "generated", "ssrf", "unicode", "html_xss", "html_parsing", "images")
AN_ITEM = 400  # payloads in one feed; the cap on items is a thousand
PACKED = {  # what comes of a body that says it is gzip
    "transport/feed.xml.gz": ("ok", 25),
    "transport/gzip-bomb-1GB.gz": ("too_large", 0),
    "transport/gzip-bomb-50MB.gz": ("too_large", 0),
    "transport/not-gzip.gz": ("ok", 25),
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_served_as_a_feed_ends_in_a_name(material: Path, folder: str) -> None:
    check_limits(read_corpus(files_of(material / "hostile" / folder)))


def payloads(material: Path) -> Iterator[str]:
    """Every attack string of the collections."""
    hostile = material / "hostile"
    for file in sorted((hostile / "html_xss").rglob("*.txt")):
        if file.name != "SOURCE.txt":
            yield from file.read_text("utf-8", "replace").splitlines()
    for file in sorted((hostile / "html_xss/bleach").glob("*.test")):
        yield file.read_text("utf-8").partition("\n--\n")[0]
    yield from (entry["payload"] for entry in _json(hostile / "html_xss/dompurify/expect.json"))
    yield from _strings(_json(hostile / "html_xss/html5sec/items.json"))
    yield from _strings(_json(hostile / "unicode/blns/blns.json"))
    yield from (entry["title"] for entry in _json(hostile / "generated/unicode/titles.json"))


def addresses(material: Path) -> Iterator[str]:
    """Every address that attacks the server or the reader of addresses."""
    yield from _json(material / "hostile/ssrf/refuse.json")
    for file in sorted((material / "hostile/unicode/ada_wpt_url").glob("*urltestdata.json")):
        yield from (entry["input"] for entry in _json(file) if isinstance(entry, dict))


def test_no_attack_inside_an_item_is_stored(material: Path, tmp_path: Path) -> None:
    found = [text for text in payloads(material) if text.strip()]
    assert len(found) > 3000
    told = _read_items(tmp_path, [_attack(text, "https://bao.example/1.html") for text in found])
    check_limits(told)
    assert sum(len(one.items) for one in told) > len(found) * 0.9
    assert {one.outcome for one in told} <= {"ok", "partial"}


def test_no_address_but_one_of_the_web_is_stored(material: Path, tmp_path: Path) -> None:
    found = list(addresses(material))
    assert len(found) > 600
    told = _read_items(tmp_path, [_attack("Tin", address) for address in found])
    check_limits(told)
    kept = [url for one in told for _, url, _ in one.items if url]
    assert not [url for url in kept if not url.startswith(("http://", "https://"))]
    assert not [url for url in kept if "@" in url.partition("//")[2].partition("/")[0]]


@pytest.mark.parametrize("name", PACKED)
def test_packed_answers_are_read_or_cut_at_the_limit(
    material: Path, tmp_path: Path, outlet: OutletServer, name: str
) -> None:
    body = (material / "hostile/generated" / name).read_bytes()

    def habit(handler: Handler) -> None:
        handler.answer(200, body, Content_Type="application/xml", Content_Encoding="gzip")

    outlet.behave("/bao.rss", habit)
    desk = open_desk(tmp_path, listing(outlet, "bao"))
    started = time.monotonic()
    report = desk.read_one(now=NOW)
    desk.database.close()
    assert (report.outcome, report.new) == PACKED[name]
    assert time.monotonic() - started < 10
    assert report.outcome in OUTCOMES


def _attack(text: str, address: str) -> str:
    """An item that carries the text in every field, plain and escaped, and the address wherever one may stand."""
    inner, link = text.replace("]]>", "]] >"), html.escape(address, quote=True)
    return (
        f"<item><title><![CDATA[Tin {inner}]]></title><link>{link}</link><guid>{html.escape(text)}</guid>"
        f"<description>{html.escape(text)}</description><author>{html.escape(html.escape(text))}</author>"
        f'<enclosure url="{link}" type="image/jpeg" length="1"/><pubDate>{html.escape(text[:40])}</pubDate></item>'
    )


def _read_items(folder: Path, items: list[str]) -> list[Told]:
    files = []
    for start in range(0, len(items), AN_ITEM):
        file = folder / f"{start}.xml"
        body = "".join(items[start : start + AN_ITEM])
        file.write_text(f"<rss version='2.0'><channel><title>Báo</title>{body}</channel></rss>", "utf-8", "replace")
        files.append(file)
    return read_corpus(files)


def _json(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))
