"""What the program can say: every msgid in the Python and the pages of the desk, read from the source with Babel."""

import ast
import inspect
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from app.desk import sentences
from app.models import errors
from app.models.errors import BantinError
from app.paths import ROOT, TEMPLATES

ERRORS = [name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, BantinError)]
# What words a sentence, and which of its arguments are the msgids.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("_", "gettext", "tr", "say", "step", "help", "ConfigError", *ERRORS)),
    **dict.fromkeys(("ngettext", "trn"), (1, 2)),
    "setting": (2,),
}
SPOKEN = {"_", "gettext", "tr", "ngettext", "trn", *ERRORS}  # said of a variable, they need a table below

# Tables of msgids: of each entry the whole value, or of a tuple or call the parts at these places.
WHOLE = None
TABLES: dict[tuple[str, str], tuple[int, ...] | None] = {
    ("app/desk/findings.py", "SENTENCES"): WHOLE,
    ("app/desk/lookalikes.py", "SENTENCES"): WHOLE,
    **{("app/desk/sentences.py", name): WHOLE for name in vars(sentences) if name.isupper() and name != "NAMES"},
    ("feeds/outcomes.py", "OUTCOMES"): (0, 1),
    ("app/desk/health.py", "QUIET"): (0, 1),
    ("app/cli/main.py", "FULL"): WHOLE,
    ("app/cli/system.py", "trouble"): WHOLE,
    ("app/store/database.py", "warning"): WHOLE,
    ("app/web/article_page.py", "KINDS"): WHOLE,
    ("app/web/articles.py", "GROUPS"): (0,),
    ("app/web/errors.py", "WORDS"): WHOLE,
    ("app/web/issues.py", "DESIGNS"): WHOLE,
    ("app/web/notices.py", "SAID"): (1,),
    ("app/web/outbox.py", "GROUPS"): (0, 3),
    ("app/web/pages.py", "WORDS"): (0,),
    ("app/web/people.py", "ROLES"): WHOLE,
    ("app/web/places.py", "KINDS"): WHOLE,
    ("app/web/proofs.py", "KINDS"): WHOLE,
    ("app/web/sentences.py", "KINDS"): WHOLE,
    **{("app/web/states.py", name): (2,) for name in ("ARTICLE", "ISSUE", "PARCEL")},
    ("app/web/source_settings.py", "CHOICES"): WHOLE,
    ("app/web/story_letters.py", "KINDS"): WHOLE,
    ("app/web/rule_form.py", "SPANS"): WHOLE,
    ("app/web/story_question.py", "DAYS"): WHOLE,
    ("app/web/story_question.py", "GROUPS"): (1,),
    ("app/web/story_question.py", "MARKS"): WHOLE,
    ("app/web/story_text.py", "NOTICES"): WHOLE,
    ("app/web/story_text.py", "READ_BY"): WHOLE,
    ("app/web/system.py", "FACTS"): (1,),
    ("app/web/system.py", "IMPRINT"): (1,),
}
# These only pass on what others hand them.
PASSING = {
    "app/web/verdicts.py",
    "app/cli/by_hand.py",
    "app/web/source_add.py",
    "feeds/sources/discovery.py",
    "feeds/hand/links.py",
    "feeds/sources/own.py",
    "app/web/story_pictures.py",
    "app/web/health.py",
    "app/web/health_words.py",
    "app/words.py",
    "app/web/phrases.py",
    "app/cli/frame.py",
    "app/cli/help.py",
}


