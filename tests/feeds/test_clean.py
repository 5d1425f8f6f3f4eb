"""From HTML of any kind to plain words: nothing runs, nothing hides, nothing of the text is lost."""

import json
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.batch import RawItem
from feeds.catalogue import Quirks
from feeds.clean import canonical_url, clean, drop_elements, drop_prefix, plain_letters, plain_text, shorten

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def raw(**fields: object) -> RawItem:
    empty = {
        "guid": "",
        "link": "https://bao.example/a.html",
        "title": "Tin",
        "summary": "",
        "published": "",
        "author": "",
    }
    return RawItem(**(empty | {"pictures": (), "evidence": ""} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Một</p><p>hai</p>", "Một hai"),
        ("Một<br>hai</br>ba", "Một hai ba"),
        ("bà&nbsp;con&#8239;xã &amp; thôn", "bà con xã & thôn"),
        ("Ng&amp;agrave;y", "Ngày"),
        ("&lt;p&gt;Một&lt;/p&gt;", "Một"),
        ("<script>alert(1)</script>Tin<style>p{}</style>", "Tin"),
        ("Giá < 100 & > 50", "Giá < 100 & > 50"),
        ("cắt <b>giữa</b> chừng <a hre", "cắt giữa chừng"),
        ("cắt </", "cắt"),
        ("  nhiều \n\t chỗ  trống ", "nhiều chỗ trống"),
        ("Thu\u031b\u0309 nghie\u0323\u0302m", "Thử nghiệm"),
        ("S&#8217;tiêng, M'nông, Ƀahnar", "S’tiêng, M'nông, Ƀahnar"),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_letters_that_hide_or_spill_are_dropped() -> None:
    assert plain_letters("A\u202eB\u2066C\u200bD\ufeffE\u00adF\x00G\ud800H\ue000I\ufdd0J\u2028K") == "ABCDEFGHIJ K"
    assert plain_letters("👨\u200d👩\u200d👧 🇻🇳") == "👨\u200d👩\u200d👧 🇻🇳"
    assert plain_letters("ភាសា\u200bខ្មែរ") == "ភាសា\u200bខ្មែរ"


def test_strange_titles_survive(material: Path) -> None:
    for entry in json.loads((material / "hostile/generated/unicode/titles.json").read_text("utf-8")):
        text = plain_text(entry["title"])
        assert text == unicodedata.normalize("NFC", text)
        text.encode("utf-8")
        assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Zl", "Zp") for letter in text)


def payloads(material: Path) -> list[str]:
    folder = material / "hostile/html_xss"
    lines = [line for file in folder.rglob("*.txt") for line in file.read_text("utf-8", "replace").splitlines()]
    purify = json.loads((folder / "dompurify/expect.json").read_text("utf-8"))
    html5sec = json.loads((folder / "html5sec/items.json").read_text("utf-8"))
    bleach = [file.read_text("utf-8") for file in (folder / "bleach").glob("*.test")]
    return [
        *lines,
        *(entry["payload"] for entry in purify),
        *(str(entry.get("data", "")) for entry in html5sec),
        *bleach,
    ]


def test_no_attack_leaves_a_tag_or_a_dangerous_picture(material: Path) -> None:
    attacks = payloads(material)
    assert len(attacks) > 1000
    for attack in attacks:
        item = clean(
            raw(title=f"Tin {attack}", summary=f"<p>{attack}</p>"), quirks=Quirks(), base_url="https://bao.example/"
        )
        assert item is not None
        assert not MARKUP.search(item.title), attack
        assert not MARKUP.search(item.summary), attack
        assert all(re.match(r"https?://[^\s\"'<>]+$", url) for url in item.pictures), attack


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://bao.example/a.html?utm_source=rss&id=7&at_medium=RSS#top", "https://bao.example/a.html?id=7"),
        ("https://bao.example/a.html?fbclid=x", "https://bao.example/a.html"),
        ("  /tin/\n a.html ", "https://here.example/tin/a.html"),
        ("HTTPS://Bao.Example/A.html", "https://bao.example/A.html"),
        ("//bao.example/a", "https://bao.example/a"),
        ("https://bao.example/a?x=1&amp;y=2", "https://bao.example/a?x=1&y=2"),
        ("https://bao.example", "https://bao.example/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://user@bao.example/", ""),
        ("http://[::1", ""),
        ("", ""),
        ("https://bao.example/" + "a" * 3000, ""),
    ],
)
def test_an_address_is_absolute_bare_and_of_the_web(link: str, url: str) -> None:
    assert canonical_url(link, "https://here.example/rss/home.rss") == url


def test_a_signature_is_taken_off_and_nothing_else() -> None:
    assert drop_prefix("VOV.VN - Mưa", ("VOV.VN",)) == "Mưa"
    assert drop_prefix("vov.vn-Mưa", ("VOV.VN",)) == "Mưa"
    assert drop_prefix("(Chinhphu.vn) – Mưa", ("(Chinhphu.vn)",)) == "Mưa"
    assert drop_prefix("VOV.VN đưa tin", ("VOV.VN",)) == "VOV.VN đưa tin"


def test_an_element_is_taken_out_with_all_inside_it() -> None:
    start = ('<div style="clear: both',)
    assert drop_elements('a<div style="clear:both;"><div>x</div>y</div>b', start) == "ab"
    assert drop_elements('a<div style="clear: both"><ul><li>x', start) == "a"
    assert drop_elements('a<div style="color: red">x</div>', start) == 'a<div style="color: red">x</div>'


def test_pictures_come_in_the_order_they_are_shown_and_without_counters() -> None:
    summary = '<img src="/1.jpg"><img src="/1.jpg"><img width="1" src="/count.gif"><img src="data:image/png;base64,x">'
    item = clean(
        raw(summary=summary, pictures=("https://cdn.example/2.jpg",)), quirks=Quirks(), base_url="https://b.example/"
    )
    assert item is not None
    assert item.pictures == ("https://bao.example/1.jpg", "https://cdn.example/2.jpg")


def test_an_item_that_says_nothing_is_no_item() -> None:
    assert clean(raw(title="<script>x</script>"), quirks=Quirks(), base_url="https://b.example/") is None


def test_long_text_is_cut_between_words() -> None:
    assert shorten("một hai ba bốn", 11) == "một hai…"
    assert shorten("m" * 30, 10) == "m" * 9 + "…"
    assert shorten("vừa", 10) == "vừa"


@given(st.text(max_size=200))
def test_no_text_makes_it_fall_over(text: str) -> None:
    found = plain_text(text)
    assert not MARKUP.search(found)
    assert found == unicodedata.normalize("NFC", found)
    canonical_url(text, "https://here.example/")


@pytest.mark.parametrize(
    "piece", ["<div>", "<div ", "&amp;", "<a x=1 ", "<!--", "<div style=clear:both>", "x ", "&lt;b&gt;", "<img src=x>"]
)
def test_a_long_run_of_one_mark_takes_no_time(piece: str) -> None:
    started = time.process_time()
    clean(
        raw(title=piece * 800, summary=piece * (100_000 // len(piece))), quirks=Quirks(), base_url="https://b.example/"
    )
    assert time.process_time() - started < 2
