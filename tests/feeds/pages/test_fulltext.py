"""The text of an article's page: by recipe, by guess, both compared; and pages made to break the reader."""

import json
import os
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import Unreadable
from feeds.catalogue import Recipe
from feeds.dates import VIETNAM
from feeds.outcomes import outcome_of
from feeds.pages.article import Article
from feeds.pages.fulltext import read_page
from feeds.pages.tree import MAX_PARAGRAPHS, MAX_TAGS, MAX_TEXT
from feeds.workbench import Workbench

URL = "https://bao.example.vn/xa-hoi/cau-treo-post7.html"
READ = "feeds.pages.fulltext.read_page"
RECIPE = Recipe(title="h1.tit", standfirst=".sapo", body=".than-bai", author=".tac-gia", time=".gio")
BODY = (
    "Cây cầu treo dài 96 m qua suối Rạt vừa thông xe sau tám tháng thi công.",
    "Trước đây, mỗi mùa mưa, bà con thôn Bù Rên phải đi bè tre sang rẫy.",
    "Già làng Điểu Vrang nói bà con sẽ cùng nhau giữ gìn cây cầu.",
)


def page(*, body: tuple[str, ...] = BODY, head: str = "", kind: str = "than-bai", title: str = "tit") -> bytes:
    text = "".join(f"<p>{part}</p>" for part in body)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cầu treo</title>{head}</head><body>'
        f'<nav><a href="/">Trang chủ</a></nav><main><article><h1 class="{title}">Cầu treo qua suối Rạt</h1>'
        f'<p class="sapo">Từ nay bà con không còn phải đi bè.</p><div class="{kind}">{text}</div></article></main>'
        "<footer>Bản quyền</footer></body></html>"
    ).encode()


def read(body: bytes, recipe: Recipe | None = RECIPE, charset: str = "") -> Article:
    return read_page(body, recipe=recipe, base_url=URL, charset=charset)


@pytest.fixture(scope="module")
def bench() -> Iterator[Workbench]:
    with Workbench(seconds=8) as bench:
        yield bench


def test_a_recipe_reads_title_standfirst_and_every_paragraph() -> None:
    article = read(page())
    assert (article.title, article.standfirst) == ("Cầu treo qua suối Rạt", "Từ nay bà con không còn phải đi bè.")
    assert article.paragraphs == BODY
    assert (article.read_by, article.differs, article.recipe_missed) == ("recipe", False, False)


def test_without_a_recipe_the_general_reader_takes_the_standfirst_from_the_head() -> None:
    head = (
        '<meta property="og:title" content="Cầu treo qua suối Rạt">'
        '<meta property="og:description" content="Từ nay bà con không còn phải đi bè.">'
        '<meta name="author" content="Hoài An">'
        '<script type="application/ld+json">{"datePublished": "2026-11-20T09:15:00+07:00"}</script>'
    )
    article = read(page(head=head, kind="content"), None)
    assert (article.read_by, article.recipe_missed) == ("general", False)
    assert article.standfirst == "Từ nay bà con không còn phải đi bè."
    assert [part for part in BODY if part in article.paragraphs] == list(BODY)
    assert article.author == "Hoài An"
    assert article.published_at
    assert article.published_at.astimezone(VIETNAM).isoformat() == "2026-11-20T09:15:00+07:00"


@pytest.mark.parametrize("changed", [{"kind": "khac"}, {"title": "khac"}])
def test_a_new_layout_is_read_in_general_and_counted_as_a_miss(changed: dict[str, str]) -> None:
    article = read(page(**changed))  # type: ignore[arg-type]
    assert (article.read_by, article.recipe_missed) == ("general", True)
    assert BODY[0] in article.paragraphs


def test_two_readers_that_find_very_different_texts_are_told() -> None:
    narrow = Recipe(title="h1.tit", body=".than-bai p:first-child")
    assert read(page(body=BODY * 3), narrow).differs
    assert not read(page(body=BODY * 3)).differs