def extract_calls(
    stream: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Babel's protocol over Python's own tree: Babel's reader would join both arms of `a if b else c` into one."""
    for node in ast.walk(ast.parse(stream.read())):
        if isinstance(node, ast.Call) and _name(node.func) in keywords:
            yield from ((node.lineno, _name(node.func), words, []) for words in _arms(node.args))
        if isinstance(node, ast.keyword) and node.arg == "help":
            yield from ((node.lineno, "help", words, []) for words in _arms([node.value]))
        if isinstance(node, ast.FunctionDef) and any(_is_verb(mark) for mark in node.decorator_list):
            yield node.lineno, "help", inspect.cleandoc(ast.get_docstring(node) or ""), []


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_verb(mark: ast.expr) -> bool:
    return isinstance(mark, ast.Call) and _name(mark.func) in ("command", "group")


def _arms(arguments: list[ast.expr]) -> list[tuple[str | None, ...]]:
    """The arguments as text, None where they are none; twice when the first is one of two texts."""
    if arguments and isinstance(arguments[0], ast.IfExp):
        return [*_arms([arguments[0].body, *arguments[1:]]), *_arms([arguments[0].orelse, *arguments[1:]])]
    return [tuple(n.value if isinstance(n, ast.Constant) and isinstance(n.value, str) else None for n in arguments)]


def _sources() -> list[Path]:
    rooms = (path for room in ("app", "feeds", "outbox") for path in sorted((ROOT / room).rglob("*.py")))
    return [ROOT / "config.py", *(path for path in rooms if "migrations" not in path.parts)]


def of_file(path: Path, method: Any, options: Mapping[str, Any] | None = None) -> Iterator[tuple[str, ...]]:
    """The msgids of one file, each alone or with its plural."""
    found = extract(method, BytesIO(path.read_bytes()), KEYWORDS, options=dict(options or {}))
    for _line, words, _comments, _context in found:
        yield (words,) if isinstance(words, str) else tuple(words)


def of_table(module: str, name: str, places: tuple[int, ...] | None) -> Iterator[str]:
    """The msgids of a table, read from the source, so that a half-written room harms no other."""
    for node in ast.walk(ast.parse((ROOT / module).read_bytes())):
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if [_name(target) for target in targets] == [name]:
            yield from (text for entry in _entries(node.value) for text in _texts(entry, places))


def _entries(table: ast.expr) -> list[ast.expr]:
    if isinstance(table, ast.Dict):
        return table.values
    return table.elts if isinstance(table, (ast.Tuple, ast.List)) else [table]


def _texts(node: ast.expr | None, places: tuple[int, ...] | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.Tuple, ast.Call)):
        parts = node.elts if isinstance(node, ast.Tuple) else node.args
        yield from (
            text
            for part in (parts if places is None else [parts[place] for place in places])
            for text in _texts(part, places)
        )
    elif isinstance(node, (ast.Dict, ast.BoolOp)):
        yield from (text for part in node.values for text in _texts(part, places))
    elif isinstance(node, ast.IfExp):
        yield from (text for part in (node.body, node.orelse) for text in _texts(part, places))


def msgids() -> dict[tuple[str, ...], str]:
    """Every msgid, alone or with its plural, and one file that says it."""
    found: dict[tuple[str, ...], str] = {}
    for path in _sources():
        found |= dict.fromkeys(of_file(path, extract_calls), str(path.relative_to(ROOT)))
    for path in sorted((TEMPLATES / "desk").rglob("*.html")):
        options = {"trim_blocks": "true", "extensions": "jinja2.ext.i18n", "silent": "false"}
        found |= dict.fromkeys(of_file(path, babel_extract, options), str(path.relative_to(TEMPLATES.parent)))
    for (module, name), places in TABLES.items():
        found |= {(text,): module for text in of_table(module, name, places)}
    return {words: where for words, where in found.items() if words[0]}


def calls_of_variables() -> list[str]:
    """Where a module words a msgid that it does not spell out, and has no table in TABLES: file and line."""
    known = PASSING | {module for module, _ in TABLES}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _sources()
        if str(path.relative_to(ROOT)) not in known
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and _name(node.func) in SPOKEN and any(w[:1] == (None,) for w in _arms(node.args))
    ]


def kinds_raised() -> set[str]:
    """The kinds of finding that the source spells out."""
    return {
        word.value.value
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and _name(node.func) == "Finding"
        for word in node.keywords
        if word.arg == "kind" and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
    }
