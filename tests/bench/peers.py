"""newsboat (Debian) and `reader` (pip), each doing what we do: reading all feeds of the press into its own database."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.paths import ROOT
from tests.bench.press import FEEDS, Press

READER = ("reader==3.26", "sgmllib3k")  # without the second it cannot be imported today
_READER = """
import json, sys, time
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in sys.argv[2:]:
    reader.add_feed(url)
for _ in sys.stdin:
    began = time.perf_counter()
    for _ in reader.update_feeds_iter(workers=8, scheduled=False):
        pass
    print(json.dumps({"seconds": time.perf_counter() - began, "stored": reader.get_entry_counts().total}), flush=True)
"""
_SUBSCRIBE = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in sys.argv[2:]:
    reader.add_feed(url)
"""
_UPDATE = """
import sys
from reader import make_reader
make_reader(sys.argv[1]).update_feeds(workers=8, scheduled=False)
"""
_OUTLET = '[[outlet]]\nid = "bao-{n}"\nname = "Báo {n}"\nsite = "{url}"\n'
_SOURCE = '[[outlet.source]]\nid = "bao-{n}-1"\nname = "Tin"\nurl = "{url}"\ngrade = "A"\n'


@dataclass
class Program:
    """A program that reads once for every line it is given."""

    process: "subprocess.Popen[str]"

    def read(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("read\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@dataclass(frozen=True)
class Command:
    """A whole command, from its start to its end, started anew for each reading."""

    words: tuple[str, ...]
    environment: Mapping[str, str]

    def read(self) -> float:
        """Seconds."""
        began = time.perf_counter()
        subprocess.run(self.words, env=self.environment, check=True, capture_output=True, timeout=600)
        return time.perf_counter() - began


def our_command(press: Press, folder: Path, more: Mapping[str, str]) -> Command:
    """`python -m app.cli read` on a data folder of its own."""
    _list_outlets(press, folder)
    rooms = ("app", "feeds", "outbox", "config.py")  # an installed program is compiled, as reader's is by pip
    subprocess.run([sys.executable, "-m", "compileall", "-q", *rooms], check=True, cwd=ROOT)
    environment = {
        **os.environ,
        "BANTIN_CONFIG": str(folder / "none.toml"),
        "BANTIN_OUTLETS_FILE": str(folder / "outlets.toml"),
        "BANTIN_FETCH_PRIVATE_NETWORKS": "true",
        "BANTIN_NEW_PASSPHRASE": "một câu dài để mở cửa",
    }
    program, data = (sys.executable, "-m", "app.cli"), ("--data-dir", str(folder / "var"))
    subprocess.run([*program, "setup", "--person", "Hoài An", *data], env=environment, check=True, capture_output=True)
    return Command((*program, "read", *data), {**environment, **more})


def readers_command(press: Press, folder: Path, more: Mapping[str, str]) -> Command:
    """A script that only calls `update_feeds`; the feeds were added before."""
    folder.mkdir()
    python, database = str(_python_with_reader()), str(folder / "db.sqlite")
    urls = [press.url(n) for n in range(FEEDS)]
    subprocess.run([python, "-c", _SUBSCRIBE, database, *urls], check=True)
    return Command((python, "-c", _UPDATE, database), {**os.environ, **more})


@contextmanager
def ours(press: Press, folder: Path, more: Mapping[str, str]) -> Iterator[Program]:
    """Our reading in a process that stays, as the timer's."""
    _list_outlets(press, folder)
    with _running([sys.executable, "-m", "tests.bench.ours", str(folder)], more) as program:
        yield program


@contextmanager
def lemon_reader(press: Press, folder: Path, more: Mapping[str, str]) -> Iterator[Program]:
    urls = [press.url(n) for n in range(FEEDS)]
    folder.mkdir()
    with _running([str(_python_with_reader()), "-c", _READER, str(folder / "db.sqlite"), *urls], more) as program:
        yield program


@dataclass(frozen=True)
class Newsboat:
    """It reads and ends; what is timed is its whole run."""

    folder: Path
    more: Mapping[str, str]

    @classmethod
    def of(cls, press: Press, folder: Path, more: Mapping[str, str]) -> "Newsboat":
        if shutil.which("newsboat") is None:
            pytest.skip("newsboat is not installed")
        folder.mkdir()
        (folder / "urls").write_text("\n".join(press.url(n) for n in range(FEEDS)), "utf-8")
        (folder / "config").write_text("reload-threads 8\n", "utf-8")
        return cls(folder, more)

    def read(self) -> float:
        options = [f"-{letter}{self.folder / name}" for letter, name in (("C", "config"), ("u", "urls"), ("c", "db"))]
        environment = {**os.environ, "HOME": str(self.folder), **self.more}
        began = time.perf_counter()
        command = ["newsboat", *options, "-x", "reload"]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
        return time.perf_counter() - began


def _list_outlets(press: Press, folder: Path) -> None:
    folder.mkdir()
    lines = [(_OUTLET + _SOURCE).format(n=n, url=press.url(n)) for n in range(FEEDS)]
    (folder / "outlets.toml").write_text("\n".join(lines), "utf-8")


@contextmanager
def _running(command: list[str], more: Mapping[str, str]) -> Iterator[Program]:
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **more})
    with process:
        try:
            yield Program(process)
        finally:
            process.kill()


def _python_with_reader() -> Path:
    """A virtual environment outside the project, kept for the next run."""
    folder = Path(tempfile.gettempdir()) / "bantin-bench" / READER[0].replace("==", "-")
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *READER]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("the package “reader” cannot be installed")
        (folder / "ready").touch()
    return python
