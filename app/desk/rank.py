"""Which stories to look at first, with the reason: weighted word lists that only order and never hide."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.desk.folding import fold, plain


def score(title: str, summary: str, topics: Iterable[Mapping[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
    """Points and the chips that explain them: {label, points}, the weightiest first.

    A topic is {label, weight, words}; it counts once, whichever of its words occurs.
    """
    folded, marked = f" {fold(title)} {fold(summary)} ", f" {plain(title)} {plain(summary)} "
    reasons = [
        {"label": topic["label"], "points": int(topic["weight"])}
        for topic in topics
        if _occurs(topic["words"], folded, marked)
    ]
    reasons.sort(key=lambda reason: -abs(reason["points"]))
    return sum(reason["points"] for reason in reasons), reasons


def _occurs(words: Sequence[str], folded: str, marked: str) -> bool:
    """A word written with marks must occur with them: “Tày” is a people, “tay” a hand."""
    return any(f" {word} " in marked if word != fold(word) else f" {word} " in folded for word in map(plain, words))
