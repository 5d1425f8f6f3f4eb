"""The ledger of the timer: a slot runs once, whoever asks."""

import threading

from app.store import runs
from app.store.database import Database
from tests.people import Clock


def test_of_many_who_ask_one_gets_the_slot(each_database: Database, clock: Clock) -> None:
    got: list[str | None] = []
    gate = threading.Barrier(6)

    def ask() -> None:
        gate.wait(10)
        with each_database.writing() as session:
            got.append(runs.claim(session, "read_feeds", "2026-11-23 09:00", now=clock.now))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(got) == 6
    assert len([run for run in got if run]) == 1


def test_the_next_slot_and_another_job_run(database: Database, clock: Clock) -> None:
    for job, slot in (("read_feeds", "09:00"), ("read_feeds", "09:30"), ("back_up", "09:00")):
        with database.writing() as session:
            assert runs.claim(session, job, slot, now=clock.tick())


def test_a_run_that_was_killed_is_given_back_and_one_that_ended_is_not(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        ended = runs.claim(session, "read_feeds", "09:00", now=clock.tick())
        assert ended
        runs.finish(session, ended, outcome="ok", detail={"new": 3}, now=clock.tick())
        assert runs.claim(session, "read_feeds", "09:30", now=clock.tick())
    with database.writing() as session:
        assert runs.forget_unfinished(session) == 1
        assert runs.claim(session, "read_feeds", "09:00", now=clock.tick()) is None
        assert runs.claim(session, "read_feeds", "09:30", now=clock.tick())
        last = runs.last(session, "read_feeds")
        assert last is not None
        assert (last.slot, last.detail) == ("09:00", {"new": 3})
        assert [run.slot for run in runs.latest(session)] == ["09:30", "09:00"]
