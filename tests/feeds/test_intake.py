"""What an office has after a reading: every story once, changes as revisions, and a sentence for every trouble."""

import errno
import gzip
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.models.errors import NotFound
from app.store.assets import Assets
from feeds import intake
from feeds.catalogue import Quirks
from feeds.outcomes import OUTCOMES
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import Handler, OutletServer, redirect, send, slow_headers, trickle, zeros

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    opened = open_desk(tmp_path, listing(outlet, "bao"), seconds=1, cap=1_000_000)
    yield opened
    opened.database.close()


def test_a_story_comes_in_once_with_all_that_is_known_of_it(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish(
        "/bao.rss", feed(item("Bà con thôn Bù Rên <b>góp đá</b>", "https://bao.example/gop-da-post100001.html"))
    )
    report = desk.read_one()
    assert (report.id, report.outcome, report.new, report.changed) == ("bao-home", "ok", 1, 0)
    (story,) = desk.stories()
    assert story.title == "Bà con thôn Bù Rên góp đá"
    assert story.url == "https://bao.example/gop-da-post100001.html"
    assert (story.outlet_id, story.source_id, story.first_seen_at) == ("bao", "bao-home", NOW)
    assert story.published_at is not None
    assert story.published_at.isoformat() == "2026-11-23T01:00:00+00:00"
    assert "gop da" in story.folded
    again = desk.read_one()
    assert (again.outcome, again.new) == ("same", 0)


def test_the_evidence_is_kept_as_the_outlet_wrote_it(desk: Desk, outlet: OutletServer) -> None:
    piece = item("Tin &amp; ảnh", "https://bao.example/a.html")
    outlet.publish("/bao.rss", feed(piece))
    desk.read()
    (revision,) = desk.revisions()
    assert piece in gzip.decompress(desk.assets.get(revision.evidence)).decode()
    assert (revision.fetched_from, revision.fetched_at) == (outlet.url("/bao.rss"), NOW)


def test_the_evidence_of_several_outlets_read_together_holds_what_each_of_them_wrote(
    tmp_path: Path, outlet: OutletServer
) -> None:
    names = ["mot", "hai", "ba"]
    desk = open_desk(tmp_path, listing(outlet, *names))
    pieces = {f"Tin {name}": item(f"Tin {name}", f"https://{name}.example/1.html") for name in names}
    for name in names:
        outlet.publish(f"/{name}.rss", feed(pieces[f"Tin {name}"]))
    desk.read()
    kept = {
        revision.title: gzip.decompress(desk.assets.get(revision.evidence)).decode() for revision in desk.revisions()
    }
    assert {title for title, evidence in kept.items() if pieces[title] in evidence} == pieces.keys()


def test_a_changed_text_is_a_further_revision_of_the_same_story(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(item("Cầu mới", "https://bao.example/cau.html")))
    desk.read()
    outlet.publish("/bao.rss", feed(item("Cầu mới đã thông xe", "https://bao.example/cau.html")))
    report = desk.read_one(now=LATER)
    assert (report.new, report.changed) == (0, 1)
    assert [story.title for story in desk.stories()] == ["Cầu mới đã thông xe"]
    assert [(r.number, r.title, r.fetched_at) for r in desk.revisions()] == [
        (1, "Cầu mới", NOW),
        (2, "Cầu mới đã thông xe", LATER),
    ]


def test_a_story_in_two_sources_of_one_outlet_is_one_story(tmp_path: Path, outlet: OutletServer) -> None:
    second = f'[[outlet.source]]\nid = "bao-xa-hoi"\nname = "Xã hội"\nurl = "{outlet.url("/xahoi.rss")}"\n'
    desk = open_desk(tmp_path, listing(outlet, "bao") + second)
    for path in ("/bao.rss", "/xahoi.rss"):
        outlet.publish(path, feed(item("Cầu mới", "https://bao.example/cau-post100001.html")))
    report = desk.read()
    assert [source.new for source in report.sources] == [1, 0]
    assert len(desk.stories()) == 1


def test_the_same_event_at_two_outlets_is_one_cluster(tmp_path: Path, outlet: OutletServer) -> None:
    desk = open_desk(tmp_path, listing(outlet, "bao", "dai"))
    outlet.publish("/bao.rss", feed(item("Khánh thành cầu suối Đắk Lơ ở xã Đắk Hòa", "https://bao.example/1.html")))
    other = item("Giá hồ tiêu tăng nhẹ", "https://dai.example/2.html")
    outlet.publish(
        "/dai.rss", feed(item("Cầu suối Đắk Lơ ở xã Đắk Hòa khánh thành", "https://dai.example/1.html"), other)
    )
    desk.read()
    clusters = {story.title[:4]: story.cluster_id for story in desk.stories()}
    assert clusters["Khán"] == clusters["Cầu "] is not None
    assert clusters["Giá "] is None


def test_a_date_in_the_future_is_clamped_and_kept_raw(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(item("Tin", "https://bao.example/a.html", date="Fri, 01 Jan 2038 00:00:00 +0700")))
    desk.read()
    (story,) = desk.stories()
    assert (story.published_at, story.published_raw) == (NOW, "Fri, 01 Jan 2038 00:00:00 +0700")


def test_stories_are_numbered_in_the_order_of_the_news(desk: Desk, outlet: OutletServer) -> None:
    dated = [
        item(f"Tin {n}", f"https://bao.example/{n}.html", date=f"Mon, 23 Nov 2026 0{n}:00:00 +0700") for n in (3, 2, 1)
    ]
    outlet.publish("/bao.rss", feed(*dated))
    desk.read()
    assert [(story.title, story.first_seen_seq) for story in desk.stories()] == [
        ("Tin 1", 1),
        ("Tin 2", 2),
        ("Tin 3", 3),
    ]


@pytest.mark.parametrize(
    ("habit", "outcome"),
    [
        (send(200, b"<!doctype html><html><body>Trang"), "web_page"),
        (send(200, b"<html><script>document.cookie='D1N=1';location.reload()</script>"), "challenge"),
        (send(200, b""), "empty"),
        (send(200, b"\xef\xbb\xbf"), "empty"),
        (send(200, feed()), "empty"),
        (send(200, b"%PDF-1.7 binary"), "not_feed"),
        (send(200, b'<?xml version="1.0" encoding="x-viet-vps"?><rss>\xb8</rss>'), "encoding"),
        (send(403), "forbidden"),
        (send(404), "gone"),
        (send(503), "server"),
        (redirect("http://evil.example/"), "portal"),
        (redirect("/bao.rss"), "redirects"),
        (trickle(6), "timeout"),
        (slow_headers(6), "timeout"),
        (zeros(50_000_000, gzipped=True), "too_large"),
        (zeros(50_000_000, gzipped=False), "too_large"),
        (zeros(900_000, gzipped=True), "empty"),
    ],
)
def test_each_trouble_has_one_name_and_costs_no_story(
    desk: Desk, outlet: OutletServer, habit: object, outcome: str
) -> None:
    outlet.publish("/bao.rss", feed(item("Tin đã có", "https://bao.example/a.html")))
    desk.read()
    outlet.behave("/bao.rss", habit)  # type: ignore[arg-type]
    report = desk.read_one(now=LATER)
    assert (report.outcome, report.new, report.changed) == (outcome, 0, 0)
    source = desk.source()
    assert (source.outcome, source.message, source.read_at) == (outcome, OUTCOMES[outcome].msgid, LATER)
    assert source.failures == OUTCOMES[outcome].failed
    assert [story.title for story in desk.stories()] == ["Tin đã có"]
    outlet.habits.clear()
    assert desk.read_one(now=LATER).outcome == "same"
    assert desk.source().message is None


def test_a_cut_feed_gives_its_whole_items_and_is_asked_for_again(desk: Desk, outlet: OutletServer) -> None:
    whole = item("Tin một", "https://bao.example/1.html"), item("Tin hai", "https://bao.example/2.html")
    outlet.publish("/bao.rss", feed(*whole)[:-120])
    report = desk.read_one()
    assert (report.outcome, report.new) == ("partial", 1)
    assert (desk.source().etag, desk.source().body_digest) == (None, None)
    outlet.publish("/bao.rss", feed(*whole))
    assert desk.read_one(now=LATER).new == 1
    assert len(desk.stories()) == 2


def test_a_line_that_breaks_keeps_the_whole_items_that_came(desk: Desk, outlet: OutletServer) -> None:
    whole = feed(item("Tin một", "https://bao.example/1.html"), item("Tin hai", "https://bao.example/2.html"))

    def habit(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(whole)))
        handler.end_headers()
        handler.wfile.write(whole[:-120])
        handler.close_connection = True

    outlet.behave("/bao.rss", habit)
    report = desk.read_one()
    assert (report.outcome, report.new) == ("partial", 1)


