"""The program as a script calls it: its exit code, what it says and what it complains about."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cli.main import main
from app.paths import ROOT


@dataclass(frozen=True)
class Answer:
    """What one call gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of a call with --json."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """`bantin` on one data folder."""

    data_dir: Path

    def __call__(self, *words: str, typed: str = "", **environ: str) -> Answer:
        """Runs a verb as the command line would; `typed` is what stands on standard input."""
        said, complained = io.StringIO(), io.StringIO()
        with redirect_stdout(said), redirect_stderr(complained), _surroundings(typed, self.environ | environ):
            code = main([*words, "--data-dir", str(self.data_dir)])
        return Answer(code, said.getvalue(), complained.getvalue())

    def process(self, *words: str, **environ: str) -> Answer:
        """The same in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *words, "--data-dir", str(self.data_dir)],
            capture_output=True,
            text=True,
            timeout=300,
            cwd=ROOT,
            env=_without_settings() | self.environ | environ,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def ask(self, *words: str, typed: str = "", **environ: str) -> Any:
        """The JSON of a verb that must work."""
        answer = self(*words, "--json", typed=typed, **environ)
        assert answer.code == 0, answer.err
        return answer.json

    @property
    def environ(self) -> dict[str, str]:
        """Settings from nowhere but the defaults."""
        return {"BANTIN_CONFIG": str(self.data_dir / "none.toml")}


@contextmanager
def _surroundings(typed: str, environ: dict[str, str]) -> Iterator[None]:
    before, stdin = dict(os.environ), sys.stdin
    os.environ.clear()
    os.environ.update(_without_settings(before) | environ)
    sys.stdin = io.StringIO(typed)
    try:
        yield
    finally:
        sys.stdin = stdin
        os.environ.clear()
        os.environ.update(before)


def _without_settings(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    return {name: value for name, value in environ.items() if not name.startswith("BANTIN_")}
