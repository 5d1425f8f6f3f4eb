"""Points of stories follow the topics and the picks, at once and in one short writing."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.models.errors import NotAllowed, NotFound
from app.models.rule import LearnedWord, Rule, RuleHit
from app.models.story import Story, Triage
from app.store import office, stories, topics
from tests.people import AN, LAM
from tests.scenario import Desk

GARDEN = {"label": "rẫy vườn", "weight": 3, "words": ["hạt điều"]}


def set_topics(desk: Desk, *wanted: dict[str, object]) -> None:
    with desk.database.writing() as session:
        topics.change(session, list(wanted), actor=desk.actor(AN), now=desk.clock.tick())


def points(desk: Desk, story: str) -> int:
    with desk.database.reading() as session:
        return stories.get(session, story).score


def picks(desk: Desk, kept: int, passed: int) -> list[str]:
    """Chị Hoài An keeps the gongs and drops the shares."""
    chosen = [desk.receives(f"Cồng chiêng vang ở sóc {n}") for n in range(kept)]
    dropped = [desk.receives(f"Cổ phiếu tăng phiên {n}") for n in range(passed)]
    with desk.database.writing() as session:
        stories.triage(session, chosen, Triage.KEPT, actor=desk.actor(AN), now=desk.clock.now)
        stories.triage(session, dropped, Triage.DROPPED, actor=desk.actor(AN), now=desk.clock.now)
    return dropped


def test_a_change_scores_the_window_anew_and_leaves_older_stories(each_desk: Desk) -> None:
    fresh, old = each_desk.receives("Hạt điều được mùa"), each_desk.receives("Hạt điều mất mùa")
    long_ago = each_desk.clock.now - topics.WINDOW - timedelta(days=1)
    with each_desk.database.writing() as session:
        session.execute(update(Story).where(Story.id == old).values(first_seen_at=long_ago))
    set_topics(each_desk, GARDEN)
    assert topics.rescore(each_desk.database, now=each_desk.clock.now) == 1
    assert topics.rescore(each_desk.database, now=each_desk.clock.now) == 0
    assert (points(each_desk, fresh), points(each_desk, old)) == (3, 0)


def test_a_topic_is_switched_off_and_on(desk: Desk) -> None:
    story = desk.receives("Hạt điều được mùa")
    set_topics(desk, GARDEN)
    for on, then in ((False, 0), (True, 3)):
        with desk.database.writing() as session:
            topics.switch(session, "rẫy vườn", on=on, actor=desk.actor(AN), now=desk.clock.tick())
        topics.rescore(desk.database, now=desk.clock.now)
        assert points(desk, story) == then
    with desk.database.reading() as session:
        assert office.load(session).topics == [GARDEN]


def test_picks_teach_and_what_was_switched_off_stays_so(each_desk: Desk) -> None:
    picks(each_desk, 12, 12)
    each_desk.receives("Cồng chiêng mừng lúa mới")
    set_topics(each_desk)
    assert topics.study(each_desk.database, now=each_desk.clock.now) > 0
    with each_desk.database.writing() as session:
        words = [row.word for row in topics.learned(session)]
        assert "cồng chiêng" in words
        topics.switch_word(session, "cồng chiêng", on=False, actor=each_desk.actor(AN), now=each_desk.clock.tick())
    topics.study(each_desk.database, now=each_desk.clock.now)
    with each_desk.database.reading() as session:
        assert not session.get_one(LearnedWord, "cồng chiêng").enabled


def test_what_a_rule_dropped_was_no_pick(desk: Desk) -> None:
    dropped = picks(desk, 12, 12)
    now = desk.clock.now
    with desk.database.writing() as session:
        rule = Rule(
            id="r", office="x", name="cổ phiếu", place=1, conditions={}, actions={}, enabled=True,
            made_by=desk.person(AN).id, made_at=now,
        )  # fmt: skip
        session.add(rule)
        session.flush()
        session.add_all(RuleHit(rule_id="r", story_id=story, at=now, before={}) for story in dropped)
    with desk.database.reading() as session:
        assert not [pick for pick in topics.picks(session, now=now) if not pick.kept]
    assert topics.study(desk.database, now=now) == 0


def test_a_story_nobody_touched_for_days_was_passed_over(desk: Desk) -> None:
    desk.receives("Tin không ai xem")
    with desk.database.reading() as session:
        assert topics.picks(session, now=desk.clock.now) == []
        assert [pick.kept for pick in topics.picks(session, now=desk.clock.now + topics.PASSED * 1.1)] == [False]


def test_suggestions_take_one_story_of_each_event_and_none_that_was_looked_at(each_desk: Desk) -> None:
    best, twin, second, seen = (each_desk.receives(title) for title in ("Một", "Một nữa", "Hai", "Ba"))
    with each_desk.database.writing() as session:
        for story, score, cluster in ((best, 9, "e"), (twin, 8, "e"), (second, 5, None), (seen, 7, None)):
            row = stories.get(session, story)
            row.score, row.cluster_id = score, cluster
        stories.triage(session, [seen], Triage.KEPT, actor=each_desk.actor(AN), now=each_desk.clock.now)
    with each_desk.database.reading() as session:
        found = topics.suggested(session, now=each_desk.clock.now, limit=5)
        late = topics.suggested(session, now=each_desk.clock.now + topics.FRESH + timedelta(hours=1), limit=5)
    assert [story.id for story in found] == [best, second]
    assert late == []


def test_who_may_not_and_what_is_not_there_is_refused(desk: Desk) -> None:
    with desk.database.writing() as session, pytest.raises(NotAllowed):
        topics.change(session, [], actor=desk.actor(LAM), now=desk.clock.now)
    with desk.database.writing() as session, pytest.raises(NotFound):
        topics.switch(session, "không có", on=False, actor=desk.actor(AN), now=desk.clock.now)
    with desk.database.writing() as session, pytest.raises(NotFound):
        topics.switch_word(session, "không có", on=False, actor=desk.actor(AN), now=desk.clock.now)


def test_a_text_that_changed_meanwhile_keeps_its_own_points(desk: Desk) -> None:
    story = desk.receives("Hạt điều được mùa")
    set_topics(desk, GARDEN)
    with desk.database.reading() as session:
        changes = topics._changes(session, desk.clock.now)
        assert session.scalar(select(Story.digest).where(Story.id == story)) == changes[0]["read"]
