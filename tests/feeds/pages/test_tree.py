"""The parts of a page's tree: times as pages print them, and text in the order people read it."""

import lxml.html
import pytest

from feeds.dates import VIETNAM
from feeds.pages.tree import meta, paragraphs, parse_page, plain, read_time, text_of


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("Thứ Hai, 23/11/2026 - 08:15", "2026-11-23T08:15:00+07:00"),
        ("08:15 | 23/11/2026", "2026-11-23T08:15:00+07:00"),
        ("Cập nhật lúc 20:05, ngày 5 tháng 3 năm 2026", "2026-03-05T20:05:00+07:00"),
        ("Thứ hai, 03/04/2026, 02:30 CH (GMT+7)", "2026-04-03T14:30:00+07:00"),
        ("2026-11-23T08:15:00+0700", "2026-11-23T08:15:00+07:00"),
        ("Đăng ngày 23-11-2026", "2026-11-23T00:00:00+07:00"),
    ],
)
def test_times_as_pages_print_them(said: str, iso: str) -> None:
    found = read_time(said)
    assert found
    assert found.astimezone(VIETNAM).isoformat() == iso


def test_what_is_no_time_is_none() -> None:
    assert read_time("Hà Nội, mùa thu") is None
    assert read_time("99/99/2026 08:15") is None


def test_paragraphs_end_where_blocks_end_and_nothing_is_told_twice() -> None:
    tree = lxml.html.fromstring(
        "<div>Đầu <b>đậm</b> tiếp<p>Một</p>giữa<br>dòng<ul><li>a</li><li>b</li></ul><script>x()</script>"
        "<figure><figcaption>chú thích</figcaption></figure><p>Một</p> <form>ô</form>đuôi</div>"
    )
    assert paragraphs([tree]) == ["Đầu đậm tiếp", "Một", "giữa", "dòng", "a", "b", "Một", "đuôi"]
    assert paragraphs([tree, tree[1]]) == paragraphs([tree])


def test_a_caption_asked_for_by_itself_is_told() -> None:
    tree = lxml.html.fromstring("<figcaption>Cầu <i>treo</i></figcaption>")
    assert text_of(tree) == "Cầu treo"


def test_what_a_page_tells_programs() -> None:
    tree = parse_page(b'<html><head><meta property="og:title" content="A &amp;amp; B"><meta name=x></head></html>')
    assert meta(tree, "og:none", "og:title") == "A & B"
    assert meta(tree, "x") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a &lt;b&gt; c", "a c"), ("&amp;amp;nbsp;", ""), ("x < y", "x < y"), ("  a\u200b  b ", "a b")],
)
def test_no_tag_and_no_entity_is_left_in_plain_text(text: str, shown: str) -> None:
    assert plain(text) == shown
