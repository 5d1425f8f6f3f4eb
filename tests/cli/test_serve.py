"""The desk as a running program: a second one, a taken port, a stop."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.paths import ROOT


@contextmanager
def serving(data_dir: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The desk on a free port of this machine, without its timer, until the block ends; gives its address."""
    program = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--no-timer", "--data-dir", str(data_dir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "BANTIN_PORT": str(port), "PYTHONUNBUFFERED": "1"},
    )
    try:
        said = ""
        assert program.stdout
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)", said)):
            line = program.stdout.readline()
            assert line, said
            said += line
        yield program, found[0]
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(10)
        if program.stdout:
            program.stdout.close()


def again(data_dir: Path, port: int) -> subprocess.CompletedProcess[str]:
    """A second start."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "serve", "--no-timer", "--data-dir", str(data_dir)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, "BANTIN_PORT": str(port)},
        check=False,
    )


def test_the_first_page_asks_for_the_set_up(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, address), urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.url.endswith("/cai-dat")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_second_program_on_the_same_folder_says_so_and_stops(tmp_path: Path) -> None:
    with serving(tmp_path):
        second = again(tmp_path, 0)
    assert second.returncode == 1
    assert len(second.stderr.strip().splitlines()) == 1


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        second = again(tmp_path, other.getsockname()[1])
    assert second.returncode == 1
    assert str(other) not in second.stderr
    assert "Traceback" not in second.stderr


def test_after_a_kill_the_folder_opens_again(tmp_path: Path) -> None:
    with serving(tmp_path) as (program, _):
        program.kill()
        program.wait(10)
    with serving(tmp_path) as (_, address), urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.status == 200
