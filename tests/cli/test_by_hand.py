"""`add`, `opml`, `find-feed`: what people bring, from the terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.sources.opml import read_opml
from tests.cli.terminal import Program
from tests.feeds.brought import PAGE, document, photo
from tests.feeds.office import feed, item
from tests.feeds.outlet_server import OutletServer, serving

TAM = "ba con suối nhỏ xa"
LIST = """<opml version="2.0"><body><outline text="Làng"><outline text="Tin làng" xmlUrl="https://lang.example/rss"/>
<outline text="Giả" xmlUrl="https://nhandan-vn.com/rss"/></outline></body></opml>"""


@pytest.fixture
def outlet() -> Iterator[OutletServer]:
    with serving() as server:
        yield server


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An office with its administrator Minh Tâm."""
    made = Program(tmp_path / "du-lieu")
    made.ask("setup", "--person", "Minh Tâm", "--preset", "binh-phuoc-2022", BANTIN_NEW_PASSPHRASE=TAM)
    return made


def test_a_text_a_document_and_a_photo_become_stories_once(program: Program, tmp_path: Path) -> None:
    word, picture = tmp_path / "bai.docx", tmp_path / "anh.jpg"
    word.write_bytes(document("Bà con vui.", heading="Mừng lúa mới"))
    picture.write_bytes(photo(place=True))
    said = program.ask("add", "-", "--by", "Minh Tâm", typed="Cầu mới\n\nCầu dài 20 m.", BANTIN_PASSPHRASE=TAM)
    assert said["state"] == "new"
    assert program.ask("story", said["story"])["title"] == "Cầu mới"
    for again in ("new", "known"):
        assert program.ask("add", str(word), "--by", "Minh Tâm", BANTIN_PASSPHRASE=TAM)["state"] == again
    shown = program.ask("add", str(picture), "--title", "Bà con", "--by", "Minh Tâm", BANTIN_PASSPHRASE=TAM)
    assert shown["place_dropped"] is True


def test_a_link_to_nobody_needs_a_confirmation(program: Program, outlet: OutletServer) -> None:
    url = outlet.publish("/bai-1234567.html", PAGE, "text/html")
    words = ("add", url, "--by", "Minh Tâm")
    near = {"BANTIN_PASSPHRASE": TAM, "BANTIN_FETCH_PRIVATE_NETWORKS": "true"}
    assert program(*words, **near).code == 1
    assert not outlet.asked
    assert program.ask(*words, "--confirm", **near)["state"] == "new"


def test_what_is_neither_file_nor_address_is_told(program: Program) -> None:
    answer = program("add", "khong co tep", "--by", "Minh Tâm", BANTIN_PASSPHRASE=TAM)
    assert answer.code == 1
    assert "Không có tệp" in answer.err


def test_a_list_of_feeds_is_shown_and_taken_in_part(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "nguon.opml"
    file.write_text(LIST, "utf-8")
    shown = program.ask("opml", str(file))
    assert [(row["verdict"], bool(row["warning"])) for row in shown] == [("unknown", False), ("lookalike", True)]
    taken = program.ask("opml", str(file), "--take", "all", "--by", "Minh Tâm", BANTIN_PASSPHRASE=TAM)
    assert [bool(row["added"]) for row in taken] == [True, False]
    out = read_opml(program("opml").out.encode())
    assert "https://lang.example/rss" in [one.url for one in out]
    assert "https://nhandan.vn/rss/home.rss" in [one.url for one in out]


def test_a_lookalike_is_not_taken_even_by_its_address(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "nguon.opml"
    file.write_text(LIST, "utf-8")
    answer = program(
        "opml", str(file), "--take", "https://nhandan-vn.com/rss", "--by", "Minh Tâm", BANTIN_PASSPHRASE=TAM
    )
    assert answer.code == 1
    assert "Báo Nhân Dân" in answer.err


def test_the_feeds_of_a_site_are_found_with_their_titles(program: Program, outlet: OutletServer) -> None:
    outlet.publish("/rss", feed(item("Cầu mới qua suối Rạt", "https://lang.vn/1.html")))
    outlet.publish("/", b"<title>Lang</title>", "text/html")
    found = program.ask("find-feed", outlet.url("/"), BANTIN_FETCH_PRIVATE_NETWORKS="true")
    assert [(one["url"], one["titles"]) for one in found] == [(outlet.url("/rss"), ["Cầu mới qua suối Rạt"])]
    assert program("find-feed", "nhandan.vn.tin24.com").code == 1
