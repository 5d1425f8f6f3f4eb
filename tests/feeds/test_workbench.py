"""The child in which foreign bytes are taken apart, and what happens when they take it down."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.models.errors import Unreadable
from app.paths import ROOT
from feeds.outcomes import outcome_of, unreadable
from feeds.workbench import Workbench, Workshop


def double(number: int) -> int:
    return number * 2


def process_id() -> int:
    return os.getpid()


def burn() -> None:
    while True:
        pass


def grow() -> int:
    return len(b"x" * 4_000_000_000)


def recurse(depth: int = 0) -> int:
    return recurse(depth + 1)


def refuse() -> None:
    raise unreadable("web_page")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def work_with_cpu(seconds: float) -> int:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()


def modules() -> list[str]:
    return sorted(sys.modules)


def test_one_child_does_one_piece_of_work_after_the_other() -> None:
    with Workbench() as bench:
        assert [bench.run(double, n) for n in range(3)] == [0, 2, 4]
        assert bench.run(process_id) == bench.run(process_id) != os.getpid()


def test_an_error_for_people_comes_back_as_it_is() -> None:
    with Workbench() as bench, pytest.raises(Unreadable) as caught:
        bench.run(refuse)
    assert outcome_of(caught.value) == "web_page"


@pytest.mark.parametrize("work", [grow, recurse, die])
def test_work_over_its_limits_is_one_sentence_and_the_next_goes_on(work: object) -> None:
    with Workbench() as bench:
        with pytest.raises(Unreadable) as caught:
            bench.run(work)  # type: ignore[arg-type]
        assert outcome_of(caught.value) == "too_hard"
        assert bench.run(double, 21) == 42


def test_work_without_end_is_ended() -> None:
    started = time.monotonic()
    with Workbench(seconds=1) as bench, pytest.raises(Unreadable):
        bench.run(burn)
    assert time.monotonic() - started < 5


def test_a_child_that_worked_much_is_replaced_before_its_limit() -> None:
    with Workbench(seconds=1) as bench:
        assert bench.run(work_with_cpu, 0.7) != bench.run(work_with_cpu, 0.7)


def test_the_child_knows_no_web_and_no_database() -> None:
    # In a process of its own: here other tests may already have said what children are born with.
    script = "from feeds.workbench import Workbench; from tests.feeds.test_workbench import modules\n"
    script += "with Workbench() as bench: print(*bench.run(modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert "feedparser" in loaded
    assert not {"flask", "sqlalchemy", "trafilatura", "protego"} & loaded


def test_the_child_does_not_begin_by_loading_the_program_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "bantin.py"  # as the terminal starts it: the whole desk at the top of a file
    script.write_text(
        "import wave\nfrom feeds.workbench import Workbench\nfrom tests.feeds.test_workbench import modules\n"
        "if __name__ == '__main__':\n    with Workbench() as bench: print('wave' in bench.run(modules), __file__)\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["False", str(script)]  # and the program itself still knows where it stands


def test_a_workshop_works_side_by_side_and_makes_the_others_wait() -> None:
    with Workshop(2) as workshop:
        with workshop.lend() as one, workshop.lend() as other:
            assert one.run(process_id) != other.run(process_id)
            waiting = threading.Thread(target=lambda: workshop.lend().__enter__())
            waiting.start()
            waiting.join(0.1)
            assert waiting.is_alive()
        waiting.join(5)
        assert not waiting.is_alive()


def test_a_child_is_born_only_where_it_is_needed() -> None:
    with Workshop(2) as workshop:
        with workshop.lend() as first:
            child = first.run(process_id)
        with workshop.lend() as again:
            assert again.run(process_id) == child
