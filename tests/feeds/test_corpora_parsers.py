"""The test feeds of ten other programs: every file ends well, and what those programs find in it we find too."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.clean import canonical_url, plain_text, shorten
from tests.feeds.corpora import BASE, Told, check_limits, files_of, read_corpus

# Of each collection, how many files must at least be read as feeds with stories or as empty feeds: the rest are web
# pages, JSON, sitemaps, OPML or not XML at all, and each of those has its own name.
COLLECTIONS = (
    "feedparser", "gofeed", "feedvalidator", "feed-rs", "feedjira", "rome", "simplepie", "miniflux",
    "lemon24-reader", "trafilatura",
)  # fmt: skip
READ = {"ok", "partial", "empty", "too_long"}
NAMED = READ | {"not_feed", "web_page", "challenge", "encoding"}


@pytest.fixture(scope="module", params=COLLECTIONS)
def collection(request: pytest.FixtureRequest, material: Path) -> tuple[Path, list[Told]]:
    folder = material / "parsers" / request.param
    files = [file for file in files_of(folder) if not file.name.endswith((".json", ".html-result"))]
    return folder, read_corpus([*files, *sorted(folder.rglob("jsonfeed/*.json"))])


def test_every_file_ends_in_one_name_within_its_time_and_room(collection: tuple[Path, list[Told]]) -> None:
    _, told = collection
    check_limits(told)
    assert {one.outcome for one in told} <= NAMED


Expected = tuple[str, str]  # ("title" or "link" or "summary", what another program found)


def of_gofeed(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """Titles and links of the items and entries in NAME.json beside NAME.xml."""
    for file in sorted(folder.rglob("*.xml")):
        beside = file.with_suffix(".json")
        if not beside.exists():
            continue
        found = json.loads(beside.read_text("utf-8"))
        for item in [*(found.get("items") or ()), *(found.get("entries") or ())]:
            yield from _expected(file, item.get("title"), item.get("link") or _alternate(item))


def of_feed_rs(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """Titles and links of the entries in NAME.serde.json beside NAME.xml."""
    for file in sorted(folder.rglob("*.xml")):
        beside = file.with_name(f"{file.stem}.serde.json")
        if not beside.exists():
            continue
        for entry in json.loads(beside.read_text("utf-8"))["entries"]:
            yield from _expected(file, (entry.get("title") or {}).get("content"), _alternate(entry))


_SIMPLE = re.compile(
    r"entries\[0\](?:\[u?'|\.)(title|link|summary|description)(?:'\])?\s*==\s*(u?'(?:[^'\\]|\\.)*')\s*$"
)


def of_feedparser(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """The expressions that compare one plain field of the first entry with one text."""
    for name, told in json.loads((folder / "expect.json").read_text("utf-8")).items():
        found = _SIMPLE.search(told["expect"])
        if found and (folder / name).exists():
            field = {"description": "summary"}.get(found[1], found[1])
            yield folder / name, (field, ast.literal_eval(found[2]))


def _expected(file: Path, title: Any, link: Any) -> Iterator[tuple[Path, Expected]]:
    if isinstance(title, str) and title.strip():
        yield file, ("title", title)
    if isinstance(link, str) and link.strip():
        yield file, ("link", link)


def _alternate(entry: Any) -> str:
    links = entry.get("links") or ()
    found = [link for link in links if isinstance(link, dict) and link.get("rel") in (None, "", "alternate")]
    return str(found[0].get("href") or "") if found else ""


def is_found(expected: Expected, told: Told) -> bool:
    """Whether one of our items says the same, once both are plain."""
    field, text = expected
    if field == "link":
        wanted = canonical_url(text, BASE)
        return not wanted or any(url == wanted for _, url, _ in told.items)
    wanted = plain_text(text)
    if field == "title":
        return not wanted or any(title == shorten(wanted, 500) for title, _, _ in told.items)
    return not wanted or any(shorten(wanted, 5000) in (summary, title) for title, _, summary in told.items)


# What another program finds and we do not, and why that is right or may be borne.
LOST = {
    "feed-rs/atom/atom_entry_1.xml": "an entry that stands alone is no feed",
    "gofeed/parser/rss/rss_channel_item_uri_at_protocol.xml": "a link with two addresses, the first not of the web",
    "gofeed/parser/rss/rdf_item_links.xml": "three links in one item: the first counts, not the last",
    "feedparser/encoding/bozo_linenoise.xml": "noise; what is a letter of it is kept, what is none is not",
    "feedparser/wellformed/cdf/item_abstract_map_description.xml": "CDF: nobody has written it since 1999",
    "feedparser/wellformed/cdf/item_href_map_link.xml": "CDF: nobody has written it since 1999",
    "feedparser/wellformed/sanitize/entry_title_object.xml": "an object that is never closed holds all that follows",
    "feedparser/wellformed/sanitize/item_content_encoded_iframe.xml": "an iframe that is never closed holds the rest",
    "feedparser/wellformed/sanitize/item_description_object.xml": "an object that is never closed holds the rest",
    "feedparser/wellformed/sanitize/item_fullitem_object.xml": "an object that is never closed holds the rest",
}


@pytest.mark.parametrize(
    ("name", "expected_of", "at_least"),
    [("gofeed", of_gofeed, 0.85), ("feed-rs", of_feed_rs, 0.99), ("feedparser", of_feedparser, 0.97)],
)
def test_what_other_programs_find_is_found(
    material: Path, tmp_path: Path, name: str, expected_of: Any, at_least: float
) -> None:
    root = material / "parsers"
    expected = list(expected_of(root / name))
    told = {one.path: one for one in read_corpus([_worded(file, tmp_path) for file in {file for file, _ in expected}])}
    lost = [(file, what) for file, what in expected if not is_found(what, told[str(_copy(file, tmp_path))])]
    unnamed = [(str(file), what) for file, what in lost if str(file.relative_to(root)) not in LOST]
    assert not unnamed
    assert len(expected) > 30
    assert 1 - len(lost) / len(expected) >= at_least


def test_the_comparison_can_fail() -> None:
    told = Told("a", "ok", (("Cầu mới", "https://bao.example/1", "Thông xe."),), (), 0, 0)
    assert is_found(("title", "<b>Cầu mới</b>"), told)
    assert not is_found(("title", "Cầu"), told)
    assert not is_found(("link", "https://bao.example/2"), told)
    assert not is_found(("summary", "Thông"), told)


def _copy(file: Path, folder: Path) -> Path:
    return folder / "_".join(file.parts[-4:])


def _worded(file: Path, folder: Path) -> Path:
    """A copy in which an item that holds nothing but a link also says something: one that says nothing is dropped."""
    body = file.read_bytes()
    if not re.search(rb"<(item|entry)\b[^>]*>.*<(?:[\w.-]+:)?(title|description|summary|content)", body, re.S):
        body = re.sub(rb"(<(?:item|entry)\b[^>/]*>)", rb"\1<title>Tin</title>", body)
    _copy(file, folder).write_bytes(body)
    return _copy(file, folder)
