"""A page of headlines is a source: its articles are found by rule, and an empty one is told, not passed over."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models.errors import Unreadable
from feeds.catalogue import Quirks
from feeds.outcomes import OUTCOMES
from feeds.sources.sections import read_doors, read_links
from feeds.workbench import Workbench

HERE = "https://lang.vn/dan-toc-151ct0.htm"
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Dân tộc | Báo Làng</title></head><body>
<nav><a href="/muc-luc-tat-ca-cac-chuyen-muc-hay-99999.html">Mục lục tất cả các chuyên mục</a></nav>
<div class="list">
 <article><a href="/le-mung-lua-moi-o-bu-gia-map-123456.html"><img src="/anh/1.jpg" alt="Lễ mừng lúa mới"></a>
  <h3><a href="/le-mung-lua-moi-o-bu-gia-map-123456.html?utm_source=home">Lễ mừng lúa mới ở Bù Gia Mập</a></h3>
  <time datetime="2026-11-22T08:30:00+07:00">22/11/2026</time>
  <p>Sáng 22/11, bà con sóc Bù Rên cùng giã gạo, nấu cơm lam và đánh chiêng mừng mùa lúa mới.</p></article>
 <article><h3><a title="Lớp xóa mù chữ ban đêm cho các mẹ ở Đăk Ơ" href="http://lang.vn/lop-hoc-dem-cho-cac-me-o-dak-o/">Lớp xóa mù chữ…</a></h3>
  <span class="box-time">07:15, 21/11/2026</span></article>
 <article><h3><a href="https://quangcao.vn/mua-ngay-hom-nay-gia-re-123456.html">Mua ngay hôm nay giá rẻ bất ngờ</a></h3></article>
 <article><h3><a href="/tag/le-hoi-mua-xuan-cua-ba-con-123456.html">Lễ hội mùa xuân của bà con</a></h3></article>
 <article><h3><a href="/ngan-123457.html">Ngắn</a></h3></article>
 <article><h3><a href="#">Bài chỉ mở bằng chương trình của trang này</a></h3></article>
</div></body></html>"""  # noqa: E501


def read(page: str = PAGE, links: str = "") -> list[tuple[str, str]]:
    batch = read_links(page.encode(), quirks=Quirks(links=links), base_url=HERE)
    return [(item.title, item.url) for item in batch.items]


def test_articles_are_found_by_their_addresses_in_the_order_of_the_page() -> None:
    assert read() == [
        ("Lễ mừng lúa mới ở Bù Gia Mập", "https://lang.vn/le-mung-lua-moi-o-bu-gia-map-123456.html"),
        ("Lớp xóa mù chữ ban đêm cho các mẹ ở Đăk Ơ", "http://lang.vn/lop-hoc-dem-cho-cac-me-o-dak-o/"),
    ]


def test_lead_picture_time_and_evidence_stand_beside_the_headline() -> None:
    first, second = read_links(PAGE.encode(), quirks=Quirks(), base_url=HERE).items
    assert first.summary.startswith("Sáng 22/11, bà con sóc Bù Rên")
    assert first.pictures == ("https://lang.vn/anh/1.jpg",)
    assert first.published_at == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    assert "<time" in first.evidence
    assert second.published_at == datetime(2026, 11, 21, 0, 15, tzinfo=UTC)
    assert second.summary == ""


def test_a_rule_of_the_office_decides_alone() -> None:
    assert [title for title, _ in read(links=r"/ngan-\d+\.html$")] == ["Ngắn"]


@pytest.mark.parametrize("page", ["<p>Trang đang bảo trì.</p>", re.sub('href="[^"]*"', 'href="#"', PAGE)])
def test_a_page_without_articles_is_an_outcome_of_its_own(page: str) -> None:
    with pytest.raises(Unreadable) as trouble:
        read(page)
    assert trouble.value.msgid == OUTCOMES["section_empty"].msgid


def test_a_rule_that_would_run_for_ever_costs_one_child() -> None:
    page = f'<a href="/{"a" * 60}!">Bà con cùng nhau làm con đường mới</a>'
    with Workbench(seconds=1) as bench, pytest.raises(Unreadable) as trouble:
        bench.call("feeds.sources.sections.read_links", page.encode(), quirks=Quirks(links=r"(a+)+$"), base_url=HERE)
    assert trouble.value.msgid == OUTCOMES["too_hard"].msgid


def test_the_feeds_and_the_lists_of_feeds_a_page_points_to() -> None:
    page = """<title>Báo Làng</title><link rel="alternate" type="application/rss+xml" title="Mới" href="/rss/moi.rss">
      <link rel="alternate" hreflang="en" href="/en"><a href="/rss">RSS</a> <a href="/rss/van-hoa.rss">Văn hóa</a>"""
    title, feeds, indexes = read_doors(page.encode(), base_url=HERE)
    assert title == "Báo Làng"
    assert feeds == (("https://lang.vn/rss/moi.rss", "Mới"), ("https://lang.vn/rss/van-hoa.rss", "Văn hóa"))
    assert indexes == ("https://lang.vn/rss",)


def test_a_real_page_of_headlines_gives_its_articles(material: Path) -> None:
    page = (material / "vn" / "pages_html" / "vnexpress-international-home-2025-12.html").read_bytes()
    items = read_links(page, quirks=Quirks(), base_url="https://e.vnexpress.net/").items
    assert len(items) >= 50
    assert all(item.title and item.url.startswith("https://e.vnexpress.net/") for item in items)
    assert sum(bool(item.pictures) for item in items) >= 10


def test_a_saved_page_whose_links_lead_nowhere_is_told(material: Path) -> None:
    page = (material / "vn" / "pages_html" / "dantri-the-thao.html").read_bytes()
    with pytest.raises(Unreadable) as trouble:
        read_links(page, quirks=Quirks(), base_url="https://dantri.com.vn/the-thao.htm")
    assert trouble.value.msgid == OUTCOMES["section_empty"].msgid
