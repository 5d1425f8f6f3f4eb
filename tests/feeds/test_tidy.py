"""Bytes that are a feed, half a feed, or none: what is kept and what is said."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import Unreadable
from feeds.batch import Batch
from feeds.catalogue import Quirks
from feeds.outcomes import outcome_of
from feeds.reading import read_items
from feeds.tidy import MAX_ITEMS, tidy

HEAD = "<rss version='2.0'><channel><title>Báo</title>"
ITEM = "<item><title>Tin</title><link>https://bao.example/a.html</link></item>"


def read(body: bytes) -> Batch:
    return read_items(body, quirks=Quirks(), base_url="https://bao.example/rss")


def trouble(body: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(body)
    return outcome_of(caught.value)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\0" * 1000, "empty"),
        (b"<!DOCTYPE html><title>Trang</title>", "web_page"),
        (b"<html><body><rss>", "web_page"),
        (b"\xef\xbb\xbf  <HTML>", "web_page"),
        (b"<html><script>document.cookie='a=1'</script>", "challenge"),
        (b"<html><title>Just a moment...</title>", "challenge"),
        (b"hello", "not_feed"),
        (b'{"version": 1}', "not_feed"),
        (b"<?xml version='1.0'?><urlset/>", "not_feed"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, outcome: str) -> None:
    assert trouble(body) == outcome


@pytest.mark.parametrize("cut", range(len(HEAD), len(HEAD + ITEM + ITEM) + 1, 3))
def test_wherever_a_feed_is_cut_only_whole_items_stay(cut: int) -> None:
    batch = read((HEAD + ITEM + ITEM.replace("a.html", "b.html") + "</channel></rss>")[:cut].encode())
    assert batch.state == "partial"
    assert [item.title for item in batch.items] == ["Tin"] * ((cut - len(HEAD)) // len(ITEM))


def test_an_end_tag_inside_cdata_or_a_comment_ends_nothing() -> None:
    tricky = "<item><title><![CDATA[a </item> b]]></title><!-- </item> --><link>https://bao.example/1</link></item>"
    batch = read(f"{HEAD}{tricky}{ITEM}</channel></rss>".encode())
    assert [item.title for item in batch.items] == ["a b", "Tin"]
    assert batch.items[0].evidence == tricky
    assert read(f"{HEAD}{ITEM}<item><title><![CDATA[cut </item>".encode()).state == "partial"


def test_a_long_feed_is_cut_at_the_cap() -> None:
    batch = read((HEAD + ITEM * (MAX_ITEMS + 5) + "</channel></rss>").encode())
    assert (batch.state, len(batch.items)) == ("too_long", MAX_ITEMS)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY x '&a;&a;&a;'>]>",
        '<!DOCTYPE rss PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/e.dtd"> %p;]>',
        '<!DOCTYPE rss [<!ENTITY x "<rss>]>">]>',
    ],
)
def test_no_document_type_is_obeyed(doctype: str) -> None:
    text = f"<?xml version='1.0'?>{doctype}{HEAD}{ITEM.replace('Tin', 'Tin &x; hay')}</channel></rss>"
    document = tidy(text.encode())
    assert "DOCTYPE" not in document.xml(document.items).decode()
    assert [item.title for item in read(text.encode()).items] == ["Tin &x; hay"]


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-8"),
        ("utf-32", "x"),
    ],
)
def test_the_letters_are_right_whatever_the_feed_says_of_itself(codec: str, declared: str) -> None:
    named = ITEM.replace("Tin", "Đắk Lơ, S’tiêng, M’nông")
    text = f'<?xml version="1.0" encoding="{declared}"?>{HEAD}{named}</channel></rss>'
    batch = read(text.encode(codec))
    assert (batch.items[0].title, batch.state) == ("Đắk Lơ, S’tiêng, M’nông", "ok")


def test_old_windows_letters_are_read_and_unknown_ones_refused() -> None:
    def text(declared: str) -> str:
        return f'<?xml version="1.0" encoding="{declared}"?>{HEAD}{ITEM}</channel></rss>'

    windows = unicodedata.normalize("NFC", "Đồng bào")
    half_marked = "".join(unicodedata.normalize("NFD", c) if c == "ồ" else c for c in windows).replace("ô", "ô")
    half_marked = half_marked.replace("o\u0302\u0300", "ô\u0300")
    body = text("windows-1258").replace("Tin", half_marked).encode("cp1258")
    assert read(body).items[0].title == windows
    for legacy in ("VPS", "x-viet-viqr", "rot13", "zip"):
        assert trouble(text(legacy).encode() + b"\xb8\xff") == "encoding"


def test_a_lost_letter_is_flagged_and_costs_no_item() -> None:
    batch = read(
        (HEAD + ITEM.replace("Tin", "Đất lành") + "</channel></rss>").encode().replace("ấ".encode(), b"\xe1\xba")
    )
    assert (batch.state, len(batch.items)) == ("partial", 1)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fall_over(body: bytes) -> None:
    for candidate in (body, HEAD.encode() + body + ITEM.encode()):
        try:
            read(candidate)
        except Unreadable:
            continue


@given(
    st.lists(
        st.sampled_from(
            [
                "<item>",
                "</item>",
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "&",
                "<",
                ">",
                "</rss>",
                "Tin",
                "&#0;",
                "<a:entry>",
            ]
        )
    )
)
def test_no_order_of_marks_makes_it_fall_over(marks: list[str]) -> None:
    read((HEAD + "".join(marks)).encode())


@pytest.mark.parametrize(
    "piece",
    ["<![CDATA[", "<!--", "<item ", "<item>", "&", "<", "<a:", "<!DOCTYPE rss [", '<x a="', "]]>", "<rss:", "&#"],
)
def test_a_megabyte_of_one_mark_takes_no_time(piece: str) -> None:
    started = time.process_time()
    for body in (HEAD + piece * (1_000_000 // len(piece)), piece * (1_000_000 // len(piece))):
        try:
            document = tidy(body.encode())
            document.xml(document.items)
        except Unreadable:
            continue
    assert time.process_time() - started < 3


EXPECTED = {  # of the generated hostile feeds: items kept and what is told
    "encoding/declared-latin1-is-utf8.xml": (25, "ok"),
    "encoding/declared-utf8-is-cp1252.xml": (25, "ok"),
    "encoding/invalid-utf8.xml": (25, "partial"),
    "encoding/tcvn5712-1.xml": (25, "ok"),
    "encoding/utf16le-bom.xml": (25, "ok"),
    "encoding/utf8-bom.xml": (25, "ok"),
    "encoding/utf8-nfd.xml": (25, "ok"),
    "encoding/viscii.xml": (25, "ok"),
    "encoding/windows-1258.xml": (25, "ok"),
    "transport/not-gzip.gz": (25, "ok"),
    "truncated/cut-0100.xml": (1, "partial"),
    "truncated/cut-0350.xml": (8, "partial"),
    "truncated/cut-0500.xml": (12, "partial"),
    "truncated/cut-0750.xml": (18, "partial"),
    "truncated/cut-0970.xml": (24, "partial"),
    "truncated/cut-0999.xml": (24, "partial"),
    "truncated/cut-inside-a-character.xml": (1, "partial"),
    "xml/control-chars.xml": (1, "ok"),
    "xml/deep-nesting-1000.xml": (1, "ok"),
    "xml/duplicate-guid.xml": (2, "ok"),
    "xml/item-title-1MiB.xml": (1, "ok"),
    "xml/items-10000.xml": (1000, "too_long"),
    "xml/js-cookie-challenge.html": (0, "challenge"),
    "xml/lone-surrogate.xml": (1, "ok"),
    "xml/many-attributes.xml": (1, "ok"),
    "xml/no-items.xml": (0, "empty"),
    "xml/only-bom.xml": (0, "empty"),
    "xml/unescaped-ampersand.xml": (1, "ok"),
    "xml/xinclude.xml": (1, "ok"),
    "xml/xxe-http.xml": (1, "ok"),
    "xml/xxe-parameter.xml": (1, "ok"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_generated_hostile_feeds_do_what_is_expected(material: Path, name: str) -> None:
    started = time.process_time()
    try:
        batch = read((material / "hostile/generated" / name).read_bytes())
    except Unreadable as error:
        found: tuple[int, str] = (0, outcome_of(error))
    else:
        found = (len(batch.items), batch.state)
        for item in batch.items:
            text = item.title + item.summary
            assert text.encode("utf-8").decode() == unicodedata.normalize("NFC", text)
            assert len(item.title) <= 500
            assert "root:" not in text
            assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)
    assert found == EXPECTED[name]
    assert time.process_time() - started < 3


def test_the_letters_of_the_generated_feeds_are_those_of_the_original(material: Path) -> None:
    folder = material / "hostile/generated/encoding"
    original = [(i.title, i.summary) for i in read((folder / "utf8-bom.xml").read_bytes()).items]
    for name in ("declared-latin1-is-utf8", "utf16le-bom", "utf8-nfd", "windows-1258"):
        assert [(i.title, i.summary) for i in read((folder / f"{name}.xml").read_bytes()).items] == original, name


def test_every_file_of_the_hostile_xml_ends_in_a_name(material: Path) -> None:
    for file in (path for path in (material / "hostile/xml").rglob("*") if path.is_file()):
        try:
            told: str = read(file.read_bytes()).state
        except Unreadable as error:
            told = outcome_of(error)
        assert told in {"ok", "partial", "not_feed", "web_page", "empty", "challenge", "encoding"}, file


def test_the_table_of_expectations_is_complete(material: Path) -> None:
    kinds = ("encoding/", "truncated/", "xml/")
    told = json.loads((material / "hostile/generated/expect.json").read_text("utf-8"))
    assert {name for name in told if name.startswith(kinds)} <= EXPECTED.keys()