def test_one_bad_source_never_stops_the_others(tmp_path: Path, outlet: OutletServer) -> None:
    desk = open_desk(tmp_path, listing(outlet, "mot", "hai", "ba"), seconds=1)
    outlet.publish("/mot.rss", feed(item("Tin một", "https://mot.example/1.html")))
    outlet.behave("/hai.rss", trickle(5))
    outlet.publish("/ba.rss", feed(item("Tin ba", "https://ba.example/1.html")))
    report = desk.read()
    assert [source.outcome for source in report.sources] == ["ok", "timeout", "ok"]
    assert report.new == 2


class FullDisk(Assets):
    """A disk on which nothing more fits."""

    def put(self, data: bytes) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")


class BrokenAssets(Assets):
    """A mistake of our own making."""

    def put(self, data: bytes) -> str:
        raise ZeroDivisionError


@pytest.mark.parametrize(("assets", "outcome"), [(FullDisk, "disk_full"), (BrokenAssets, "crashed")])
def test_a_failure_inside_loses_nothing(desk: Desk, outlet: OutletServer, assets: type[Assets], outcome: str) -> None:
    outlet.publish("/bao.rss", feed(item("Tin", "https://bao.example/a.html")))
    whole = desk.assets
    desk.assets = assets(whole.root)
    assert desk.read_one().outcome == outcome
    assert desk.stories() == []
    assert desk.source().outcome == outcome
    desk.assets = whole
    assert desk.read_one(now=LATER).new == 1  # what was not stored is new again


