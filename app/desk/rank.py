"""Which stories to look at first, with the reason: weighted word lists that only order and never hide."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.desk.folding import fold


def score(title: str, summary: str, topics: Iterable[Mapping[str, Any]]) -> tuple[int, list[dict[str, Any]]]:
    """Points and the chips that explain them: {label, points}, the weightiest first.

    A topic is {label, weight, words}; it counts once, whichever of its words occurs.
    """
    text = f" {fold(title)} {fold(summary)} "
    reasons = [
        {"label": topic["label"], "points": int(topic["weight"])} for topic in topics if _occurs(topic["words"], text)
    ]
    reasons.sort(key=lambda reason: -abs(reason["points"]))
    return sum(reason["points"] for reason in reasons), reasons


def _occurs(words: Sequence[str], text: str) -> bool:
    return any(f" {fold(word)} " in text for word in words)
