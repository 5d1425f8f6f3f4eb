"""What a trial counts in the database is exactly what the rule does story by story; on both databases."""

import random
from typing import Any

import pytest

from app.desk.filters import Actions, Conditions
from app.models.story import Triage
from app.store import marks, rule_runs, rules, stories
from tests.people import AN, KHANH
from tests.scenario import Desk

WORDS = ("Tày", "tay", "bóng đá", "S’tiêng", "stieng", "Hòa Bình", "nghề dệt", "det", "cầu mới", "Đăk Nhau")
TITLES = (
    *("Người Tày giữ nghề dệt", "Bàn tay thợ", "Giải bóng đá xã Đăk Nhau", "Bà con Xtiêng mừng cầu mới"),
    *("Hoà Bình mở lớp dạy dệt", "Đội bóng của bà con S'tiêng", "Cầu cũ, cầu mới", "Tin vắn trong ngày"),
)


def a_rule(chance: random.Random) -> tuple[Conditions, Actions]:
    """Some rule that makes sense."""

    def some(most: int) -> tuple[str, ...]:
        return tuple(chance.sample(WORDS, chance.randrange(most)))

    conditions: dict[str, Any] = {
        "any_words": some(4),
        "all_words": some(2),
        "no_words": some(3),
        "title_only": chance.random() < 0.3,
        "outlets": ("sao-mai",) if chance.random() < 0.2 else ("another",) if chance.random() < 0.1 else (),
        "most": chance.choice((None, None, 0, -1)),
        "only_one_outlet": chance.random() < 0.2,
    }
    actions = chance.choice((Actions(drop=True), Actions(star=True), Actions(tag="Nghề"), Actions(drop=True, tag="x")))
    return Conditions(**conditions), actions


@pytest.fixture
def shelf(each_desk: Desk) -> Desk:
    """Stories in every state."""
    chance, actor = random.Random(3), each_desk.actor(AN)
    ids = [each_desk.receives(f"{title} {n}", summary=chance.choice(TITLES)) for n in range(3) for title in TITLES]
    each_desk.starts(stories=(ids[2],))
    with each_desk.database.writing() as session:
        now = each_desk.clock.tick()
        for story, state in zip(ids[2:12], [*Triage, *Triage, Triage.NEW, Triage.LATER], strict=True):
            stories.triage(session, [story], state, actor=actor, now=now)
        marks.star(session, ids[5], on=True, actor=actor, now=now)
        marks.star(session, ids[15], on=True, actor=actor, now=now)
        marks.tag(session, ids[6], "Nghề", actor=actor, now=now)
        marks.assign(session, ids[7], each_desk.person(KHANH).id, actor=actor, now=now)
    return each_desk


def test_the_database_and_the_rules_agree(shelf: Desk) -> None:
    chance, actor, touched = random.Random(7), shelf.actor(AN), []
    for _ in range(25):
        conditions, actions = a_rule(chance)
        if conditions in (Conditions(), Conditions(title_only=True)):
            continue
        with shelf.database.writing() as session:
            trial = rule_runs.try_out(session, conditions, actions)
            every = [story.id for story in stories.listing(session, limit=100)]
            now = shelf.clock.tick()
            rule = rules.create(session, name="x", conditions=conditions, actions=actions, actor=actor, now=now)
            touched.append(rules.apply_to(session, [rules.as_filter(rule)], every, actor=None, now=now))
            assert trial.total == touched[-1], (conditions, actions)
            session.rollback()
    assert sum(count > 0 for count in touched) > 8, "the rules found something"