def test_a_failing_source_is_asked_less_and_less_often(desk: Desk, outlet: OutletServer) -> None:
    outlet.behave("/bao.rss", send(500))
    now = NOW
    for failures, minutes in ((1, 0), (2, 60), (3, 120), (4, 240)):
        desk.read(now=now)
        source = desk.source()
        assert source.failures == failures
        assert source.next_try_at == (now + timedelta(minutes=minutes) if minutes else None)
        now += timedelta(minutes=minutes)
    assert desk.read(now=now - timedelta(minutes=1), due_only=True).sources == ()
    assert len(desk.read(now=now, due_only=True).sources) == 1
    assert len(desk.read(now=now).sources) == 1  # a person who asks is not made to wait


def test_an_outlet_that_asks_for_rest_gets_it(desk: Desk, outlet: OutletServer) -> None:
    outlet.behave("/bao.rss", send(429, Retry_After="7200"))
    desk.read()
    assert desk.source().next_try_at == NOW + timedelta(hours=2)
    assert desk.read(now=LATER, due_only=True).sources == ()


def test_only_named_sources_are_read_and_an_unknown_name_is_told(desk: Desk) -> None:
    assert [source.id for source in desk.read(only=["bao-home"]).sources] == ["bao-home"]
    with pytest.raises(NotFound):
        desk.read(only=["bao-khac"])


def test_a_source_that_left_the_list_is_not_read(desk: Desk) -> None:
    desk.catalogue = type(desk.catalogue)(())
    assert desk.read().sources == ()


def png(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, "PNG")
    return out.getvalue()


def with_picture(url: str) -> str:
    summary = f'<a href="https://bao.example/a.html"><img src="{url}"/></a>Bà con phấn khởi.'
    return item("Tin có ảnh", "https://bao.example/a.html", summary=summary)


def test_a_picture_is_fetched_after_the_text_and_kept_as_jpeg(desk: Desk, outlet: OutletServer) -> None:
    url = outlet.publish("/anh.png", png((2400, 1200)), "image/png")
    outlet.publish("/bao.rss", feed(with_picture(url)))
    desk.read()
    (picture,) = desk.pictures()
    assert picture.url == url
    assert picture.asset is not None
    with Image.open(desk.assets.path(picture.asset)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (1600, 800))
    assert outlet.paths() == ["/bao.rss", "/anh.png"]


