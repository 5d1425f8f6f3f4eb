"""The program as a script calls it: a real process, its exit code, what it says and what it complains about."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        """Runs a verb; `typed` is what stands on standard input."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BANTIN_")}
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *words, "--data-dir", str(self.data_dir)],
            input=typed,
            capture_output=True,
            text=True,
            timeout=300,
            cwd=ROOT,
            env={**clean, "BANTIN_CONFIG": str(self.data_dir / "none.toml"), **environ},
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def ask(self, *words: str, typed: str = "", **environ: str) -> Any:
        """The JSON of a verb that must work."""
        answer = self(*words, "--json", typed=typed, **environ)
        assert answer.code == 0, answer.err
        return answer.json
