"""The desk's rules meet stories as they come in: new ones once it is known who else tells them, and changed ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.filters import Actions, Conditions
from app.desk.policy import Actor
from app.models.person import Role
from app.models.story import Triage
from app.store import people, rules
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer
from tests.people import AN, PASSPHRASE

WORDS = "Khai mạc giải bóng đá thiếu niên tranh cúp hữu nghị tại sân vận động thị trấn Đức Phong"


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    opened = open_desk(tmp_path, listing(outlet, "bao", "dai"))
    yield opened
    opened.database.close()


@pytest.fixture
def an(desk: Desk) -> Actor:
    """Chị Hoài An, who makes the rules."""
    person = {"name": AN, "post": "Biên tập viên", "role": Role.ADMINISTRATOR, "passphrase": PASSPHRASE}
    with desk.database.writing() as session:
        return people.acting(people.add(session, **person, office="thu", actor=None, now=NOW), "web")  # type: ignore[arg-type]


def add_rule(desk: Desk, an: Actor, conditions: Conditions, actions: Actions) -> None:
    with desk.database.writing() as session:
        rules.create(session, name="Quy tắc", conditions=conditions, actions=actions, actor=an, now=NOW)


def test_a_new_story_meets_the_rules_and_so_does_a_changed_one(desk: Desk, an: Actor, outlet: OutletServer) -> None:
    add_rule(desk, an, Conditions(any_words=("bóng đá",)), Actions(drop=True))
    first, second = item(WORDS, "https://bao.example/1.html"), item("Tin thể thao", "https://bao.example/2.html")
    outlet.publish("/bao.rss", feed(first, second))
    desk.read()
    assert {s.title: s.triage for s in desk.stories()} == {WORDS: Triage.DROPPED, "Tin thể thao": Triage.NEW}
    outlet.publish("/bao.rss", feed(item("Tin bóng đá", "https://bao.example/2.html")))
    desk.read()
    assert {s.title: s.triage for s in desk.stories()} == {WORDS: Triage.DROPPED, "Tin bóng đá": Triage.DROPPED}


def test_whether_another_outlet_tells_it_is_known_by_then(desk: Desk, an: Actor, outlet: OutletServer) -> None:
    add_rule(desk, an, Conditions(only_one_outlet=True), Actions(star=True))
    alone = item("Nghề dệt Bom Bo", "https://bao.example/2.html")
    outlet.publish("/bao.rss", feed(item(WORDS, "https://bao.example/1.html"), alone))
    outlet.publish("/dai.rss", feed(item(WORDS, "https://dai.example/9.html")))
    desk.read()
    assert {story.title for story in desk.stories() if story.starred} == {"Nghề dệt Bom Bo"}
    assert len(desk.stories()) == 3
