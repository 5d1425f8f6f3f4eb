"""What changed between two texts of an article, word by word: struck out and underlined."""

import difflib
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from app.desk.content import FIELDS, ArticleContent
from app.web.phrases import tr
from app.web.remarks import label


def changes(before: Mapping[str, Any], now: ArticleContent) -> list[dict[str, Any]]:
    """Each changed field or paragraph as {label, words}; `before` is the content an approval keeps."""
    found = []
    for name in FIELDS:
        old, new = str(before.get(name, "")), getattr(now, name)
        if old != new:
            found.append({"label": label(name), "words": compare(old, new)})
    old_parts = [str(part["text"]) for part in before.get("paragraphs", [])]
    new_parts = [part.text for part in now.paragraphs]
    found += [{"label": tr("Body"), "words": words} for words in _parts(old_parts, new_parts)]
    if [f["asset"] for f in before.get("figures", [])] != [f.asset for f in now.figures]:
        found.append({"label": tr("Picture"), "words": Markup("<ins>{}</ins>").format(tr("another picture"))})
    return found


def compare(old: str, new: str) -> Markup:
    """The text with what went in <del> and what came in <ins>, and a few words around."""
    a, b = old.split(), new.split()
    made: list[Markup] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(_around(a[i1:i2], first=i1 == 0, last=i2 == len(a)))
            continue
        if i2 > i1:
            made.append(Markup("<del>{}</del>").format(" ".join(a[i1:i2])))
        if j2 > j1:
            made.append(Markup("<ins>{}</ins>").format(" ".join(b[j1:j2])))
    return Markup(" ").join(part for part in made if part)


def _around(words: list[str], *, first: bool, last: bool) -> Markup:
    most = 6
    if len(words) <= 2 * most:
        return escape(" ".join(words))
    head = "" if first else " ".join(words[:most]) + " "
    tail = "" if last else " " + " ".join(words[-most:])
    return escape(f"{head}…{tail}")


def _parts(old: list[str], new: list[str]) -> list[Markup]:
    made = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            made.append(compare(" ".join(old[i1:i2]), " ".join(new[j1:j2])))
    return made
