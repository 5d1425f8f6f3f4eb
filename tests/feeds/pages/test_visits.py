"""The pages of stories read from an outlet on 127.0.0.1: text, evidence, changes, robots, and what goes wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.changes import changed_paragraphs
from app.desk.policy import Actor
from app.desk.query import Query
from app.models.event import Event
from app.models.outlet import Outlet, Traffic
from app.models.person import Role
from app.models.story import PageVisit, Story, StoryPicture, StorySentence
from app.store import pages, search, stories
from feeds.pages.records import is_intact, read_record
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import OutletServer, send
from tests.feeds.page_desk import BODY, HTML, LATER, Reader, html, open_reader


@pytest.fixture
def reader(outlet: OutletServer, tmp_path: Path) -> Reader:
    return open_reader(outlet, tmp_path / "var")


def test_a_page_becomes_text_with_evidence_and_a_line_in_the_log(reader: Reader) -> None:
    report = reader.read()
    assert (report.outcome, report.number) == ("ok", 1)
    (page,) = reader.pages()
    assert (page.title, page.standfirst) == ("Cầu treo qua suối Rạt", "Từ nay bà con không còn phải đi bè.")
    assert page.text == "\n\n".join(BODY)
    assert (page.read_by, page.differs) == ("recipe", False)
    (event,) = [line for line in reader.rows(Event) if line.kind == "story.page_read"]
    assert event.fields == {"story": reader.story, "number": 1, "evidence": page.evidence}


def test_the_evidence_is_the_answer_itself(reader: Reader) -> None:
    reader.read()
    (page,) = reader.pages()
    kept = reader.desk.assets.get(page.evidence)
    assert is_intact(kept, page.evidence)
    record = read_record(kept)
    assert record.body == html()
    assert record.url == reader.outlet.url("/cau.html")
    assert record.at == NOW
    assert ("content-type", HTML) in record.headers


def test_cookies_of_the_server_are_not_kept(reader: Reader) -> None:
    reader.outlet.behave("/cau.html", send(200, html(), Content_Type=HTML, Set_Cookie="phien=bi-mat"))
    reader.read()
    kept = reader.desk.assets.get(reader.pages()[0].evidence)
    assert "cookie" not in str(read_record(kept).headers).lower()


def test_the_same_page_is_no_new_reading_and_a_corrected_one_is(reader: Reader) -> None:
    reader.read()
    assert (reader.read(now=LATER).outcome, len(reader.pages())) == ("same", 1)
    reader.outlet.publish("/cau.html", html(BODY[0].replace("96 m", "69 m"), BODY[1]), HTML)
    assert reader.read(now=LATER + timedelta(hours=1)).number == 2
    new, old = reader.pages()
    (pieces,) = changed_paragraphs(old.text, new.text)
    assert [piece.text.strip() for piece in pieces if piece.kind != "same"] == ["96", "69"]


def test_its_words_are_found_its_sentences_known_and_its_pictures_asked_for(reader: Reader) -> None:
    with reader.desk.database.reading() as session:
        assert not search.find(session, Query(words="bè tre sang rẫy"), limit=5)
    reader.read()
    with reader.desk.database.reading() as session:
        assert [hit.story.id for hit in search.find(session, Query(words="bè tre sang rẫy"), limit=5)] == [reader.story]
    assert reader.rows(StorySentence)
    (picture,) = reader.rows(StoryPicture)
    assert (picture.url, picture.caption, picture.credit) == (
        *(reader.outlet.url("/anh/cau.jpg"), "Cầu mới. Ảnh: Thị Mai", "Thị Mai"),
    )
    (traffic,) = reader.rows(Traffic)
    assert traffic.bytes > 500


def test_the_story_itself_stays_as_it_was(reader: Reader) -> None:
    (before,) = reader.rows(Story)
    reader.read()
    (after,) = reader.rows(Story)
    assert (before.title, before.summary, before.digest, before.score) == (
        *(after.title, after.summary, after.digest, after.score),
    )


def layout_misses(reader: Reader) -> int:
    (row,) = reader.rows(Outlet)
    return int(row.layout_misses)


def test_three_pages_in_a_new_layout_raise_the_alarm_and_one_in_the_old_ends_it(reader: Reader) -> None:
    for n in range(3):
        with reader.desk.database.reading() as session:
            assert not pages.broken_layouts(session)
        reader.outlet.publish("/cau.html", html(*BODY, f"Lần {n}.", kind="moi"), HTML)
        assert reader.read(now=NOW + timedelta(hours=n)).outcome == "ok"
    with reader.desk.database.reading() as session:
        assert [outlet.id for outlet in pages.broken_layouts(session)] == ["bao"]
    assert reader.pages()[0].read_by == "general"
    reader.outlet.publish("/cau.html", html(), HTML)
    reader.read(now=LATER)
    assert layout_misses(reader) == 0


def test_a_page_without_an_article_says_nothing_of_the_layout(reader: Reader) -> None:
    reader.outlet.publish("/cau.html", b"<html><body><video src=x></video></body></html>", HTML)
    assert reader.read().outcome == "no_article"
    assert layout_misses(reader) == 0


TROUBLES = {
    "page_gone": send(404),
    "forbidden": send(403),
    "server": send(500),
    "slow_down": send(429, Retry_After="60"),
    "not_page": send(200, b"%PDF-1.7", Content_Type="application/pdf"),
    "redirects": send(302, Location="/cau.html"),
    "moved": send(301, Location="https://khac.example.vn/cau.html"),
    "no_article": send(200, b"<html><body>.</body></html>", Content_Type=HTML),
}


@pytest.mark.parametrize("outcome", TROUBLES)
def test_each_trouble_is_a_named_outcome_that_the_desk_can_show(reader: Reader, outcome: str) -> None:
    reader.outlet.behave("/cau.html", TROUBLES[outcome])
    report = reader.read()
    assert (report.outcome, report.number) == (outcome, None)
    (visit,) = reader.rows(PageVisit)
    assert (visit.outcome, visit.read_at, visit.asked_at) == (outcome, NOW, None)
    assert not reader.pages()


def test_a_page_that_is_gone_keeps_what_was_read_before(reader: Reader) -> None:
    reader.read()
    reader.outlet.behave("/cau.html", send(410))
    assert reader.read(now=LATER).outcome == "page_gone"
    assert len(reader.pages()) == 1


def test_an_address_on_no_host_of_the_outlet_is_not_asked(reader: Reader) -> None:
    with reader.desk.database.writing() as session:
        stories.get(session, reader.story).url = "http://localhost:1/cau.html"
    assert reader.read().outcome == "refused"


def test_a_fault_of_our_own_is_noted_and_nobody_waits_for_ever(reader: Reader, tmp_path: Path) -> None:
    an = Actor(person_id="an", name="Hoài An", role=Role.EDITOR, office="x", via="web")
    with reader.desk.database.writing() as session:
        pages.ask(session, reader.story, actor=an, now=NOW)
    (tmp_path / "var" / "assets").rename(tmp_path / "var" / "away")
    (tmp_path / "var" / "assets").write_text("a file where the folder was")
    assert reader.read().outcome == "page_crashed"
    with reader.desk.database.reading() as session:
        assert pages.asked(session) == []
