"""Paragraphs of a feature as they are drawn: steps counted, a large first letter, pictures and a quote between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outbox.slots import Row

_DROPPABLE = set("ABCDEGHIKLMNOPQRSTUVXYĐ")  # an accent would hit the line above
_DROP_FROM = 170  # letters of a first paragraph that surely takes four lines


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph as it is drawn, with what stands before it."""

    kind: str
    text: str
    classes: str
    step: int = 0
    drop: str = ""
    lead: str = ""
    row: Row | None = None
    quote: str = ""


def piece(kind: str, text: str, *, first: bool, step: int, large: bool) -> Piece:
    """One typeset paragraph. `step`: its number among the steps, or 0; `large`: its first letter may be."""
    if kind == "step":
        lead, colon, rest = text.partition(": ")
        bold = f"{lead}:" if colon and len(lead) <= 40 else ""
        return Piece(kind, rest if bold else text, "step", step=step, lead=bold)
    if large and first and kind == "text" and len(text) >= _DROP_FROM and text[0] in _DROPPABLE and text[1] != " ":
        return Piece(kind, text[1:], "first dropped", drop=text[0])
    return Piece(kind, text, "first" if first else "plain")


def quote_place(paragraphs: list[Mapping[str, Any]], taken: set[int]) -> int:
    """Before the paragraph nearest to a third of the text; never before a subhead, a step or the first paragraph."""
    places = [
        n
        for n in range(1, len(paragraphs))
        if paragraphs[n]["kind"] == "text" and n not in taken and paragraphs[n - 1]["kind"] == "text"
    ]
    return min(places, key=lambda n: abs(n - len(paragraphs) / 3)) if places else -1


def spread(paragraphs: int, figures: int) -> tuple[int, ...]:
    """The paragraphs before which so many pictures stand at even distances."""
    return tuple(min(paragraphs - 1, (number + 1) * paragraphs // (figures + 1)) for number in range(figures))
