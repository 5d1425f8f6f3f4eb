"""The arrows of ARCHITECTURE.md, kept true: news flows one way, nothing imports in a circle, files stay small."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from app.paths import ROOT

FREE = "app.machine app.paths"  # anyone may import these
BELOW = {  # layer: the layers it may import besides itself; a module belongs to the longest name that fits
    "config": "",
    "app": "",
    "app.machine": "",
    "app.paths": "",
    "app.words": "app.models.errors app.desk",
    "app.models": "",
    "app.desk": "app.models",
    "app.store": "app.models app.desk config",
    "feeds": "app.models app.desk app.store config",
    "outbox": "app.models app.desk app.store config",
    "app.web": "app.models app.desk app.store app.words app.jobs feeds outbox config",
    "app.jobs": "app.models app.desk app.store feeds outbox config",
    "app.cli": "app.models app.desk app.store app.words app.jobs app.web feeds outbox config",
}
# The desk computes: no network, no files, no clock, no chance.
PURE = {
    *(
        "app",
        "array",
        "ast",
        "calendar",
        "collections",
        "copy",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "functools",
    ),
    *(
        "hashlib",
        "heapq",
        "itertools",
        "json",
        "lunar_vn",
        "math",
        "re",
        "string",
        "typing",
        "unicodedata",
        "urllib.parse",
    ),
    *("statistics", "zoneinfo"),
}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}
LINES, FUNCTION_LINES = 300, 60
MIGRATIONS = "app.store.migrations"


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = {name(path): path for room in ("app", "feeds", "outbox") for path in sorted((ROOT / room).rglob("*.py"))}
FILES["config"] = ROOT / "config.py"
TREES = {module: ast.parse(path.read_text("utf-8")) for module, path in FILES.items()}


def layer(module: str) -> str:
    return max((known for known in BELOW if f"{module}.".startswith(f"{known}.")), key=len, default="")


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "say the whole name, not a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_arrows(module: str, tree: ast.Module) -> set[str]:
    here = layer(module)
    allowed = [*BELOW[here].split(), *FREE.split()]
    others = (target for target in imports(tree) if layer(target) not in ("", here))
    return {target for target in others if not any(f"{target}.".startswith(f"{known}.") for known in allowed)}


def circle(trees: dict[str, ast.Module]) -> list[str]:
    graph: dict[str, set[str]] = {module: set() for module in trees}
    for module, tree in trees.items():
        for target in imports(tree):
            parts = target.split(".")  # importing a.b.c also runs a and a.b
            graph[module] |= {".".join(parts[:n]) for n in range(1, len(parts) + 1)} & trees.keys() - {module}
        graph[module] -= {parent for parent in trees if module.startswith(f"{parent}.")}  # those are running already
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def impurities(tree: ast.Module) -> set[str]:
    found = {t for t in imports(tree) if not any(f"{t}.".startswith(f"{known}.") for known in PURE)}
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return found | {call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS}


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("module", TREES)
def test_imports_only_what_stands_below(module: str) -> None:
    assert not wrong_arrows(module, TREES[module])


@pytest.mark.parametrize("module", [module for module in TREES if layer(module) == "app.desk"])
def test_the_desk_never_touches_the_outside(module: str) -> None:
    assert not impurities(TREES[module])


@pytest.mark.parametrize("module", [module for module in TREES if layer(module) == "app.models"])
def test_the_nouns_know_no_flask_and_ask_no_questions(module: str) -> None:
    forbidden = ("flask", "sqlalchemy.select", "sqlalchemy.orm.Session", "sqlalchemy.create_engine")
    assert not {target for target in imports(TREES[module]) if target.startswith(forbidden)}


def test_nothing_imports_in_a_circle() -> None:
    assert not circle(TREES)


@pytest.mark.parametrize("module", TREES)
def test_imports_stand_at_the_top(module: str) -> None:
    inner = (node for node in ast.walk(TREES[module]) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    assert not [f.name for f in inner for node in ast.walk(f) if isinstance(node, (ast.Import, ast.ImportFrom))]


@pytest.mark.parametrize("module", [module for module in TREES if not module.startswith(MIGRATIONS)])
def test_files_and_functions_stay_small(module: str) -> None:
    lines, first = FILES[module].read_text("utf-8").count("\n"), (ast.get_docstring(TREES[module]) or "").split("\n")[0]
    assert lines <= LINES or "longer than" in first.lower(), f"{lines} lines; or say why in the docstring's first line"
    assert not {name: length for name, length in functions(TREES[module]) if length > FUNCTION_LINES}


@pytest.mark.parametrize("module", [m for m, path in FILES.items() if path.stat().st_size])
def test_every_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(TREES[module])


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "service", "services"}
    assert not {module for module in FILES if drawers & set(module.split("."))}


def test_the_package_runs_nothing_when_it_is_imported() -> None:
    assert not (ROOT / "app" / "__init__.py").read_text("utf-8").strip()


def test_feeds_and_outbox_never_meet_nor_see_flask() -> None:
    for module, tree in TREES.items():
        if layer(module) in ("feeds", "outbox"):
            other = "outbox" if layer(module) == "feeds" else "feeds"
            assert not {t for t in imports(tree) if t.split(".")[0] in (other, "flask", "flask_babel")}, module


def test_the_web_process_holds_no_typesetter_and_no_feed_parser() -> None:
    script = "import sys, app.web.application; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"weasyprint", "feedparser", "trafilatura", "lxml.html", "protego", "docx"} & set(done.stdout.split())


class TestTheseTestsCanFail:
    """The controls: what each rule is there to find."""

    def test_an_arrow_that_points_up(self) -> None:
        tree = ast.parse("from app.web.pages import page\nfrom app.models.errors import Refused")
        assert wrong_arrows("app.desk.ops", tree) == {"app.web.pages.page"}
        assert not wrong_arrows("app.web.today", ast.parse("from app.desk import ops"))

    def test_a_circle_through_a_package(self) -> None:
        trees = {
            "app": ast.parse("import app.web"),
            "app.web": ast.parse("import feeds.intake"),
            "feeds": ast.parse(""),
            "feeds.intake": ast.parse("import app.models"),
            "app.models": ast.parse(""),
        }
        assert circle(trees)
        trees["app"] = ast.parse("")
        assert not circle(trees)

    @pytest.mark.parametrize(
        "line", ["import os", "import time", "from pathlib import Path", "import flask", "x = datetime.now(UTC)"]
    )
    def test_a_desk_that_looks_outside(self, line: str) -> None:
        assert impurities(ast.parse(line))

    def test_a_relative_import(self) -> None:
        with pytest.raises(AssertionError):
            list(imports(ast.parse("from . import ops")))
