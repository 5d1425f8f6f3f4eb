"""“Find the feed of this site” asks one host, shows titles, and lets a catch-all feed be seen for what it is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.models.errors import Unreadable
from feeds.outcomes import OUTCOMES
from feeds.sources.discovery import Search, discover, sample
from feeds.wire.line import open_line
from feeds.workbench import Workbench
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, open_desk
from tests.feeds.outlet_server import OutletServer, redirect

HOME = """<html><head><title>Báo Sao Mai</title>
<link rel="alternate" type="application/rss+xml" title="Tin mới" href="/nguon/moi.rss">
<link rel="alternate" type="application/rss+xml" href="https://khac.example/rss"></head>
<body><nav><a href="/rss.html">RSS</a></nav>{}</body></html>"""
ARTICLES = "".join(
    f'<h3><a href="/bai-ve-sóc-bom-bo-{n}-12345{n}.html">Bà con sóc Bom Bo làm được việc hay số {n}</a></h3>'
    for n in range(4)
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "var", "")
    yield desk
    desk.database.close()


def stories(*titles: str) -> bytes:
    return feed(*(item(title, f"https://x.vn/{n}-{title[:3]}.html") for n, title in enumerate(titles)))


def test_the_feeds_a_page_names_are_shown_with_titles_and_dates(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/", HOME.format("").encode(), "text/html")
    outlet.publish("/nguon/moi.rss", stories("Cầu mới", "Lớp dệt"))
    found = discover(desk.database, desk.config, outlet.url("/"), now=NOW)
    (door,) = [one for one in found.candidates if one.good]
    assert (found.title, door.name, door.count, door.full_text) == ("Báo Sao Mai", "Tin mới", 2, False)
    assert [one.title for one in door.samples] == ["Cầu mới", "Lớp dệt"]
    assert door.newest
    assert door.samples[0].at


def test_the_list_of_feeds_and_the_usual_places_are_looked_at_too(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/", HOME.format("").encode(), "text/html")
    outlet.publish("/rss.html", b'<a href="/rss/xa-hoi.rss">X\xc3\xa3 h\xe1\xbb\x99i</a>', "text/html")
    outlet.publish("/rss/xa-hoi.rss", stories("Lớp xóa mù chữ"))
    outlet.publish("/feed", stories("Đường mới về sóc"))
    found = discover(desk.database, desk.config, outlet.url("/"), now=NOW)
    assert {one.name or one.url for one in found.candidates if one.good} >= {"Xã hội"}
    assert sum(one.good for one in found.candidates) == 2


def test_a_catch_all_feed_is_told_as_the_twin_it_is(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/", HOME.format("").encode(), "text/html")
    for path in ("/nguon/moi.rss", "/rss/home.rss", "/rss.xml"):
        outlet.publish(path, stories("Tin chung một", "Tin chung hai"))
    found = discover(desk.database, desk.config, outlet.url("/"), now=NOW)
    assert [one.url for one in found.candidates if one.good] == [outlet.url("/nguon/moi.rss")]
    assert {one.same_as for one in found.candidates if not one.good} == {outlet.url("/nguon/moi.rss")}


def test_an_address_that_is_a_feed_itself_is_taken_as_it_is(desk: Desk, outlet: OutletServer) -> None:
    address = outlet.publish("/tin.rss", stories("Cầu mới"))
    found = discover(desk.database, desk.config, address, now=NOW)
    assert [(one.url, one.kind) for one in found.candidates] == [(address, "feed")]
    assert len(outlet.asked) == 1


def test_without_a_feed_the_page_itself_may_be_the_door(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/tin-tuc", HOME.format(ARTICLES).encode(), "text/html")
    found = discover(desk.database, desk.config, outlet.url("/tin-tuc"), now=NOW)
    (door,) = found.candidates
    assert (door.kind, door.count, door.name) == ("section", 4, "Báo Sao Mai")


def test_nobody_but_the_typed_host_is_asked(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/", HOME.format("").encode(), "text/html")
    outlet.behave("/nguon/moi.rss", redirect("http://169.254.169.254/latest"))
    found = discover(desk.database, desk.config, outlet.url("/"), now=NOW)
    assert not [one for one in found.candidates if one.good]
    assert {headers["host"] for _, headers in outlet.asked} == {f"127.0.0.1:{outlet.port}"}


def test_an_inner_address_is_refused(desk: Desk) -> None:
    desk.config = type(desk.config)(data_dir=desk.config.data_dir)
    with pytest.raises(Unreadable):
        discover(desk.database, desk.config, "http://10.0.0.1/", now=NOW)


def test_a_site_that_does_not_answer_says_why(desk: Desk, outlet: OutletServer) -> None:
    with pytest.raises(Unreadable) as trouble:
        discover(desk.database, desk.config, outlet.url("/khong-co"), now=NOW)
    assert trouble.value.msgid == OUTCOMES["gone"].msgid


def test_the_feeds_of_a_list_are_tried_in_their_order(desk: Desk, outlet: OutletServer) -> None:
    good = outlet.publish("/a.rss", stories("Cầu mới"))
    states = [
        (one.state, one.count)
        for one in sample(desk.database, desk.config, [(outlet.url("/x.rss"), "feed"), (good, "feed")], now=NOW)
    ]
    assert states == [("gone", 0), ("ok", 1)]
    assert sample(desk.database, desk.config, [], now=NOW) == []


def test_a_slow_site_is_not_asked_for_ever(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/", HOME.format("").encode(), "text/html")
    with (
        open_line(desk.database, desk.config, now=NOW) as fetcher,
        Workbench() as bench,
        ThreadPoolExecutor(2) as pool,
    ):
        over = Search(fetcher, bench, pool, frozenset({"127.0.0.1"}), NOW, until=0.0)
        assert over.fetch(outlet.url("/"), "feed") == OUTCOMES["timeout"].msgid
    assert not outlet.asked
