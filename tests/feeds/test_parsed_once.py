"""Parsing only what is new: items that were read before are neither parsed nor decided on again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.outlet import Source, SourceMemory
from feeds.catalogue import Quirks
from feeds.parse import parse
from feeds.reading import read_items
from feeds.tidy import drop_unread, tidy
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer

LATER = NOW + timedelta(minutes=30)
OLD = [item(f"Tin {n}", f"https://bao.example/{n}.html") for n in range(3)]
FRESH = item("Tin mới", "https://bao.example/moi.html")


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    opened = open_desk(tmp_path, listing(outlet, "bao"))
    yield opened
    opened.database.close()


def test_only_the_new_item_reaches_the_parser(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(*OLD))
    assert desk.read_one().parsed == 3
    outlet.publish("/bao.rss", feed(FRESH, *OLD))
    report = desk.read_one(now=LATER)
    assert (report.parsed, report.new, report.changed) == (1, 1, 0)
    assert [story.title for story in desk.stories()][-1] == "Tin mới"


def test_a_changed_item_is_read_again(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(*OLD))
    desk.read()
    outlet.publish("/bao.rss", feed(OLD[0].replace("Tin 0", "Tin 0, đã sửa"), *OLD[1:]))
    report = desk.read_one(now=LATER)
    assert (report.parsed, report.new, report.changed) == (1, 0, 1)


def test_a_counter_of_comments_makes_nothing_look_new(desk: Desk, outlet: OutletServer) -> None:
    counted = [piece.replace("</item>", "<slash:comments>{n}</slash:comments></item>") for piece in OLD]
    for n, parsed in ((1, 3), (2, 0)):
        outlet.publish("/bao.rss", feed(*(piece.replace("{n}", str(n)) for piece in counted)))
        assert desk.read_one(now=NOW + timedelta(hours=n)).parsed == parsed


def test_items_that_change_all_the_time_are_only_slower(desk: Desk, outlet: OutletServer) -> None:
    for n in range(3):
        outlet.publish("/bao.rss", feed(*(piece.replace("</item>", f"<views>{n}</views></item>") for piece in OLD)))
        report = desk.read_one(now=NOW + timedelta(hours=n))
        assert (report.parsed, report.new, report.changed) == (3, 3 if n == 0 else 0, 0)


def test_what_the_office_sets_makes_all_items_be_read_again(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(*OLD))
    desk.read()
    with desk.database.writing() as session:
        session.get_one(Source, "bao-home").quirks = {"summary_prefix": ["Bà con"]}
    assert desk.read_one(now=LATER).parsed == 3


def test_a_cut_feed_remembers_only_its_whole_items(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(*OLD)[:-100])
    assert (desk.read_one().outcome, desk.read_one(now=LATER).outcome) == ("partial", "partial")
    with desk.database.reading() as session:
        assert len(session.get_one(SourceMemory, "bao-home").items) == 1 + 2  # and the way they were read
    outlet.publish("/bao.rss", feed(*OLD))
    report = desk.read_one(now=LATER)
    assert (report.outcome, report.parsed, report.new) == ("ok", 1, 1)


def test_the_same_source_read_by_another_version_of_the_reader_is_read_whole() -> None:
    body = feed(*OLD)
    seen = parse(body, salt="1").seen
    assert parse(body, seen=seen, salt="1").items == ()
    assert len(parse(body, seen=seen, salt="2").items) == 3


def test_parsing_some_items_gives_what_parsing_all_of_them_gives() -> None:
    body = feed(*OLD, FRESH)
    whole = read_items(body, quirks=Quirks(), base_url="https://bao.example/rss")
    for n, digest in enumerate(whole.seen):
        seen = [other for other in whole.seen if other != digest]
        part = read_items(body, quirks=Quirks(), base_url="https://bao.example/rss", seen=seen)
        assert part.items == (whole.items[n],)
        assert part.seen == whole.seen


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a>1</a><category>x</category><b/>", "<a>1</a><b/>"),
        ("<category/><b/>", "<b/>"),
        (
            "<content:encoded><![CDATA[x]]></content:encoded><b/>",
            "<content:encoded><![CDATA[x]]></content:encoded><b/>",
        ),
        ("<description>a</description><content:encoded>x</content:encoded>", "<description>a</description>"),
        ("<summary> </summary><content>x</content>", "<summary> </summary><content>x</content>"),
        ("<a><![CDATA[<category>x</category>]]></a>", "<a><![CDATA[<category>x</category>]]></a>"),
        ("<!-- <category>x</category> --><b/>", "<!-- <category>x</category> --><b/>"),
        ("<category>never closed <b/>", "<category>never closed <b/>"),
        ("<category>a<![CDATA[</category>]]>b</category>c", "c"),
        ("<media:content url='x'/>", "<media:content url='x'/>"),
    ],
)
def test_what_nobody_reads_is_left_out_and_nothing_else(before: str, after: str) -> None:
    assert drop_unread(before) == after


def test_the_evidence_still_holds_what_the_parser_never_saw() -> None:
    piece = OLD[0].replace("</item>", "<category>Dân tộc</category></item>")
    batch = read_items(feed(piece), quirks=Quirks(), base_url="https://bao.example/rss")
    assert batch.items[0].evidence == piece == tidy(feed(piece)).items[0]
