"""A story is found however it is spelled; what was meant most closely stands first; on both databases."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.desk.query import Names, parse
from app.models.story import Story, Triage
from app.store import marks, search, stories
from app.store.database import Database
from app.store.search import Entry
from app.store.upgrade import upgrade
from tests.people import AN, NOW
from tests.scenario import Desk

TODAY = date(2026, 11, 23)


def ask(desk: Desk, typed: str, *, limit: int = 60, after: tuple[int, int] | None = None) -> list[str]:
    """The titles that are found, in order."""
    names = Names(outlets={"sao-mai": "Báo Sao Mai"}, me=desk.person(AN).id, tags=("Lễ hội",))
    with desk.database.reading() as session:
        query = parse(typed, names=names, today=TODAY)
        found = search.find(session, query, limit=limit, after=after)
        assert search.count(session, query, at_most=1000, page=60) == len(found) or after or limit < 60
        return [hit.story.title for hit in found]


def receive(desk: Desk, *titles: str) -> None:
    for title in titles:
        desk.receives(title, summary="")


@pytest.mark.parametrize("typed", ["dong bao", "Đồng bào", "ĐỒNG BÀO", "đồng bao"])
def test_words_are_found_with_or_without_marks(each_desk: Desk, typed: str) -> None:
    receive(each_desk, "Đồng bào hiến đất", "Hai con đường")
    assert ask(each_desk, typed) == ["Đồng bào hiến đất"]


@pytest.mark.parametrize("typed", ["S'tiêng", "S’tiêng", "Stiêng", "Xtiêng", "Xêtiêng", "stieng", "S’Tiêng"])
def test_every_spelling_of_a_people_is_one_word(each_desk: Desk, typed: str) -> None:
    titles = ["Già làng S’tiêng", "Trẻ em S'tiêng", "Lễ hội của người Stiêng", "Nhà dài Xtiêng", "Bếp lửa Xêtiêng"]
    receive(each_desk, *titles, "Nghề gốm Mnông")
    assert sorted(ask(each_desk, typed)) == sorted(titles)


@pytest.mark.parametrize("typed", ["M'nông", "Mnông", "mnong", "M nông"])
def test_so_is_the_other(each_desk: Desk, typed: str) -> None:
    receive(each_desk, "Nghề gốm M’nông", "Nghề gốm Mnông", "Làm nông nghiệp")
    assert len(ask(each_desk, typed)) == 2


def test_typed_marks_stand_first_and_no_marks_find_all(each_desk: Desk) -> None:
    receive(each_desk, "Người Tày dệt vải", "Bàn tay khéo", "Miền Tây mùa nước nổi")
    assert ask(each_desk, "Tày")[0] == "Người Tày dệt vải"
    assert len(ask(each_desk, "Tày")) == len(ask(each_desk, "tay")) == 3
    assert ask(each_desk, "tay") == ["Miền Tây mùa nước nổi", "Bàn tay khéo", "Người Tày dệt vải"]


def test_a_tone_may_stand_on_either_vowel(each_desk: Desk) -> None:
    receive(each_desk, "Xã Hoà Bình", "Hóa bình thuốc")
    assert ask(each_desk, "Hòa Bình")[0] == "Xã Hoà Bình"


def test_side_by_side_comes_before_apart_and_apart_before_a_beginning(each_desk: Desk) -> None:
    receive(each_desk, "Già làng Điểu Đố", "Ngôi làng có bà cụ già nhất", "Già lãng quên", "Già và lành")
    assert ask(each_desk, "già làng") == [
        "Già làng Điểu Đố",
        "Già lãng quên",
        "Ngôi làng có bà cụ già nhất",
    ]


def test_a_word_half_typed_is_found(each_desk: Desk) -> None:
    receive(each_desk, "Hội cồng chiêng ở Bom Bo")
    assert ask(each_desk, "cồng chi") == ["Hội cồng chiêng ở Bom Bo"]
    assert ask(each_desk, "cồng c") == ["Hội cồng chiêng ở Bom Bo"]
    assert ask(each_desk, "c") == []


def test_a_full_page_of_close_fits_needs_no_loose_ones(each_desk: Desk) -> None:
    receive(each_desk, "Làng có người già", "Già làng một", "Già làng hai")
    assert ask(each_desk, "già làng", limit=2) == ["Già làng hai", "Già làng một"]
    assert ask(each_desk, "già làng", limit=3)[2] == "Làng có người già"


def test_pages_follow_each_other_without_a_gap(each_desk: Desk) -> None:
    receive(each_desk, *(f"Người Tày số {n}" for n in range(5)), *(f"Bàn tay số {n}" for n in range(5)))
    names, seen, after = Names(), [], None
    while True:
        with each_desk.database.reading() as session:
            page = search.find(session, parse("Tày", names=names, today=TODAY), limit=3, after=after)
        if not page:
            break
        seen += [hit.story.title for hit in page]
        after = (page[-1].tier, page[-1].story.first_seen_seq)
    assert seen == [f"{what} {n}" for what in ("Người Tày số", "Bàn tay số") for n in range(4, -1, -1)]


def test_phrases_and_words_to_leave_out(each_desk: Desk) -> None:
    receive(each_desk, "Cầu mới ở Đăk Nhau", "Đăk Nhau mở hội", "Mới có cầu ở Đăk Ơ")
    assert ask(each_desk, '"cầu mới"') == ["Cầu mới ở Đăk Nhau"]
    assert ask(each_desk, "đăk -nhau") == ["Mới có cầu ở Đăk Ơ"]
    assert ask(each_desk, "-nhau") == ["Mới có cầu ở Đăk Ơ"]
    assert ask(each_desk, 'nơi:"Đăk Nhau" hội') == ["Đăk Nhau mở hội"]


def test_state_star_tag_and_person(each_desk: Desk) -> None:
    kept, starred = each_desk.receives("Cầu mới"), each_desk.receives("Lễ hội cầu mùa")
    actor, now = each_desk.actor(AN), each_desk.clock.tick()
    with each_desk.database.writing() as session:
        stories.triage(session, [kept], Triage.KEPT, actor=actor, now=now)
        marks.star(session, starred, on=True, actor=actor, now=now)
        marks.tag(session, starred, "Lễ hội", actor=actor, now=now)
        marks.assign(session, starred, actor.person, actor=actor, now=now)
    assert ask(each_desk, "là:đã-chọn cầu") == ["Cầu mới"]
    assert ask(each_desk, "là:chưa-xem") == ["Lễ hội cầu mùa"]
    for typed in ("là:có-sao", "thẻ:lễ hội", "của:tôi cầu", "báo:sao mai mùa"):
        assert ask(each_desk, typed) == ["Lễ hội cầu mùa"], typed
    assert ask(each_desk, "của:ai cầu") == []


def test_days_are_those_of_viet_nam(each_desk: Desk) -> None:
    receive(each_desk, "Sáng thứ Hai")  # 09:01 on the 23rd in Viet Nam
    each_desk.clock.tick(hours=14, minutes=57)
    receive(each_desk, "Đêm thứ Hai")
    receive(each_desk, "Sáng thứ Ba")
    assert ask(each_desk, "ngày:23/11/2026") == ["Đêm thứ Hai", "Sáng thứ Hai"]
    assert ask(each_desk, "thứ đến:22/11/2026") == []
    assert ask(each_desk, "từ:24/11/2026") == ask(each_desk, "thứ từ:24/11/2026") == ["Sáng thứ Ba"]


@pytest.mark.parametrize(
    "typed", ['"', "AND", "NOT cầu", "cầu OR", "NEAR(cầu", "cầu*", "{title}: cầu", "a:b:c", "!!!", "' | !"]
)
def test_the_index_s_own_language_is_only_words_here(each_desk: Desk, typed: str) -> None:
    receive(each_desk, "Cầu mới")
    assert ask(each_desk, typed) in ([], ["Cầu mới"])


def test_what_changes_is_found_by_its_new_words_alone(each_desk: Desk) -> None:
    receive(each_desk, "Cầu cũ")
    with each_desk.database.writing() as session:
        search.index(session, [Entry(1, "Cầu mới", "", body="Toàn văn có nhắc suối Rạt.")])
        search.index(session, [])
    assert ask(each_desk, "cũ") == []
    assert ask(each_desk, "suối Rạt") == ["Cầu cũ"]


def test_listing_with_words_is_the_same_search(each_desk: Desk) -> None:
    receive(each_desk, "Cầu mới", "Đường mới")
    with each_desk.database.reading() as session:
        assert [story.title for story in stories.listing(session, search="đường: MỚI", limit=1)] == ["Đường mới"]


def test_the_stories_of_an_older_database_are_found_after_its_upgrade(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'old.sqlite'}")
    upgrade(database, now=NOW, backups=tmp_path, target="0001")
    outlet = "'sao-mai', 'Báo Sao Mai', '', '', '[]', 0"
    source = "'sao-mai-1', 'sao-mai', 'Tin', '', 'A', 1, 0"
    story = "'s1', 'thu', 'sao-mai', 'sao-mai-1', 'k', '', ?, '', '', 'vi', '', '', ?, 1, '', 0, '[]', 'new'"
    with database.writing() as session:
        run = session.connection().exec_driver_sql
        run(f"INSERT INTO outlet (id, name, credit, site, hosts, agreement) VALUES ({outlet})")
        run(f"INSERT INTO source (id, outlet_id, name, url, grade, enabled, failures) VALUES ({source})")
        run(
            "INSERT INTO story (id, office, outlet_id, source_id, identity, url, title, summary, author, lang, digest, "
            f"published_raw, first_seen_at, first_seen_seq, folded, score, reasons, triage) VALUES ({story})",
            ("Người Tày hiến đất", NOW.isoformat(timespec="microseconds")),
        )
    upgrade(database, now=NOW, backups=tmp_path)
    with database.reading() as session:
        for typed, tier in (("Tày", 0), ("hien dat", 1)):
            [hit] = search.find(session, parse(typed, names=Names(), today=TODAY), limit=5)
            assert (hit.tier, hit.story.title) == (tier, "Người Tày hiến đất")
    database.close()


class TestPlans:
    """SQLite answers from its indices; a walk through all stories would grow with the shelf."""

    def plans(self, desk: Desk, typed: str) -> list[str]:
        """How each question of this search is answered."""
        asked: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            asked.append((statement, values))

        query = parse(typed, names=Names(outlets={"sao-mai": "Báo Sao Mai"}), today=TODAY)
        with desk.database.reading() as session:
            connection = session.connection()
            event.listen(connection, "before_cursor_execute", note)
            search.find(session, query, limit=60)
            search.count(session, query, at_most=1000, page=60)
            event.remove(connection, "before_cursor_execute", note)
            steps = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values) for said, values in asked]
            return ["; ".join(row[3] for row in step) for step in steps]

    @pytest.mark.parametrize(
        "typed", ["già làng", "báo:sao-mai già làng", "là:đã-chọn già làng", "ngày:23/11 già làng"]
    )
    def test_the_index_of_words_is_asked_first(self, desk: Desk, typed: str) -> None:
        for plan in self.plans(desk, typed):
            assert plan.index("story_fts VIRTUAL TABLE") < plan.index("SEARCH story "), plan
            assert "SCAN story " not in plan


def test_lists_are_paged_by_place(each_desk: Desk) -> None:
    for number in range(7):
        each_desk.receives(f"Tin {number}")
    seen: Sequence[Story] = ()
    pages, after = [], None
    for _ in range(4):
        with each_desk.database.reading() as session:
            seen = stories.page(session, stories.Wanted(triage=Triage.NEW), limit=3, after=after)
        pages.append([story.title for story in seen])
        after = (seen[-1].standing, seen[-1].first_seen_seq) if seen else None
        if len(pages) == 1:  # what was dropped meanwhile makes none be skipped
            with each_desk.database.writing() as session:
                actor = each_desk.actor(AN)
                stories.triage(session, [seen[0].id], Triage.DROPPED, actor=actor, now=each_desk.clock.tick())
    assert pages[:3] == [["Tin 6", "Tin 5", "Tin 4"], ["Tin 3", "Tin 2", "Tin 1"], ["Tin 0"]]
    with each_desk.database.reading() as session:
        assert stories.count_few(session, stories.Wanted(), at_most=5) == 5
        assert stories.count_few(session, stories.Wanted(triage=Triage.DROPPED), at_most=5) == 1


def test_what_is_old_goes_down_the_list_by_itself(each_desk: Desk) -> None:
    each_desk.receives("Thôn Bù Rên mở lớp tiếng S’tiêng")  # worth more, and seven days older
    old = stories_in_order(each_desk)[0]
    each_desk.clock.tick(days=7)
    each_desk.receives("Trạm y tế xã có bác sĩ mới")
    with each_desk.database.writing() as session:
        for story in session.query(Story):
            story.score = 3 if story.title == old else 1
    assert stories_in_order(each_desk) == ["Trạm y tế xã có bác sĩ mới", old]
    with each_desk.database.writing() as session:
        session.query(Story).filter_by(title=old).one().score = 4
    assert stories_in_order(each_desk) == [old, "Trạm y tế xã có bác sĩ mới"]


def stories_in_order(desk: Desk) -> list[str]:
    with desk.database.reading() as session:
        return [story.title for story in stories.page(session, stories.Wanted(triage=Triage.NEW), limit=10)]