@pytest.mark.parametrize(
    ("body", "outcome"), [(b"<html>no picture</html>", "picture"), (png((900, 900))[:200], "picture_cut")]
)
def test_a_picture_that_is_none_costs_no_story(desk: Desk, outlet: OutletServer, body: bytes, outcome: str) -> None:
    outlet.publish("/bao.rss", feed(with_picture(outlet.publish("/anh.jpg", body, "image/jpeg"))))
    assert desk.read_one().new == 1
    (picture,) = desk.pictures()
    assert (picture.asset, picture.trouble) == (None, OUTCOMES[outcome].msgid)


def test_a_picture_of_a_strange_host_is_never_asked_for(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(with_picture("http://169.254.169.254/anh.jpg")))
    desk.read()
    (picture,) = desk.pictures()
    assert picture.trouble == OUTCOMES["refused"].msgid
    assert outlet.paths() == ["/bao.rss"]


def test_a_picture_that_did_not_come_is_asked_for_next_time(desk: Desk, outlet: OutletServer) -> None:
    url = outlet.behave("/anh.png", send(503))
    outlet.publish("/bao.rss", feed(with_picture(url)))
    desk.read()
    assert [(p.asset, p.trouble) for p in desk.pictures()] == [(None, None)]
    outlet.habits.clear()
    outlet.publish("/anh.png", png((40, 30)), "image/png")
    desk.read(now=LATER)
    assert desk.pictures()[0].asset is not None


def test_the_reading_leaves_a_line_in_the_log_and_names_the_office(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(item("Tin", "https://bao.example/a.html")))
    desk.read()
    assert outlet.asked[0][1]["user-agent"] == "bantin/0.1 (Ban Dan toc tinh Thu)"
    assert desk.stories()[0].office == "ban-dan-toc-tinh-thu"


def test_at_most_two_connections_knock_at_one_host(tmp_path: Path, outlet: OutletServer) -> None:
    names = [f"bao{n}" for n in range(8)]
    for name in names:
        outlet.publish(f"/{name}.rss", feed(item(f"Tin {name}", f"https://{name}.example/1.html")))
    assert open_desk(tmp_path, listing(outlet, *names)).read().new == 8
    assert outlet.most_busy <= 2


def test_quirks_of_the_list_are_used(tmp_path: Path, outlet: OutletServer) -> None:
    desk = open_desk(tmp_path, listing(outlet, "bao", more='user_agent = "Mozilla/5.0"\nsummary_prefix = ["BAO.VN"]'))
    outlet.publish("/bao.rss", feed(item("Tin", "https://bao.example/a.html", summary="BAO.VN - Mưa to.")))
    desk.read()
    assert desk.stories()[0].summary == "Mưa to."
    assert outlet.asked[0][1]["user-agent"] == "Mozilla/5.0"
    assert desk.catalogue.sources[0].quirks != Quirks()
    assert intake.THREADS >= 2


@pytest.mark.parametrize(
    ("credits", "kept"),
    [
        ("<media:credit role='photographer'>Điểu &lt;b&gt;Vrang&lt;/b&gt;</media:credit>", "Điểu Vrang"),
        ("<media:credit>Điểu Vrang</media:credit><media:credit>Thị Hương</media:credit>", None),
        ("", None),
    ],
    ids=["one", "two: whose is which?", "none"],
)
def test_whom_the_feed_names_for_a_picture_is_kept(
    tmp_path: Path, outlet: OutletServer, credits: str, kept: str | None
) -> None:
    desk = open_desk(tmp_path, listing(outlet, "bao"))
    media = f'<media:content url="{outlet.url("/cau.jpg")}" medium="image">{credits}</media:content></item>'
    body = feed(item("Cầu mới", "https://bao.example/cau-1.html").replace("</item>", media)).decode()
    outlet.publish("/bao.rss", body.replace("<rss ", '<rss xmlns:media="http://search.yahoo.com/mrss/" ').encode())
    desk.read()
    assert [picture.credit for picture in desk.pictures()] == [kept]
