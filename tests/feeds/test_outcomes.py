"""Every end of a reading has its own sentence and, unless all is well, says what to do."""

import pytest

from app.desk.health import NETWORK, OURS, WAITING
from app.models.errors import Unreadable
from feeds.outcomes import OUTCOMES, outcome_of, unreadable

WELL = {"ok", "same"}


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_end_is_one_sentence_and_one_of_what_to_do(name: str) -> None:
    outcome = OUTCOMES[name]
    assert outcome.msgid.endswith(".")
    assert bool(outcome.advice) == (name not in WELL)
    assert "%" not in outcome.msgid + outcome.advice  # a row keeps the msgid alone
    assert outcome_of(unreadable(name, retry_after=5)) == name


def test_no_two_ends_say_the_same() -> None:
    assert len({outcome.msgid for outcome in OUTCOMES.values()}) == len(OUTCOMES)


def test_what_nobody_knows_is_a_crash() -> None:
    assert outcome_of(Unreadable("Something else.")) == "crashed"


def test_the_rules_of_the_desk_name_only_known_ends() -> None:
    assert set(OUTCOMES) >= NETWORK | OURS | WAITING
    assert not {name for name in WAITING if OUTCOMES[name].failed}
