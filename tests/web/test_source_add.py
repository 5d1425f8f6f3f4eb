"""Nguồn mới: a site is asked only when somebody presses, titles come before adding, lookalikes are refused."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.models.outlet import Outlet, Source
from app.store import events
from app.web.application import create_app
from config import Config
from feeds.sources.opml import read_opml
from tests.feeds.office import feed, item
from tests.feeds.outlet_server import OutletServer, serving
from tests.people import HUONG
from tests.scenario import Desk
from tests.web.page import Browser

HOME = (
    '<html><head><title>Báo Làng</title><link rel="alternate" type="application/rss+xml" href="/moi.rss"></head></html>'
)


@pytest.fixture
def outlet() -> Iterator[OutletServer]:
    with serving() as server:
        server.publish("/", HOME.encode(), "text/html; charset=utf-8")
        server.publish("/moi.rss", feed(item("Cầu mới qua suối Rạt", "https://lang.vn/cau-1234567.html")))
        yield server


@pytest.fixture
def config(config: Config) -> Config:
    """A list of one outlet, Báo Sao Mai at saomai.vn."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    file = config.data_dir / "bao.toml"
    file.write_text('[[outlet]]\nid = "sao-mai"\nname = "Báo Sao Mai"\nsite = "https://saomai.vn"\n', "utf-8")
    return replace(config, outlets_file=file, fetch_private_networks=True, fetch_timeout_seconds=3)


@pytest.fixture
def app(config: Config, desk: Desk) -> Flask:
    return create_app(config, desk.database, now=desk.clock)


def own(desk: Desk) -> list[tuple[Source, Outlet]]:
    with desk.database.reading() as session:
        found = session.execute(select(Source, Outlet).join(Outlet, Outlet.id == Source.outlet_id).where(Source.own))
        return [(source, outlet) for source, outlet in found]


def test_the_titles_are_shown_before_anything_is_added(an: Browser, desk: Desk, outlet: OutletServer) -> None:
    an.get("/he-thong/nguon/them")
    assert not outlet.asked
    page = an.post("/he-thong/nguon/tim", form={"dia-chi": outlet.url("/")}, status=200)
    assert "Tìm thấy 1 nguồn" in page.words
    assert "Cầu mới qua suối Rạt" in page.words
    assert "không có trong danh sách" in page.words
    assert own(desk) == []


def test_what_was_chosen_is_added_without_a_badge_and_read(an: Browser, desk: Desk, outlet: OutletServer) -> None:
    an.get("/he-thong/nguon/them")
    form = {"url": outlet.url("/moi.rss"), "ten": "Tin làng", "trang": "Báo Làng", "loai": "feed"}
    page = an.follow(an.post("/he-thong/nguon/them", form=form))
    assert "thêm bởi cơ quan" in page.words
    ((source, owner),) = own(desk)
    assert (source.name, source.enabled, source.kind, owner.official) == ("Tin làng", True, "feed", False)
    with desk.database.reading() as session:
        assert events.last_of(session, "source.added").fields == {"source": source.id, "outlet": owner.id}  # type: ignore[union-attr]
    again = an.post("/he-thong/nguon/them", form=form, status=400)
    assert "đã có trong danh sách nguồn" in again.words


def test_a_feed_on_an_outlets_exact_host_belongs_to_the_outlet(an: Browser, desk: Desk) -> None:
    an.get("/he-thong/nguon/them")
    an.post("/he-thong/nguon/them", form={"url": "https://saomai.vn/rss/moi.rss", "ten": "Mới", "trang": "x"})
    ((_, owner),) = own(desk)
    assert (owner.id, owner.official) == ("sao-mai", True)


def test_a_site_that_borrows_an_outlets_name_is_called_by_its_host(an: Browser, desk: Desk) -> None:
    an.get("/he-thong/nguon/them")
    an.post(
        "/he-thong/nguon/them", form={"url": "https://tin.example/rss", "ten": "Mới", "trang": "BÁO SAO MAI online"}
    )
    ((_, owner),) = own(desk)
    assert (owner.name, owner.official) == ("tin.example", False)


