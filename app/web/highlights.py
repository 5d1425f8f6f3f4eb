"""Marks words inside a text that goes into a page: everything else is escaped."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from app.desk.folding import fold, is_marked, plain


def highlight(text: str, words: Sequence[str]) -> Markup:
    """The text with each of these words in <mark>, whole words only, capital letters or not."""
    if not words:
        return escape(text)
    choice = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({choice})(?!\w)", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if index % 2 else escape(part) for index, part in enumerate(parts)
    )


TOKEN = re.compile(r"\w+(?:['’ʼ‘]\w+)*")
BEFORE, LONGEST = 50, 170  # letters of a snippet: before the first word that was found, and in all


def mark_found(text: str, sought: Sequence[str], *, strict: bool = False) -> Markup:
    """The text with what was sought in <mark>, however it is written.

    Several words are looked for side by side, and only when they nowhere stand so, one by one; then the last may be
    the beginning of a longer one. `strict`: what is typed with marks must stand with them, and only side by side.
    """
    return _marked(text, _spans(text, sought, strict))


def snippet(text: str, sought: Sequence[str], *, strict: bool = False) -> Markup | None:
    """The place in a long text where something was found, or None."""
    spans = _spans(text, sought, strict)
    if not spans:
        return None
    start = 0 if spans[0][0] <= BEFORE else text.rfind(" ", 0, spans[0][0] - BEFORE) + 1
    end = len(text) if len(text) - start <= LONGEST else text.rfind(" ", start, start + LONGEST)
    inside = [(first - start, last - start) for first, last in spans if start <= first and last <= end]
    shown = _marked(text[start:end], inside)
    return Markup("{}{}{}").format("… " if start else "", shown, " …" if end < len(text) else "")


def _spans(text: str, sought: Sequence[str], strict: bool) -> list[tuple[int, int]]:
    tokens = [(found.start(), found.end(), found[0]) for found in TOKEN.finditer(text)]
    folded = [fold(token) for _, _, token in tokens]
    spans: list[tuple[int, int]] = []
    for words in sought:
        has_marks = strict and is_marked(words)
        said = (plain if has_marks else fold)(words).split()
        names = [plain(token) for _, _, token in tokens] if has_marks else folded
        at = [n for n in range(len(names)) if said and names[n : n + len(said)] == said]
        spans += [(tokens[n][0], tokens[n + len(said) - 1][1]) for n in at]
        if not at and not strict:
            spans += [tokens[n][:2] for n, name in enumerate(names) if _is_one(name, said)]
    return sorted(set(spans))


def _is_one(name: str, said: Sequence[str]) -> bool:
    return name in said or (len(said[-1]) > 1 and name.startswith(said[-1])) if said else False


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    parts, at = [], 0
    for start, end in spans:
        if start >= at:
            parts += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
            at = end
    return Markup("").join([*parts, escape(text[at:])])
