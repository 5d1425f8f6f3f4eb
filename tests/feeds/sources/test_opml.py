"""Lists of feeds go in and out whole; a hostile one is refused before any parser sees it."""

from datetime import UTC, datetime

import pytest

from app.models.errors import Unreadable
from feeds.sources.opml import MAX_OUTLINES, Outline, read_opml, write_opml

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINE = (
    Outline(
        url="https://saomai.vn/rss/a&b.rss", name="Tin “mới” & <nóng>", folder="Báo Sao Mai", site="https://saomai.vn/"
    ),
    Outline(url="https://datdo.vn/rss", name="Đất Đỏ", folder="Báo Đất Đỏ"),
    Outline(
        url="https://lang.vn/tin-tuc",
        name="Tin làng",
        folder="Trang xã",
        kind="section",
        site="https://lang.vn/tin-tuc",
    ),
)


def test_what_goes_out_comes_in_again_the_same() -> None:
    assert read_opml(write_opml(MINE, title="Bản tin", now=NOW)) == MINE


def test_the_list_says_when_and_by_whom_it_was_made() -> None:
    text = write_opml(MINE, title="Bản tin Đồng bào", now=NOW).decode()
    assert text.startswith("<?xml")
    assert '<opml version="2.0">' in text
    assert "<title>Bản tin Đồng bào</title>" in text
    assert "Mon, 23 Nov 2026 02:00:00 +0000" in text


def test_a_list_of_another_program_is_read() -> None:
    text = """<?xml version='1.0' encoding="utf-8"?><opml version="1.0"><head/><body>
      <outline text="Báo"><outline title="Nhân &amp; Dân" xmlUrl="https://a.vn/rss?x=1&y=2" htmlUrl="https://a.vn"/>
      <outline text="Trùng" xmlurl="https://a.vn/rss?x=1&amp;y=2"/><outline text="Không có địa chỉ"/>
      <outline text="Xấu" xmlUrl="javascript:alert(1)"/></outline></body></opml>"""
    assert read_opml(text.encode("utf-8")) == (
        Outline(url="https://a.vn/rss?x=1&y=2", name="Nhân & Dân", folder="Báo", site="https://a.vn/"),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml at all",
        b"<rss><channel/></rss>",
        b'<!DOCTYPE opml [<!ENTITY a "b">]><opml version="2.0"><body/></opml>',
        b'<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd"><opml><body/></opml>',
        b"<opml><body>" + b"<outline>" * 100,
        b"<opml>" + b" " * 2_000_001,
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_opml(body)


def test_a_list_without_end_is_cut_and_one_without_ground_does_not_hurt() -> None:
    many = "".join(f'<outline text="{n}" xmlUrl="https://a.vn/{n}"/>' for n in range(MAX_OUTLINES + 50))
    assert len(read_opml(f"<opml><body>{many}</body></opml>".encode())) == MAX_OUTLINES
    deep = '<outline text="x">' * 5_000 + "</outline>" * 5_000
    assert read_opml(f"<opml><body>{deep}</body></opml>".encode()) == ()