def test_a_page_of_an_old_portal_without_paragraphs() -> None:
    text = "<br><br>".join(BODY)
    rows = f"<tr><td class='tit'>Cầu treo</td></tr><tr><td class='b'>{text}</td></tr>"
    article = read(f"<html><body><table>{rows}</table></body></html>".encode(), Recipe(title=".tit", body=".b"))
    assert article.paragraphs == BODY


EMPTY = (
    b"",
    b"   ",
    b"<html></html>",
    b"\x00\x01\x02" * 50,
    b"<html><body><h1>Video</h1><video src=x></video></body></html>",
)


@pytest.mark.parametrize("body", EMPTY)
def test_a_page_without_an_article_is_named(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read(body)
    assert outcome_of(caught.value) in ("no_article", "empty", "not_page")


def test_letters_are_whole_and_nothing_hidden_is_left() -> None:
    odd = unicodedata.normalize("NFD", BODY[0]) + "\u200b\u202e \ufeffHết."
    article = read(page(body=(odd, BODY[1])))
    assert article.paragraphs[0] == BODY[0] + " Hết."
    assert unicodedata.is_normalized("NFC", article.text)


@pytest.mark.parametrize(("charset", "meta"), [("windows-1252", ""), ("", "windows-1252"), ("utf-8", "windows-1252")])
def test_the_bytes_decide_on_the_letters_and_only_then_the_page(charset: str, meta: str) -> None:
    body = page().replace(b'charset="utf-8"', f'charset="{meta or "utf-8"}"'.encode())
    assert read(body, charset=charset).paragraphs == BODY


def test_an_unknown_letter_code_is_refused_and_not_guessed() -> None:
    body = page().replace(b'charset="utf-8"', b'charset="x-viet-vps"').replace("suối".encode(), b"su\xe8i")
    with pytest.raises(Unreadable) as caught:
        read(body)
    assert outcome_of(caught.value) == "encoding"


def test_a_source_whose_text_is_in_an_old_code_is_mended() -> None:
    garbled = tuple(part.encode().decode("cp1252") for part in BODY[:2])  # UTF-8 taken for an old Western code
    article = read_page(page(body=garbled), recipe=RECIPE, base_url=URL, letters="double")
    assert article.paragraphs == BODY[:2]
    assert read(page(body=garbled)).paragraphs != BODY[:2]


def test_pictures_come_with_caption_and_credit_and_none_that_is_no_address() -> None:
    figures = (
        '<figure><img src="data:image/gif;base64,AAAA" data-src="/anh/cau.jpg"><figcaption>Cầu mới. Ảnh: Thị Mai'
        "</figcaption></figure>"
        '<figure><img src="javascript:alert(1)"></figure><figure><img src="/anh/cau.jpg"></figure>'
    )
    recipe = Recipe(title="h1.tit", body=".than-bai", picture=".than-bai img")
    article = read(page(body=(*BODY, figures)), recipe)
    assert [(p.url, p.caption, p.credit) for p in article.pictures] == [
        ("https://bao.example.vn/anh/cau.jpg", "Cầu mới. Ảnh: Thị Mai", "Thị Mai")
    ]
    assert "Cầu mới" not in article.text


def test_a_text_without_end_is_cut_at_its_limits() -> None:
    many = read(page(body=tuple(f"Đoạn thứ {n} của bài." for n in range(MAX_PARAGRAPHS + 500))))
    assert len(many.paragraphs) == MAX_PARAGRAPHS
    long = read(page(body=tuple("nước " * 10_000 + str(n) for n in range(12))))
    assert len(long.text) < MAX_TEXT + 60_000


KNOWN = {"read", "no_article", "empty", "not_page", "too_hard", "encoding"}
HOSTILE = {
    "nested without end": b"<html><body>" + b"<div>" * 60_000 + "Chữ".encode() + b"</body></html>",
    "a tag of thousands of attributes": b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(90_000)) + b">x</p>",
    "very many small tags": b"<html><body>" + b"<b>a</b>" * 100_000,
    "as many tags as may be": page()[:-14] + b"<b>a</b>" * (MAX_TAGS // 2 - 40) + b"</body></html>",
    "an unclosed comment": page()[:300] + b"<!--" + b"x" * 1_000_000,
    "entities in entities": page(body=("&amp;" * 40_000 + "lt;script&gt;",)),
    "a doctype of entities": b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + page(),
    "random bytes": bytes(range(256)) * 2000,
    "forms in tables in forms": b"<form><table><form>" * 5_000,
}


def outcome_in(bench: Workbench, body: bytes, recipe: Recipe | None) -> tuple[str, str]:
    """(the text, "read") or ("", the named outcome)."""
    try:
        return bench.call(READ, body, recipe=recipe, base_url=URL).text, "read"
    except Unreadable as trouble:
        return "", outcome_of(trouble)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_text_or_in_a_named_outcome(bench: Workbench, name: str) -> None:
    started = time.monotonic()
    text, outcome = outcome_in(bench, HOSTILE[name], RECIPE)
    assert outcome in KNOWN
    assert "<" not in text.replace("< ", "")
    assert time.monotonic() - started < 10


def grown() -> int:
    """The most memory this process ever held, in MB."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024


def test_no_hostile_page_makes_the_child_grow_by_sixty_megabytes() -> None:
    with Workbench(seconds=8) as bench:
        outcome_in(bench, page(body=BODY * 40), RECIPE)
        before = bench.run(grown)
        for body in HOSTILE.values():
            outcome_in(bench, body, RECIPE)
        assert bench.run(grown) - before < 60


def payloads(material: Path) -> list[str]:
    found = [
        line
        for path in sorted((material / "hostile" / "html_xss").rglob("*"))
        if path.is_file() and path.suffix in (".txt", ".intext", "")
        for line in path.read_text("utf-8", "replace").splitlines()
    ]
    fixtures = json.loads(next((material / "hostile" / "html_xss" / "dompurify").glob("*.json")).read_text("utf-8"))
    return [line for line in found if "<" in line][:3000] + [str(entry["payload"]) for entry in fixtures]


def test_no_payload_of_the_lists_leaves_a_tag(material: Path, bench: Workbench) -> None:
    lines = payloads(material)
    assert len(lines) > 500
    for start in range(0, len(lines), 200):
        parts = tuple(f"{BODY[0]} {line}" for line in lines[start : start + 200])
        article = bench.call(READ, page(body=parts), recipe=RECIPE, base_url=URL)
        seen = "\n".join((article.title, article.standfirst, article.author, *article.paragraphs))
        for mark in ("<script", "<img", "<svg", "<iframe", "javascript:alert(1)'>"):
            assert mark not in seen.lower(), mark


@pytest.mark.proof
def test_every_hostile_file_taken_for_a_page_ends_in_a_known_way(material: Path) -> None:
    """Every fifth file, or all of them with PROVE=1."""
    rooms = ("xml", "generated", "html_xss", "html_parsing", "unicode", "images", "ssrf")
    files = [path for room in rooms for path in sorted((material / "hostile" / room).rglob("*")) if path.is_file()]
    assert len(files) > 100
    files = files if os.environ.get("PROVE") else files[::5]
    with Workbench(seconds=4) as bench:
        outcome_in(bench, page(body=BODY * 40), None)
        before = bench.run(grown)
        for path in files:
            started = time.monotonic()
            _, outcome = outcome_in(bench, path.read_bytes()[:5_000_000], RECIPE)
            assert outcome in KNOWN, (path.name, outcome)
            assert time.monotonic() - started < 10, path.name
            assert bench.run(grown) - before < 60, path.name


def test_a_real_section_page_is_read_within_the_limits(material: Path, bench: Workbench) -> None:
    for path in sorted((material / "vn" / "pages_html").glob("*.html")):
        text, outcome = outcome_in(bench, path.read_bytes(), None)
        assert outcome in ("read", "no_article")
        assert "<" not in text
