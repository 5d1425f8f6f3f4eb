"""Whether a source is good, silent or failing, and what stands in the way of all of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.desk.health import Facts, Quiet, State, judge, shares, strip

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, nine o'clock in Viet Nam
HOUR = timedelta(hours=1)


def facts(**known: Any) -> Facts:
    well = Facts(
        enabled=True,
        outcome="same",
        failures=0,
        read_at=NOW,
        new_at=NOW - 2 * HOUR,
        first_at=NOW - 1000 * HOUR,
        newest_at=NOW - 3 * HOUR,
        failing_since=None,
        patience_hours=24.0,
        rests_weekends=False,
    )
    return Facts(**{name: known.get(name, getattr(well, name)) for name in Facts.__slots__})


@pytest.mark.parametrize(
    ("known", "state", "quiet"),
    [
        ({}, State.GOOD, Quiet.NONE),
        ({"enabled": False}, State.OFF, Quiet.NONE),
        ({"read_at": None}, State.NEW, Quiet.NONE),
        ({"failures": 1, "outcome": "timeout"}, State.ERROR, Quiet.NONE),
        ({"new_at": NOW - 30 * HOUR}, State.SILENT, Quiet.GAP),
        ({"new_at": NOW - 72 * HOUR, "patience_hours": 700.0}, State.GOOD, Quiet.NONE),  # it comes once a month
        ({"new_at": NOW - 72 * HOUR, "patience_hours": None}, State.GOOD, Quiet.NONE),  # nobody knows yet
        ({"new_at": NOW - 400 * HOUR, "patience_hours": None}, State.SILENT, Quiet.GAP),
        ({"new_at": NOW - 1000 * HOUR, "newest_at": None, "patience_hours": None}, State.SILENT, Quiet.FROZEN),
        ({"new_at": NOW - HOUR, "first_at": NOW - HOUR, "newest_at": NOW - 900 * HOUR}, State.SILENT, Quiet.OLD),
        ({"new_at": NOW - HOUR, "newest_at": NOW - 900 * HOUR}, State.GOOD, Quiet.NONE),  # its dates are odd, it lives
        ({"outcome": "empty", "new_at": None}, State.SILENT, Quiet.EMPTY),
        ({"outcome": "budget"}, State.GOOD, Quiet.NONE),
    ],
)
def test_a_source_is_judged_by_what_is_known(known: dict[str, Any], state: State, quiet: Quiet) -> None:
    found = judge(facts(**known), now=NOW)
    assert (found.state, found.quiet) == (state, quiet)


def test_a_computer_that_was_off_calls_nobody_silent() -> None:
    three_days_ago = NOW - 72 * HOUR
    known = facts(read_at=three_days_ago, new_at=three_days_ago - HOUR)
    assert judge(known, now=NOW).state == State.GOOD
    assert judge(facts(new_at=three_days_ago - HOUR), now=NOW).state == State.SILENT  # the control: it was read


def test_a_failing_source_says_since_when() -> None:
    since = NOW - 5 * HOUR
    assert judge(facts(failures=3, failing_since=since), now=NOW).since == since
    assert judge(facts(new_at=NOW - 30 * HOUR), now=NOW).since == NOW - 30 * HOUR


def test_the_strip_shows_thirty_days_and_a_failure_until_it_ended() -> None:
    rows = [
        (NOW - 40 * 24 * HOUR, 9, "ok"),
        (NOW - 5 * 24 * HOUR, 3, "ok"),
        (NOW - 5 * 24 * HOUR + HOUR, 4, "ok"),
        (NOW - 4 * 24 * HOUR, 0, "timeout"),
        (NOW - 2 * 24 * HOUR, 1, "ok"),
    ]
    days = strip(rows, failing={"timeout"}, now=NOW)
    assert (len(days), days[-1].day, days[-6].new, days[-3].new) == (30, date(2026, 11, 23), 7, 1)
    assert [day.failed for day in days[-6:]] == [False, True, True, False, False, False]
    going_on = strip([(NOW - 60 * 24 * HOUR, 0, "timeout")], failing={"timeout"}, now=NOW)
    assert all(day.failed for day in going_on)
    assert not any(day.failed or day.new for day in strip([], failing={"timeout"}, now=NOW))


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (["portal", "inside", "ok"], "portal"),
        (["portal", "ok", "same"], ""),
        (["clock", "expired", "ok"], "clock"),
        (["dns", "connection", "timeout", "same"], "network"),
        (["budget"] * 4, "budget"),
        (["ok"], ""),
        ([], ""),
    ],
)
def test_what_meets_most_sources_at_once_is_told_once(outcomes: list[str], told: str) -> None:
    assert shares(outcomes) == told
