"""`rules` and `stories --search`: the same rules and the same search from the terminal."""

from pathlib import Path

import pytest

from app.desk.filters import Actions, Conditions
from app.store import rules
from app.store.database import Database
from app.store.upgrade import upgrade
from tests.cli.terminal import Program
from tests.people import AN, NOW, furnish
from tests.scenario import Desk


@pytest.fixture
def office(tmp_path: Path) -> tuple[Program, Desk, str, str]:
    """A terminal, the desk behind it, one rule, and a story it fits."""
    data_dir = tmp_path / "var"
    data_dir.mkdir()
    database = Database.at(f"sqlite:///{data_dir / 'bantin.sqlite'}")
    upgrade(database, now=NOW, backups=tmp_path)
    furnish(database)
    desk = Desk(database)
    story = desk.receives("Giải bóng đá huyện")
    with database.writing() as session:
        rule = rules.create(
            session,
            name="Bỏ tin bóng đá",
            conditions=Conditions(any_words=("bóng đá",)),
            actions=Actions(drop=True),
            actor=desk.actor(AN),
            now=desk.clock.tick(),
        ).id
    return Program(data_dir), desk, rule, story


def test_a_rule_is_listed_tried_applied_and_taken_back(office: tuple[Program, Desk, str, str]) -> None:
    bantin, _, rule, story = office
    assert bantin.ask("rules")[0]["conditions"] == {"any_words": ["bóng đá"]}
    tried = bantin.ask("rules", "--try", rule)
    assert (tried["total"], tried["newest"][0]["id"]) == (1, story)
    [applied] = bantin.ask("rules", "--apply", rule, "--by", AN)
    assert applied["touched"] == 1
    assert [row["id"] for row in bantin.ask("stories", "--search", "là:đã-bỏ bong da")] == [story]
    [back] = bantin.ask("rules", "--undo", applied["runs"][0]["id"], "--by", AN)
    assert back["touched"] == 0
    assert bantin.ask("stories", "--search", "là:đã-bỏ") == []


def test_a_rule_rests_and_works_again(office: tuple[Program, Desk, str, str]) -> None:
    bantin, _, rule, _ = office
    assert not bantin.ask("rules", "--off", rule, "--by", AN)[0]["enabled"]
    assert bantin.ask("rules", "--on", rule, "--by", AN)[0]["enabled"]
    assert bantin("rules", "--off", rule).code != 0
    assert "Không có quy tắc này" in bantin("rules", "--try", "x").err


def test_a_mistake_in_a_search_is_told_and_the_rest_is_found(office: tuple[Program, Desk, str, str]) -> None:
    bantin, _, _, story = office
    answer = bantin("stories", "--search", "ngày:33/1 bóng đá", "--json")
    assert [row["id"] for row in answer.json] == [story]
    assert "“33/1” không phải là ngày" in answer.err
