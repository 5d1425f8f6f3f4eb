"""Rules do what they say, once, to what nobody decided yet; and what they did can be told and taken back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.desk.filters import Actions, Conditions
from app.models.errors import NotAllowed, NotFound, Refused
from app.models.story import Story, Triage
from app.store import articles, events, marks, rule_runs, rules, stories
from tests.people import AN, KHANH, LAM
from tests.scenario import Desk


@dataclass
class Rules:
    """The rules of a desk, in one line each."""

    desk: Desk

    def add(self, *words: str, by: str = AN, **actions: Any) -> str:
        """A rule on these words, any of them; its id."""
        actor, now = self.desk.actor(by), self.desk.clock.tick()
        with self.desk.database.writing() as session:
            rule = rules.create(
                session,
                name=words[0] if words else "Mọi tin",
                conditions=Conditions(any_words=words),
                actions=Actions(**(actions or {"drop": True})),
                actor=actor,
                now=now,
            )
            return rule.id

    def apply(self, *story_ids: str) -> None:
        """As the intake does."""
        with self.desk.database.writing() as session:
            rules.apply(session, story_ids, now=self.desk.clock.tick())

    def story(self, story_id: str) -> Story:
        with self.desk.database.reading() as session:
            return stories.get(session, story_id)

    def marks(self, story_id: str) -> marks.Marks:
        with self.desk.database.reading() as session:
            return marks.of_stories(session, [story_id])[story_id]

    def runs_over_all(self, rule_id: str) -> str:
        """Sends a rule over the past, to the end; the id of the run."""
        actor, now = self.desk.actor(AN), self.desk.clock.tick()
        with self.desk.database.writing() as session:
            run = rule_runs.start(session, rule_id, since=None, actor=actor, now=now).id
        self.finish(run)
        return run

    def takes_back(self, run_id: str) -> None:
        actor, now = self.desk.actor(AN), self.desk.clock.tick()
        with self.desk.database.writing() as session:
            run = rule_runs.start_undoing(session, run_id, actor=actor, now=now).id
        self.finish(run)

    def finish(self, run_id: str) -> None:
        more = True
        while more:
            with self.desk.database.writing() as session:
                more = rule_runs.carry_on(session, run_id, now=self.desk.clock.tick(), step=3)

    def decides(self, story_id: str, to: Triage) -> None:
        actor, now = self.desk.actor(AN), self.desk.clock.tick()
        with self.desk.database.writing() as session:
            stories.triage(session, [story_id], to, actor=actor, now=now)


@pytest.fixture
def office(each_desk: Desk) -> Rules:
    return Rules(each_desk)


def test_a_rule_drops_what_comes_in_and_leaves_the_rest(office: Rules) -> None:
    rule = office.add("bóng đá")
    football, loom = office.desk.receives("Giải bóng đá huyện"), office.desk.receives("Nghề dệt ở Bom Bo")
    office.apply(football, loom)
    assert office.story(football).triage == Triage.DROPPED
    assert office.story(loom).triage == Triage.NEW
    with office.desk.database.reading() as session:
        [(hit, by)] = rule_runs.hits_of(session, football)
        assert (by.id, hit.before, hit.run_id) == (rule, {"triage": ["new", "dropped"]}, None)
        assert rules.touched(session) == {rule: 1}
        line = events.last_of(session, "rule.applied")
        assert line
        assert (line.fields, line.via) == ({"rule": rule, "stories": [football]}, "timer")


def test_a_rule_tags_stars_and_hands_over(office: Rules) -> None:
    person = office.desk.person(KHANH).id
    office.add("cồng chiêng", star=True, tag="Văn hóa", person=person)
    story = office.desk.receives("Đêm cồng chiêng ở sóc")
    office.apply(story)
    assert office.story(story).starred
    assert office.marks(story) == marks.Marks(("Văn hóa",), person)


def test_a_rule_touches_a_story_once_so_that_what_was_taken_back_stays_so(office: Rules) -> None:
    rule, story = office.add("bóng đá"), office.desk.receives("Giải bóng đá huyện")
    office.apply(story)
    actor = office.desk.actor(AN)
    with office.desk.database.writing() as session:
        rule_runs.take_back(session, rule, story, actor=actor, now=office.desk.clock.tick())
    assert office.story(story).triage == Triage.NEW
    office.apply(story)
    assert office.story(story).triage == Triage.NEW
    with office.desk.database.writing() as session, pytest.raises(NotFound):
        rule_runs.take_back(session, rule, story, actor=actor, now=office.desk.clock.tick())


def test_what_a_person_kept_or_an_article_rests_on_is_left_alone(office: Rules) -> None:
    kept, used = office.desk.receives("Bóng đá ở Bù Đăng"), office.desk.receives("Bóng đá ở Lộc Ninh")
    office.decides(kept, Triage.KEPT)
    office.desk.starts(stories=(used,))
    office.decides(used, Triage.NEW)
    rule = office.add("bóng đá", tag="Thể thao", drop=True)
    office.apply(kept, used)
    office.runs_over_all(rule)
    assert (office.story(kept).triage, office.story(used).triage) == (Triage.KEPT, Triage.NEW)
    assert not office.marks(kept).tags
    with office.desk.database.reading() as session:
        assert used in articles.of_stories(session, [used])


def test_without_rules_applying_costs_one_question(office: Rules) -> None:
    office.apply()
    office.apply(office.desk.receives("Nghề dệt"))


def test_a_rule_that_rests_or_was_deleted_does_nothing(office: Rules) -> None:
    resting, gone = office.add("bóng đá"), office.add("bóng chuyền")
    actor, now = office.desk.actor(AN), office.desk.clock.tick()
    with office.desk.database.writing() as session:
        rules.switch(session, resting, on=False, actor=actor, now=now)
        rules.delete(session, gone, actor=actor, now=now)
        assert [rule.id for rule in rules.listing(session)] == [resting]
    story = office.desk.receives("Bóng đá và bóng chuyền")
    office.apply(story)
    assert office.story(story).triage == Triage.NEW
    with office.desk.database.writing() as session:
        rules.delete(session, gone, deleted=False, actor=actor, now=now)
    office.apply(story)
    assert office.story(story).triage == Triage.DROPPED


def test_the_order_of_the_rules_is_theirs_to_change(office: Rules) -> None:
    drop, star = office.add("bóng đá"), office.add("S’tiêng", star=True)
    first = office.desk.receives("Bóng đá của bà con S’tiêng")
    office.apply(first)
    assert office.story(first).triage == Triage.DROPPED
    with office.desk.database.writing() as session:
        rules.move(session, star, -1, actor=office.desk.actor(AN), now=office.desk.clock.tick())
        rules.move(session, star, -1, actor=office.desk.actor(AN), now=office.desk.clock.tick())
        assert [rule.id for rule in rules.listing(session)] == [star, drop]
    second = office.desk.receives("Bóng đá của bà con Xtiêng")
    office.apply(second)
    assert (office.story(second).triage, office.story(second).starred) == (Triage.NEW, True)


def test_trying_shows_what_would_happen_and_touches_nothing(office: Rules) -> None:
    stories_ = [office.desk.receives(f"Bóng đá xã {n}") for n in range(3)]
    office.desk.receives("Nghề dệt")
    office.decides(stories_[0], Triage.LATER)
    with office.desk.database.reading() as session:
        trial = rule_runs.try_out(session, Conditions(any_words=("bóng đá",)), Actions(drop=True, tag="Thể thao"))
    assert (trial.total, trial.by_action) == (3, {"drop": 2, "tag": 3})
    assert [story.id for story in trial.newest] == stories_[::-1]
    assert office.story(stories_[1]).triage == Triage.NEW


def test_a_rule_is_sent_over_the_past_and_taken_back_whole(office: Rules) -> None:
    before = [office.desk.receives(f"Bóng đá xã {n}") for n in range(8)]
    rule = office.add("bóng đá", drop=True, tag="Thể thao")
    run = office.runs_over_all(rule)
    assert all(office.story(story).triage == Triage.DROPPED for story in before)
    with office.desk.database.reading() as session:
        done = next(one for one in rule_runs.listing(session) if one.id == run)
        assert (done.total, done.touched, done.ended_at is not None) == (8, 8, True)
        assert rule_runs.waiting(session) is None
    office.decides(before[0], Triage.KEPT)  # somebody changed it since
    office.takes_back(run)
    assert [office.story(story).triage for story in before] == [Triage.KEPT, *[Triage.NEW] * 7]
    assert not any(office.marks(story).tags for story in before)
    office.runs_over_all(rule)
    assert office.story(before[1]).triage == Triage.NEW, "what was taken back is not done again"


def test_a_killed_run_goes_on_where_it_stopped(office: Rules) -> None:
    before = [office.desk.receives(f"Bóng đá xã {n}") for n in range(5)]
    rule, actor = office.add("bóng đá"), office.desk.actor(AN)
    with office.desk.database.writing() as session:
        run = rule_runs.start(session, rule, since=None, actor=actor, now=office.desk.clock.tick()).id
        with pytest.raises(Refused, match="already"):
            rule_runs.start(session, rule, since=None, actor=actor, now=office.desk.clock.tick())
        assert rule_runs.carry_on(session, run, now=office.desk.clock.tick(), step=2)
    with office.desk.database.reading() as session:
        waiting = rule_runs.waiting(session)
        assert waiting
        assert (waiting.id, waiting.touched, waiting.total) == (run, 2, 5)
    assert rule_runs.work_off(office.desk.database, now=office.desk.clock.tick()) == 1
    assert rule_runs.work_off(office.desk.database, now=office.desk.clock.tick()) == 0
    with office.desk.database.reading() as session:
        assert not rule_runs.waiting(session)
    assert all(office.story(story).triage == Triage.DROPPED for story in before)


def test_a_rule_deleted_on_its_way_goes_no_further(office: Rules) -> None:
    before = [office.desk.receives(f"Bóng đá xã {n}") for n in range(4)]
    rule, actor = office.add("bóng đá"), office.desk.actor(AN)
    with office.desk.database.writing() as session:
        run = rule_runs.start(session, rule, since=None, actor=actor, now=office.desk.clock.tick()).id
        assert rule_runs.carry_on(session, run, now=office.desk.clock.tick(), step=1)
        rules.delete(session, rule, actor=actor, now=office.desk.clock.tick())
        assert not rule_runs.carry_on(session, run, now=office.desk.clock.tick(), step=1)
    assert [office.story(story).triage for story in before].count(Triage.DROPPED) == 1


def test_after_thirty_days_a_run_stands(office: Rules) -> None:
    office.desk.receives("Bóng đá")
    run = office.runs_over_all(office.add("bóng đá"))
    office.desk.clock.tick(days=31)
    with pytest.raises(Refused, match="30 days"):
        office.takes_back(run)


def test_only_the_last_days_are_touched_when_asked_so(office: Rules) -> None:
    old = office.desk.receives("Bóng đá năm ngoái")
    office.desk.clock.tick(days=10)
    new = office.desk.receives("Bóng đá hôm nay")
    with office.desk.database.reading() as session:
        trial = rule_runs.try_out(
            session,
            Conditions(any_words=("bong da",)),
            Actions(drop=True),
            since=office.desk.clock.now - timedelta(days=7),
        )
    assert [story.id for story in trial.newest] == [new]
    assert old


@pytest.mark.parametrize(
    ("words", "actions", "why"),
    [
        ((), {"drop": True}, "at least one condition"),
        (("bóng đá",), {"tag": ""}, "needs to do something"),
        (("bóng đá",), {"drop": True, "star": True}, "cannot be dropped and also"),
        (("bóng đá",), {"tag": " - "}, "needs a word"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    office: Rules, words: tuple[str, ...], actions: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        office.add(*words, **actions)


def test_a_contributor_makes_no_rules(office: Rules) -> None:
    with pytest.raises(NotAllowed):
        office.add("bóng đá", by=LAM)