@pytest.mark.parametrize("address", ["saomai.com", "https://saomai.vn.tin24.com/rss", "sao-mai.vn", "saom4i.vn"])
def test_a_lookalike_is_warned_of_and_neither_asked_nor_added(an: Browser, desk: Desk, address: str) -> None:
    an.get("/he-thong/nguon/them")
    page = an.post("/he-thong/nguon/tim", form={"dia-chi": address}, status=422)
    assert "không phải là Báo Sao Mai" in page.words
    an.post("/he-thong/nguon/them", form={"url": f"https://{address.removeprefix('https://')}", "ten": "x"}, status=400)
    assert own(desk) == []


@pytest.mark.parametrize("address", ["", "bà con", "javascript:alert(1)"])
def test_what_is_no_address_is_told(an: Browser, address: str) -> None:
    an.get("/he-thong/nguon/them")
    an.post("/he-thong/nguon/tim", form={"dia-chi": address}, status=422)


def test_a_site_that_is_away_says_so_and_keeps_the_address(an: Browser, outlet: OutletServer) -> None:
    an.get("/he-thong/nguon/them")
    page = an.post("/he-thong/nguon/tim", form={"dia-chi": outlet.url("/khong-co")}, status=422)
    assert page.field("dia-chi") == outlet.url("/khong-co")
    assert "404" in page.words


def test_a_wrong_rule_for_links_is_refused(an: Browser, desk: Desk) -> None:
    an.get("/he-thong/nguon/them")
    form = {"url": "https://lang.example/tin", "ten": "Tin", "loai": "section", "links": "(("}
    assert "biểu thức chính quy" in an.post("/he-thong/nguon/them", form=form, status=400).words
    assert own(desk) == []


def test_a_list_of_feeds_is_shown_first_and_added_where_ticked(an: Browser, desk: Desk, outlet: OutletServer) -> None:
    text = f"""<opml version="2.0"><body><outline text="Làng">
      <outline text="Tin làng" xmlUrl="{outlet.url("/moi.rss")}"/>
      <outline text="Đã chết" xmlUrl="{outlet.url("/het.rss")}"/>
      <outline text="Giả" xmlUrl="https://saomai-vn.com/rss"/></outline></body></opml>"""
    an.get("/he-thong/nguon/them")
    page = an.post("/he-thong/nguon/opml", form={"tep": (io.BytesIO(text.encode()), "nguon.opml")}, status=200)
    assert "3 nguồn trong danh sách" in page.words
    assert "Cầu mới qua suối Rạt" in page.words
    assert "404" in page.words
    assert "không phải là Báo Sao Mai" in page.words
    assert own(desk) == []
    form = {"chon": ["1"], "url-1": outlet.url("/moi.rss"), "ten-1": "Tin làng", "trang-1": "Làng", "loai-1": "feed"}
    an.post("/he-thong/nguon/opml/them", form=form)
    assert [(source.name, owner.name) for source, owner in own(desk)] == [("Tin làng", "Làng")]


def test_nothing_ticked_adds_nothing(an: Browser, desk: Desk) -> None:
    an.get("/he-thong/nguon/them")
    an.post("/he-thong/nguon/opml/them", form={"url-1": "https://lang.example/rss"}, status=400)
    an.post("/he-thong/nguon/opml", form={"tep": (io.BytesIO(b"<rss/>"), "x")}, status=422)
    an.post("/he-thong/nguon/opml", status=422)
    assert own(desk) == []


def test_all_sources_go_out_as_a_list_that_comes_in_again(an: Browser, desk: Desk, outlet: OutletServer) -> None:
    an.get("/he-thong/nguon/them")
    an.post("/he-thong/nguon/them", form={"url": outlet.url("/moi.rss"), "ten": "Tin làng", "trang": "Báo Làng"})
    answer = an.client.get("/he-thong/nguon/danh-sach.opml")
    assert answer.mimetype == "text/x-opml"
    assert [(one.url, one.name, one.folder) for one in read_opml(answer.data)] == [
        (outlet.url("/moi.rss"), "Tin làng", "Báo Làng")
    ]


def test_a_clerk_may_not_add_sources(app: Flask) -> None:
    Browser(app).signs_in(HUONG).get("/he-thong/nguon/them", status=403)
