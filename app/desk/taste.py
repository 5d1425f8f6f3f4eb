"""What the office's own picks teach: words that tell the stories it kept from those it passed over.

Log-odds with shrinkage, so that a few picks say little; the same picks always teach the same words.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.desk.folding import fold, plain
from app.desk.rank import terms_of

FEWEST_KEPT = 10  # picks before anything is learned
FEWEST = 4  # stories a word must have occurred in
SHRINK = 6  # stories after which half of what a word says is believed
SCALE = 0.4  # points for one unit of log-odds
MOST = 1.0  # points of one word
LEAST = 0.35  # points below which a word is not worth a line
SHOWN = 120  # words that are kept, the strongest


@dataclass(frozen=True, slots=True)
class Pick:
    """A story the desk decided about."""

    title: str
    summary: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """A word or pair of words as the outlets spell it, in how many stories it was kept and passed over, its points."""

    word: str
    kept: int
    passed: int
    points: float


def learn(picks: Iterable[Pick]) -> list[Lesson]:
    """The words worth knowing, the strongest first; nothing before there are enough picks of both kinds."""
    counted: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    stories = {True: 0, False: 0}
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pick in picks:
        stories[pick.kept] += 1
        terms = terms_of(pick.title) | terms_of(pick.summary)
        counted[pick.kept].update(terms)
        if pick.kept or stories[False] % 5 == 0:  # enough to know how a word is spelled
            _note_spelling(spelled, pick)
    if stories[True] < FEWEST_KEPT or stories[False] < FEWEST_KEPT:
        return []
    lessons = (
        Lesson(_spelling(term, spelled), counted[True][term], counted[False][term], points)
        for term in counted[True] | counted[False]
        if abs(points := _points(counted[True][term], counted[False][term], stories)) >= LEAST
    )
    return sorted(lessons, key=lambda lesson: (-abs(lesson.points), -len(lesson.word), lesson.word))[:SHOWN]


def _points(kept: int, passed: int, stories: dict[bool, int]) -> float:
    seen = kept + passed
    if seen < FEWEST:
        return 0.0
    odds = math.log((kept + 0.5) / (stories[True] + 1)) - math.log((passed + 0.5) / (stories[False] + 1))
    return round(max(-MOST, min(MOST, odds * SCALE * seen / (seen + SHRINK))), 2)


def _note_spelling(spelled: defaultdict[str, Counter[str]], pick: Pick) -> None:
    for text in (pick.title, pick.summary):
        written, folded = plain(text).split(), fold(text).split()
        for at, (word, key) in enumerate(zip(written, folded, strict=False)):
            spelled[key][word] += 1
            if at:
                spelled[f"{folded[at - 1]} {key}"][f"{written[at - 1]} {word}"] += 1


def _spelling(term: str, spelled: defaultdict[str, Counter[str]]) -> str:
    """How the outlets write it most often; the folded word itself where that is not known."""
    known = spelled.get(term)
    return min(known.items(), key=lambda pair: (-pair[1], pair[0]))[0] if known else term
