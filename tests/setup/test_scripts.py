"""The set-up: scripts that start, and lists of libraries that are whole, locked and say no address."""

import ast
import os
import re
import subprocess
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from app.paths import ROOT

REQUIREMENTS = ROOT / "requirements"
SCRIPTS = ("run", "test", ".ci/run")
LOCKS = ("runtime.lock", "dev.lock", "uv.lock")
ADDRESS = re.compile(r"https?:|file:|\bindex-url\b|\bfind-links\b|\b[a-z0-9-]+\.(org|com|net|io)\b", re.IGNORECASE)

NEVER_IMPORTED = {
    "tzdata": "the standard library reads it where the machine has no time zones",
    "psycopg": "SQLAlchemy loads it for an office that keeps its data in PostgreSQL",
    "cssselect": "lxml loads it for the selectors of the recipes",
    "fontpkg-be-vietnam-pro": "fontpkg finds its files by the family's name",
    "fontpkg-noto-sans": "fontpkg finds its files by the family's name",
    "fontpkg-noto-sans-khmer": "fontpkg finds its files by the family's name",
    "fontpkg-noto-serif": "fontpkg finds its files by the family's name",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_may_be_started(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("script", [*SCRIPTS, "requirements/setup.sh"])
def test_every_script_is_plain_posix_shell_of_readable_length(script: str) -> None:
    text = (ROOT / script).read_text("utf-8")

    checked = subprocess.run(["sh", "-n", ROOT / script], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert len(text.splitlines()) <= 140
    assert not re.search(r"\[\[ |^\s*(function|local|source|declare) |<<<", text, re.MULTILINE), "not POSIX"


@pytest.mark.parametrize("file", [*SCRIPTS, "requirements/setup.sh", *(f"requirements/{lock}" for lock in LOCKS)])
def test_nothing_of_the_set_up_names_an_address(file: str) -> None:
    assert not ADDRESS.search((ROOT / file).read_text("utf-8"))


@pytest.mark.parametrize("text", ["--index-url x", "https://mirror.example/simple", "packages.example.com"])
def test_an_address_would_be_seen(text: str) -> None:
    assert ADDRESS.search(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_library_has_one_version_and_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (REQUIREMENTS / lock).read_text("utf-8").strip())

    for entry in entries:
        assert re.fullmatch(r"[a-z0-9.-]+==\S+( \\\n +--hash=sha256:[0-9a-f]{64})+", entry), entry.splitlines()[0]
    assert len(entries) == len({entry.split("==")[0] for entry in entries})


def test_what_the_tests_run_on_is_what_the_office_runs_on() -> None:
    assert _locked("runtime.lock").items() <= _locked("dev.lock").items()


@pytest.mark.parametrize("name", ["runtime", "dev", "uv"])
def test_every_wanted_library_is_locked(name: str) -> None:
    assert _wanted(f"{name}.in") <= _locked(f"{name}.lock").keys()


def test_every_library_the_program_imports_is_asked_for_by_name() -> None:
    provided = packages_distributions()

    strangers = {
        name for name in _imported() if name in provided and not _names(provided[name]) & _wanted("runtime.in")
    }

    assert not strangers


def test_every_library_asked_for_is_imported_or_has_a_reason() -> None:
    provided = packages_distributions()

    imported = {name for module in _imported() for name in _names(provided.get(module, []))}

    assert _wanted("runtime.in") - imported == NEVER_IMPORTED.keys()


def test_the_continuous_check_is_the_same_check_as_on_a_desk() -> None:
    commands = (ROOT / ".ci/run").read_text("utf-8").splitlines()[1:]

    assert commands == ['cd -- "$(dirname -- "$0")/.." && exec ./test']


def _names(distributions: list[str]) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in distributions}


def _wanted(file: str) -> set[str]:
    lines = (REQUIREMENTS / file).read_text("utf-8").split("\n")
    return {re.split(r"[\[<>=~ ]", line)[0] for line in lines if line and not line.startswith(("-r", "#"))}


def _locked(file: str) -> dict[str, str]:
    pairs = re.findall(r"^([a-z0-9.-]+)==(\S+)", (REQUIREMENTS / file).read_text("utf-8"), re.MULTILINE)
    return {str(name): str(version) for name, version in pairs}


def _imported() -> set[str]:
    """Top-level names that any file of the program imports."""
    files = [ROOT / "config.py", *(path for room in ("app", "feeds", "outbox") for path in (ROOT / room).rglob("*.py"))]
    return {name.split(".")[0] for path in files for name in _imports_of(path)}


def _imports_of(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
