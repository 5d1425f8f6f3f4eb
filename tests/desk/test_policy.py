"""Who may do what, as one table that a person can read and check."""

import pytest

from app.desk.policy import MAY, Actor, may, require, require_second_person
from app.models.errors import NotAllowed
from app.models.person import Role

# action: contributor, editor, approver, clerk, fanpage, administrator
TRUTH = {
    "look": "C E A K F M",
    "story.triage": "C E A - - M",
    "article.write": "C E A - - M",
    "article.submit": "C E A - - M",
    "article.approve": "- - A - - -",
    "article.return": "- - A - - -",
    "article.withdraw": "- E A - - M",
    "issue.compose": "- E A - - M",
    "issue.seal": "- E A - - M",
    "issue.sign": "- - A - - -",
    "issue.release": "- E A K F M",
    "outbox.take": "C E A K F M",
    "source.manage": "- E - - - M",
    "story.add": "C E A K F M",
    "story.fetch": "C E A - - M",
    "rule.manage": "- E A - - M",
    "topic.manage": "- E A - - M",
    "place.manage": "- E - K - M",
    "people.manage": "- - - - - M",
    "office.manage": "- - - - - M",
    "backup.make": "- E - K - M",
}
ROLES = (Role.CONTRIBUTOR, Role.EDITOR, Role.APPROVER, Role.CLERK, Role.FANPAGE, Role.ADMINISTRATOR)


def anyone(role: Role | None, person: str | None = "p1") -> Actor:
    return Actor(person_id=person, name="Bảo Khánh", role=role, office="o", via="web")


@pytest.mark.parametrize("action", TRUTH)
def test_the_table(action: str) -> None:
    allowed = [mark != "-" for mark in TRUTH[action].split()]
    assert [may(role, action) for role in ROLES] == allowed
    for role, yes in zip(ROLES, allowed, strict=True):
        if yes:
            require(anyone(role), action)
            continue
        with pytest.raises(NotAllowed):
            require(anyone(role), action)


def test_the_table_names_every_action_and_every_role() -> None:
    assert set(TRUTH) == set(MAY)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("action", TRUTH)
def test_the_timer_may_do_nothing_that_needs_a_role(action: str) -> None:
    assert not may(None, action)


def test_an_action_nobody_wrote_down_is_allowed_to_nobody() -> None:
    assert not any(may(role, "article.publish") for role in Role)


def test_whoever_wrote_a_word_is_no_second_person() -> None:
    require_second_person(anyone(Role.APPROVER), frozenset({"p2"}))
    with pytest.raises(NotAllowed):
        require_second_person(anyone(Role.APPROVER), frozenset({"p1", "p2"}))


def test_the_timer_is_no_person() -> None:
    with pytest.raises(NotAllowed):
        require_second_person(anyone(None, person=None), frozenset())
