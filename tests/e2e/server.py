"""The desk as a running program: `serve` in a process of its own, on a folder and a port that outlive a kill."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from app.paths import ROOT

GREETING = re.compile(r"http://127\.0\.0\.1:(\d+)")


@dataclass
class Server:
    """One desk. `port` is free at first; a second start takes the same one."""

    data_dir: Path
    timer: bool = False
    port: int = 0
    program: subprocess.Popen[str] | None = field(default=None, init=False)
    fonts: ClassVar[Path | None] = None  # fonts already cut to size

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the program said."""
        return self.data_dir.with_name(self.data_dir.name + ".log")

    def start(self) -> "Server":
        """Returns when the desk has said where it is open."""
        if self.fonts is not None:
            shutil.copytree(self.fonts, self.data_dir / "phong-chu", dirs_exist_ok=True)
        with self.log.open("a") as log:
            verb = ["serve"] if self.timer else ["serve", "--no-timer"]
            self.program = subprocess.Popen(
                [sys.executable, "-m", "app.cli", *verb, "--data-dir", str(self.data_dir)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
                env=self._environ(),
                start_new_session=True,  # so that its children can be ended with it
            )
        assert self.program.stdout
        for line in self.program.stdout:
            if found := GREETING.search(line):
                self.port = int(found[1])
                return self
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """The power is cut: no farewell, no last write."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As Ctrl+C does."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.program is None:
            return
        group, program, self.program = self.program.pid, self.program, None
        program.send_signal(number)
        program.wait(20)
        if program.stdout:
            program.stdout.close()
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)  # the children that lay out pages

    def _environ(self) -> dict[str, str]:
        """No setting from outside, and no outlet: the tests never leave this machine."""
        none = self.data_dir.with_name(self.data_dir.name + ".toml")
        none.touch()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BANTIN_")}
        ours = {"CONFIG": str(none), "OUTLETS_FILE": str(none), "PORT": str(self.port), "HOST": "127.0.0.1"}
        return {**clean, **{f"BANTIN_{name}": value for name, value in ours.items()}, "PYTHONUNBUFFERED": "1"}
