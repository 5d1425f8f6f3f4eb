"""The two invented outlets on the wire: feeds with the oddities of real ones, pages, pictures, catalogue, server."""

import re
import unicodedata
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.catalogue import read_catalogue
from feeds.samples.feed import DECOMPOSED, FEED_PATH, feed, outlets_toml, page, serve
from feeds.samples.stories import PICTURES, read_press, read_stories

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 16:00 of a Monday in Viet Nam
BASE = "http://127.0.0.1:9999"
STORIES = {story.id: story for story in read_stories(NOW)}


def items(outlet: int, *, named: bool = False) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(feed(read_press()[outlet], NOW, BASE, named=named))
    return root.findall("./channel/item")


def test_feeds_are_xml_with_forty_links_of_their_own() -> None:
    links = [item.findtext("link", "") for outlet in (0, 1) for item in items(outlet)]
    assert len(set(links)) == 40
    assert all(link.startswith(BASE) for link in links)


def test_named_feeds_link_to_the_outlets_own_names() -> None:
    assert items(0, named=True)[0].findtext("link", "").startswith("https://datdo.example/")
    assert items(1, named=True)[0].findtext("link", "").startswith("https://miendong.example/")


def test_the_first_outlet_writes_dates_and_pictures_in_its_way() -> None:
    bridge = next(item for item in items(0) if "suối Đắk Lơ" in item.findtext("title", ""))
    description = bridge.findtext("description", "")
    assert bridge.findtext("pubDate") == "Mon, 23 Nov 2026 11:00:00 +07:00"
    assert re.match(rf'<a href="{BASE}/datdo/[^"]+"><img src="{BASE}/anh/cau.jpg"/></a><p>Nhà nước', description)


def test_the_second_outlet_writes_dates_and_pictures_in_its_way() -> None:
    bridge = next(item for item in items(1) if "Đắk Lơ" in item.findtext("title", ""))
    enclosure = bridge.find("enclosure")
    assert bridge.findtext("pubDate") == "11/23/2026 12:00:00 PM"
    assert bridge.findtext("description", "").startswith(f'<img src="{BASE}/anh/gop-da.jpg"></br>(Đài Miền Đông) - Cầu')
    assert enclosure is not None
    assert enclosure.get("url") == f"{BASE}/anh/gop-da.jpg"


def test_one_summary_comes_decomposed_as_in_real_feeds() -> None:
    drip = next(item for item in items(1) if STORIES[DECOMPOSED].title == item.findtext("title"))
    assert not unicodedata.is_normalized("NFC", drip.findtext("description", ""))


def test_a_page_carries_the_whole_story() -> None:
    text = page(STORIES["dd-01"], BASE).decode()
    assert all(paragraph in text for paragraph in STORIES["dd-01"].body)
    assert f"{BASE}/anh/cau.jpg" in text


def test_the_catalogue_is_one_the_reader_accepts(tmp_path: Path) -> None:
    file = tmp_path / "outlets.toml"
    file.write_text(outlets_toml(BASE), "utf-8")
    catalogue = read_catalogue(file)
    assert [outlet.name for outlet in catalogue.outlets] == ["Báo Đất Đỏ", "Đài Miền Đông"]
    assert [source.state for source in catalogue.sources] == ["on", "on"]
    assert catalogue.outlet_of("https://datdo.example/a.html") == catalogue.outlets[0]


def test_the_server_gives_feeds_pages_and_pictures_and_says_what_is_unchanged() -> None:
    with serve(NOW) as base_url:
        address = f"{base_url}/datdo/{FEED_PATH}"
        with urllib.request.urlopen(address, timeout=5) as answer:
            tag, body = answer.headers["ETag"], answer.read()
        assert body == feed(read_press()[0], NOW, base_url, named=True)
        again = urllib.request.Request(address, headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(again, timeout=5)
        with urllib.request.urlopen(f"{base_url}/datdo{STORIES['dd-01'].path}", timeout=5) as answer:
            assert "Điểu Vrang" in answer.read().decode()
        with urllib.request.urlopen(f"{base_url}/anh/cau.jpg", timeout=5) as answer:
            assert answer.read() == (PICTURES / "cau.jpg").read_bytes()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{base_url}/anh/../stories.toml", timeout=5)
