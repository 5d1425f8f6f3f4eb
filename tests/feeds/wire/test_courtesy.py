"""How a guest behaves at the outlets' doors."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.models.errors import Unreadable
from feeds.outcomes import outcome_of
from feeds.wire.courtesy import LONGEST, PER_HOST, Doors, seconds_away, user_agent
from tests.feeds.conftest import NOW


def test_two_at_a_time_and_every_host_for_itself() -> None:
    doors = Doors(patience=5)
    inside: list[str] = []
    most: list[int] = []

    def visit(host: str) -> None:
        with doors.entered(host):
            inside.append(host)
            most.append(inside.count("a"))
            time.sleep(0.05)
            inside.remove(host)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(visit, ["a"] * 6 + ["b"] * 2))
    assert max(most) == PER_HOST


def test_nobody_waits_for_ever_at_a_door() -> None:
    doors = Doors(patience=0.05)
    with doors.entered("a"), doors.entered("a"), pytest.raises(Unreadable) as caught, doors.entered("a"):
        pass
    assert outcome_of(caught.value) == "timeout"


def test_a_host_that_asks_for_it_is_left_alone_and_others_are_not() -> None:
    doors = Doors(patience=1)
    doors.leave_alone("a", 0)
    with doors.entered("a"):
        pass
    doors.leave_alone("a", 60)
    with pytest.raises(Unreadable) as caught, doors.entered("a"):
        pass
    assert outcome_of(caught.value) == "slow_down"
    assert 58 <= int(str(caught.value.values["retry_after"])) <= 60
    with doors.entered("b"):
        pass


def test_the_time_to_stay_away_is_read_in_seconds_or_as_a_date() -> None:
    later = (NOW + timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S")
    said = {"120": 120, " 7 ": 7, later + " GMT": 300, later: 300, "": 0, "bald": 0, "-5": 0, "9" * 40: LONGEST}
    assert {words: seconds_away(words, NOW) for words in said} == said
    assert seconds_away((NOW - timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT"), NOW) == 0


def test_the_name_is_honest_and_fits_in_a_header() -> None:
    assert user_agent("Sở Dân tộc và Tôn giáo (Đồng Nai)", "") == "bantin/0.1 (So Dan toc va Ton giao Dong Nai)"
    assert user_agent("ភាសាខ្មែរ", " ") == "bantin/0.1"
