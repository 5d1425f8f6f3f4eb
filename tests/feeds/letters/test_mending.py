"""From a garbled feed to a repaired story, and the readings after it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.policy import Actor
from app.models.errors import NotAllowed, Refused
from app.models.person import Role
from app.store import pages, repairs
from feeds.letters import mending
from feeds.letters.legacy import suspect
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.old_letters import CODES, double
from tests.feeds.outlet_server import OutletServer

TITLE = "Đồng bào thôn Bù Rên góp đá làm cầu"
SUMMARY = "Ai cũng có phần, từ già làng Điểu Vrang đến các em nhỏ ở Đắk Lơ, vui lắm."
LINK = "https://bao.example/gop-da.html"
LATER = NOW + timedelta(hours=1)


def who(role: Role) -> Actor:
    return Actor(person_id=None, name="Hoài An", role=role, office="x", via="terminal")


AN = who(Role.EDITOR)


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    opened = open_desk(tmp_path, listing(outlet, "bao", more='summary_prefix = ["BAO.VN"]'), seconds=2)
    yield opened
    opened.database.close()


def publish(outlet: OutletServer, code: str, *, more: str = "") -> None:
    """The outlet's feed, in letters of this code."""
    write = CODES[code][0]
    pieces = [item(write(TITLE), LINK, summary=f"BAO.VN - {write(SUMMARY)}")]
    if more:
        pieces.append(item(write(more), "https://bao.example/khac.html", summary=write("Bà con mừng lắm.")))
    outlet.publish("/bao.rss", feed(*pieces))


def mend(desk: Desk) -> None:
    (story,) = desk.stories()
    mending.mend_story(desk.database, desk.assets, desk.catalogue, story.id, actor=AN, now=LATER)


@pytest.mark.parametrize("code", [code for code in CODES if code != "latin"])
def test_a_garbled_story_comes_in_marked_and_is_repaired_whole(desk: Desk, outlet: OutletServer, code: str) -> None:
    publish(outlet, code)
    assert desk.read_one().new == 1
    assert desk.stories()[0].garbled == CODES[code][1]
    mend(desk)
    (story,) = desk.stories()
    assert (story.title.lower(), story.summary.lower()) == (TITLE.lower(), SUMMARY.lower())
    assert story.garbled is None
    one, two = desk.revisions()
    assert (one.evidence, one.fetched_at) == (two.evidence, two.fetched_at)


def test_utf_8_taken_for_latin_1_is_read_right_at_once(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, "latin")
    desk.read()
    assert [(story.title, story.summary, story.garbled) for story in desk.stories()] == [(TITLE, SUMMARY, None)]


def test_the_next_reading_changes_nothing_back(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, "double")
    desk.read()
    mend(desk)
    publish(outlet, "double", more="Chợ phiên Đắk Lơ")
    report = desk.read_one(now=LATER + timedelta(hours=1))
    assert (report.new, report.changed) == (1, 0)
    assert TITLE in {story.title for story in desk.stories()}


def test_what_the_outlet_itself_mends_is_a_further_revision(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, "double")
    desk.read()
    outlet.publish("/bao.rss", feed(item(f"{TITLE} lớn", LINK, summary=SUMMARY)))
    assert desk.read_one(now=LATER).changed == 1
    assert (desk.stories()[0].title, desk.stories()[0].garbled) == (f"{TITLE} lớn", None)


def test_a_source_is_read_so_from_then_on_and_nothing_is_doubled(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, "double")
    desk.read()
    (story,) = desk.stories()
    assert mending.mend_source(desk.database, desk.assets, desk.catalogue, story.id, actor=AN, now=LATER) == 1
    publish(outlet, "double", more="Chợ phiên Đắk Lơ")
    report = desk.read_one(now=LATER + timedelta(hours=1))
    assert (report.new, report.changed) == (1, 0)
    assert {s.title for s in desk.stories()} == {TITLE, "Chợ phiên Đắk Lơ"}
    assert {s.garbled for s in desk.stories()} == {None}
    assert mending.leave_source(desk.database, story.id, actor=AN, now=LATER) == 1
    assert next(s for s in desk.stories() if s.id == story.id).garbled == "double"


def test_without_its_evidence_a_story_is_repaired_from_its_text(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, "vni")
    desk.read()
    desk.assets.path(desk.revisions()[0].evidence).unlink()
    mend(desk)
    assert desk.stories()[0].title == TITLE


def test_a_story_that_is_well_is_not_repaired_and_rights_are_asked(desk: Desk, outlet: OutletServer) -> None:
    outlet.publish("/bao.rss", feed(item(TITLE, LINK)))
    desk.read()
    with pytest.raises(Refused):
        mend(desk)
    outlet.publish("/bao.rss", feed(item(double(TITLE), LINK)))
    desk.read(now=LATER)
    (story,) = desk.stories()
    with pytest.raises(NotAllowed):
        mending.mend_source(
            desk.database, desk.assets, desk.catalogue, story.id, actor=who(Role.CONTRIBUTOR), now=LATER
        )
    with desk.database.writing() as session, pytest.raises(Refused):
        repairs.take_back(session, story.id, suspect=suspect, actor=AN, now=LATER)


def test_the_whole_text_that_came_with_a_story_is_repaired_with_it(desk: Desk, outlet: OutletServer) -> None:
    """A contributor's old file, or a page read before anybody saw what its letters were."""
    publish(outlet, "vni")
    desk.read()
    (story,) = desk.stories()
    whole = f"{SUMMARY}\n\nCầu dài hai mươi sáu mét, rộng ba mét."
    with desk.database.writing() as session:
        page = pages.Reading(
            **dict.fromkeys(("author", "published_raw", "standfirst", "digest"), ""),
            url=LINK,
            title=TITLE,
            text=CODES["vni"][0](whole),
            read_by="hand",
            evidence="0" * 64,
            published_at=None,
            differs=False,
            pictures=(),
        )
        pages.keep(session, story.id, page, actor=AN, now=NOW)
    mend(desk)
    with desk.database.writing() as session:
        assert pages.readings(session, story.id)[0].text == whole
        repairs.take_back(session, story.id, suspect=suspect, actor=AN, now=LATER)
        assert [p.text for p in pages.readings(session, story.id)] == [page.text, whole, page.text]
