"""Groups of one event in the database: what machines find gives way to what an editor says, on both databases."""

import pytest
from sqlalchemy import select

from app.models.errors import NotAllowed, Refused
from app.models.story import Story, StorySentence
from app.store import clusters, stories
from app.store.clusters import Link
from tests.people import AN, MAI
from tests.scenario import Desk

LONG = "Sáng nay bà con thôn Bù Rên dự lễ khánh thành cây cầu treo qua suối Đắk Lơ."


def group(desk: Desk, *told: str) -> None:
    with desk.database.writing() as session:
        clusters.settle(session, [(story, told[0]) for story in told], [])


def cluster_of(desk: Desk, story: str) -> str | None:
    with desk.database.reading() as session:
        return stories.get(session, story).cluster_id


def three(desk: Desk) -> tuple[str, str, str]:
    """Three stories that stand alone."""
    with desk.database.reading() as session:
        have = stories.count(session)
    one, two, other = (desk.receives(f"Cầu treo số {have + n}") for n in range(3))
    return one, two, other


def test_a_tie_never_moves_a_story_that_has_a_group(each_desk: Desk) -> None:
    one, two, three_ = three(each_desk)
    group(each_desk, one, two)
    group(each_desk, three_, two)
    assert cluster_of(each_desk, two) == one
    assert cluster_of(each_desk, three_) == three_


def test_a_story_that_was_split_off_stays_out_and_can_be_put_back(each_desk: Desk) -> None:
    one, two, other = three(each_desk)
    group(each_desk, one, two, other)
    actor = each_desk.actor(AN)
    with each_desk.database.writing() as session:
        clusters.settle(session, [], [Link(two, one, 40)])
        clusters.split_off(session, two, actor=actor, now=each_desk.clock.tick())
    group(each_desk, one, two)  # the machine says it again
    assert cluster_of(each_desk, two) not in (None, one)
    assert cluster_of(each_desk, one) == cluster_of(each_desk, other) == one
    with each_desk.database.writing() as session:
        assert clusters.hints(session, stories.get(session, two)) == []
        clusters.put_together(session, two, one, actor=actor, now=each_desk.clock.tick())
    assert cluster_of(each_desk, two) == one


def test_of_two_that_are_parted_neither_is_tied_back(each_desk: Desk) -> None:
    one, two, _ = three(each_desk)
    group(each_desk, one, two)
    with each_desk.database.writing() as session:
        clusters.split_off(session, one, actor=each_desk.actor(AN), now=each_desk.clock.tick())
    group(each_desk, one, two)
    assert len({cluster_of(each_desk, one), cluster_of(each_desk, two), None}) == 3


def test_two_groups_put_together_are_one(desk: Desk) -> None:
    one, two, _ = three(desk)
    third, fourth, _ = three(desk)
    group(desk, one, two)
    group(desk, third, fourth)
    with desk.database.writing() as session:
        clusters.put_together(session, one, third, actor=desk.actor(AN), now=desk.clock.tick())
    assert {cluster_of(desk, story) for story in (one, two, third, fourth)} == {third}


def test_what_cannot_be_regrouped_is_refused(desk: Desk) -> None:
    one, two, _ = three(desk)
    group(desk, one, two)
    actor, now = desk.actor(AN), desk.clock.now
    for first, second in ((one, two), (one, one)):
        with desk.database.writing() as session, pytest.raises(Refused):
            clusters.put_together(session, first, second, actor=actor, now=now)
    with desk.database.writing() as session, pytest.raises(NotAllowed):
        clusters.split_off(session, one, actor=desk.actor(MAI), now=now)


def test_the_newest_told_event_is_listed_first_and_a_lonely_one_not(each_desk: Desk) -> None:
    one, two, lonely = three(each_desk)
    third, fourth, _ = three(each_desk)
    group(each_desk, third, fourth)
    group(each_desk, one, two)
    group(each_desk, lonely)
    with each_desk.database.reading() as session:
        found = clusters.listing(session)
    assert [[story.id for story in members] for members in found] == [[third, fourth], [one, two]]


def test_hints_are_seen_from_both_sides_the_likest_first(each_desk: Desk) -> None:
    one, two, other = three(each_desk)
    with each_desk.database.writing() as session:
        clusters.settle(session, [], [Link(two, one, 30), Link(other, one, 41), Link(two, "gone", 44)])
    with each_desk.database.reading() as session:
        found = clusters.hints(session, stories.get(session, one))
    assert [(story.id, percent) for story, percent in found] == [(other, 41), (two, 30)]


def test_sentences_are_remembered_once_and_a_fuller_text_adds_to_them(each_desk: Desk) -> None:
    story = each_desk.receives("Cầu mới", summary="Ngắn.")
    for text in (LONG, f"{LONG} {LONG}", f"{LONG} Bà con góp công, Nhà nước góp xi măng và sắt thép trong hai năm."):
        with each_desk.database.writing() as session:
            clusters.remember(session, [(story, text)])
    with each_desk.database.writing() as session:
        clusters.remember(session, [])
    with each_desk.database.reading() as session:
        kept = session.scalars(select(StorySentence.hash).where(StorySentence.story_id == story)).all()
    assert len(kept) == 2


def test_a_report_is_made_of_what_the_stories_say(desk: Desk) -> None:
    one, two = desk.receives("Cầu mới", summary=LONG), desk.receives("Cầu", summary=f"{LONG} (TTXVN)")
    group(desk, one, two)
    with desk.database.reading() as session:
        members = session.scalars(select(Story).order_by(Story.first_seen_seq)).all()
        report = clusters.report(session, list(members))
    assert (report.outlets, report.independent, report.copies) == (1, 1, ())
