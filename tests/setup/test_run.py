"""`./run` on a stand-in checkout: real scripts, a Python that tells how it was called, a uv that installs nothing."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.paths import ROOT

TELLING_PYTHON = '#!/bin/sh\necho "in $PWD"\nfor word in "$@"; do echo "<$word>"; done\n'
IDLE_UV = """#!/bin/sh
case "$*" in
--version) echo "uv {version} (idle)" ;;
venv*) mkdir -p "$here/.venv/bin" && cp "$here/python" "$here/.venv/bin/python" ;;
*) echo "$*" >>"$here/asked" && {answer} ;;
esac
"""


@dataclass
class Checkout:
    """A copy of the set-up in a folder whose name has spaces and Vietnamese letters."""

    folder: Path

    def run(self, *words: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
        command = [str(self.folder / "run"), *words]
        environ = {"PATH": path, "here": str(self.folder)}
        return subprocess.run(command, cwd="/", env=environ, capture_output=True, text=True, check=False)

    def give_uv(self, answer: str = "true") -> None:
        version = (self.folder / "requirements/uv.lock").read_text("utf-8").split()[0].removeprefix("uv==")
        self.write(".tools/bin/uv", IDLE_UV.format(version=version, answer=answer))

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        file.chmod(0o755)

    def asked(self) -> list[str]:
        file = self.folder / "asked"
        return file.read_text("utf-8").splitlines() if file.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder = tmp_path / "bản tin dân tộc"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "run", folder / "run")
    made = Checkout(folder)
    made.write("python", TELLING_PYTHON)
    made.give_uv()
    return made


def test_the_first_run_prepares_and_then_opens_the_desk(checkout: Checkout) -> None:
    first = checkout.run()

    assert first.returncode == 0
    assert first.stdout.splitlines() == ["in /", "<-P>", "<-m>", "<app.cli>", "<serve>"]
    assert "xong" in first.stderr
    assert "--require-hashes" in checkout.asked()[0]


def test_a_second_run_is_silent_and_installs_nothing(checkout: Checkout) -> None:
    checkout.run()
    asked = checkout.asked()

    second = checkout.run("stories", "--search", "đường về bản", "$HOME *")

    assert second.stderr == ""
    assert second.stdout.splitlines()[4:] == ["<stories>", "<--search>", "<đường về bản>", "<$HOME *>"]
    assert checkout.asked() == asked


def test_a_changed_lock_is_installed_again(checkout: Checkout) -> None:
    checkout.run()
    lock = checkout.folder / "requirements/runtime.lock"
    lock.write_text(lock.read_text("utf-8") + "# one more\n", "utf-8")

    checkout.run()

    assert len(checkout.asked()) == 2


def test_an_installation_broken_off_is_told_in_one_sentence_and_goes_on_the_next_time(checkout: Checkout) -> None:
    checkout.give_uv(answer="{ echo 'no route' >&2; exit 2; }")
    broken = checkout.run()
    checkout.give_uv()
    mended = checkout.run()

    assert broken.returncode == 1
    assert broken.stdout == ""
    assert str(checkout.folder / ".tools/setup.log") in broken.stderr.splitlines()[-1]
    assert mended.returncode == 0
    assert "<serve>" in mended.stdout


def test_the_log_keeps_what_the_failed_step_said(checkout: Checkout) -> None:
    checkout.give_uv(answer="{ echo 'no route' >&2; exit 2; }")

    checkout.run()

    assert "no route" in (checkout.folder / ".tools/setup.log").read_text("utf-8")


def test_where_the_tests_have_been_their_tools_stay(checkout: Checkout) -> None:
    checkout.write(".venv/dev.lock", "")

    checkout.run()

    assert all(line.endswith("dev.lock") for line in checkout.asked())


def test_a_machine_without_python_is_told_the_command(checkout: Checkout, tmp_path: Path) -> None:
    """Only the plain tools are in reach, and a python3 that is too old for every question."""
    checkout.write("bin/python3", "#!/bin/sh\nexit 1\n")
    setup = checkout.folder / "requirements/setup.sh"
    setup.write_text(setup.read_text("utf-8").replace(" /usr/bin/python3 ", " "), "utf-8")
    for tool in ("sh", "cmp", "readlink", "dirname", "date", "flock", "mkdir"):
        (checkout.folder / "bin" / tool).symlink_to(str(shutil.which(tool)))

    told = checkout.run(path=str(checkout.folder / "bin"))

    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].strip() == "sudo apt-get install -y python3 python3-pip"
