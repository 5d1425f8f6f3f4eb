"""Which stories to look at first, with the reason: weighted word lists and learned words that order and never hide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from app.desk.cadence import VIETNAM
from app.desk.folding import fold, plain

Reason = dict[str, Any]
LEARNED_MOST = 2  # points that past picks may give or take in all, so that they never outweigh a topic
LEARNED_SHOWN = 3  # learned words that are named as reasons
PACE = 3  # days after which a story counts a point less; Story.standing is reckoned with it
FIRST_DAY = date(2000, 1, 1)


def seen_day(at: datetime) -> int:
    """The day of first sight as a number: days since 2000-01-01, in Viet Nam's time."""
    return (at.astimezone(VIETNAM).date() - FIRST_DAY).days


def aged(seen: int, *, now: datetime) -> tuple[int, int]:
    """(days since then, the points this costs): what is old goes down the list by itself and is never hidden.

    Nothing where the office switched this off: its stories then have no day (0).
    """
    if seen <= 0:
        return 0, 0
    days = max(seen_day(now) - seen, 0)
    return days, days // PACE


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word or phrase of a topic: its place among all of them, its further words, and whose it is."""

    order: int
    rest: tuple[str, ...]
    topic: int


_Book = defaultdict[str, defaultdict[str, list[_Entry]]]  # by the first word and the second, empty where there is none
_Books = tuple[_Book, _Book]  # of words written with marks, and of folded ones


class Ranker:
    """Judges stories by topics {label, weight, words, off} and by learned (word or pair of words, points).

    A topic counts once, whichever of its words occurs; a word written with marks must occur with them: “Tày” is a
    people, “tay” a hand. A phrase that begins with “−” takes away what another word of its topic found around it:
    “Dao” with “−con Dao”.
    """

    def __init__(self, topics: Iterable[Mapping[str, Any]], learned: Iterable[tuple[str, float]] = ()) -> None:
        self._topics = [topic for topic in topics if not topic.get("off")]
        self._lessons = list(learned)

    @cached_property
    def _learned(self) -> dict[str, tuple[float, str]]:
        return {fold(word): (points, word) for word, points in self._lessons}

    @cached_property
    def _books(self) -> tuple[_Books, _Books]:
        """The words that count and those that do not. Made at the first story."""
        counts, counts_not = (_open_book(), _open_book()), (_open_book(), _open_book())
        listed = ((number, word) for number, topic in enumerate(self._topics) for word in topic["words"])
        for order, (number, word) in enumerate(listed):
            parts, marked, but = _taken_apart(word)
            if parts:
                book = (counts_not if but else counts)[not marked]
                book[parts[0]]["".join(parts[1:2])].append(_Entry(order, parts[1:], number))
        return counts, counts_not

    def __call__(self, title: str, summary: str) -> tuple[int, list[Reason]]:
        """Points and the chips that explain them: {label, points} of topics, the weightiest first, then of learned
        words {label, points, learned: true}."""
        found: dict[int, str] = {}
        for text in (title, summary):
            self._find(plain(text).split(), fold(text).split(), found)
        reasons = [
            {"label": topic["label"], "points": int(topic["weight"])}
            for number, topic in enumerate(self._topics)
            if number in found
        ]
        reasons.sort(key=lambda reason: -abs(reason["points"]))
        reasons += self._taste(title, summary)
        return sum(reason["points"] for reason in reasons), reasons

    def words_in(self, title: str, summary: str) -> dict[str, str]:
        """Of each topic that counts here, the word that made it count, as folded or plain text."""
        found: dict[int, str] = {}
        for text in (title, summary):
            self._find(plain(text).split(), fold(text).split(), found)
        return {self._topics[number]["label"]: word for number, word in found.items()}

    def _find(self, marked: Sequence[str], folded: Sequence[str], found: dict[int, str]) -> None:
        counts, counts_not = self._books
        hidden: list[tuple[int, int, int]] | None = None
        for words, book in zip((marked, folded), counts, strict=True):
            for at, entry in _occurring(words, book):
                if entry.topic in found:
                    continue
                if hidden is None:
                    hidden = [
                        (but.topic, start, start + 1 + len(but.rest))
                        for text, buts in zip((marked, folded), counts_not, strict=True)
                        for start, but in _occurring(text, buts)
                    ]
                end = at + 1 + len(entry.rest)
                if not any(t == entry.topic and a <= at and end <= b for t, a, b in hidden):
                    found[entry.topic] = " ".join(words[at:end])

    def _taste(self, title: str, summary: str) -> list[Reason]:
        """The learned words that occur, the strongest first, together at most `LEARNED_MOST` points either way."""
        if not self._learned:
            return []
        terms = terms_of(title) | terms_of(summary)
        known = (self._learned[term] for term in terms & self._learned.keys())
        strong = sorted(known, key=lambda pair: (-abs(pair[0]), -len(pair[1]), pair[1]))
        apart: list[tuple[float, str]] = []
        for points, word in strong:
            if len(apart) < LEARNED_SHOWN and not any(f" {word} " in f" {longer} " for _, longer in apart):
                apart.append((points, word))
        whole = max(-LEARNED_MOST, min(LEARNED_MOST, sum(points for points, _ in apart)))
        return _share_out(apart, round(whole))


def _open_book() -> _Book:
    return _Book(lambda: defaultdict(list))


def _occurring(words: Sequence[str], book: _Book) -> Iterator[tuple[int, _Entry]]:
    """The entries of the book that stand in these words, and where; in the order of the text, then of the lists."""
    if book.keys().isdisjoint(words):
        return
    for at in [at for at, word in enumerate(words) if word in book]:
        by_second = book[words[at]]
        following = by_second.get(words[at + 1], ()) if at + 1 < len(words) else ()
        alone = by_second.get("", ())
        for entry in sorted([*alone, *following], key=_place_of) if alone and following else (alone or following):
            if tuple(words[at + 1 : at + 1 + len(entry.rest)]) == entry.rest:
                yield at, entry


def _place_of(entry: _Entry) -> int:
    return entry.order


def terms_of(text: str) -> frozenset[str]:
    """The folded words of two letters or more, and the pairs of neighbours, that picks are learned from."""
    words = [word for word in fold(text).split() if not word.isdigit()]
    return frozenset([*(word for word in words if len(word) > 1), *(f"{one} {two}" for one, two in pairwise(words))])


@lru_cache(maxsize=4096)
def _taken_apart(word: str) -> tuple[tuple[str, ...], bool, bool]:
    """The parts of a listed word, whether marks must agree, and whether it takes away instead of giving."""
    written, folded = plain(word), fold(word)
    marked = written != folded or word != word.lower()  # “Gia Lai” is a place, “gia lai” may be “giá lại”
    return tuple((written if marked else folded).split()), marked, word.lstrip().startswith(("−", "-"))


def score(
    title: str, summary: str, topics: Iterable[Mapping[str, Any]], learned: Iterable[tuple[str, float]] = ()
) -> tuple[int, list[Reason]]:
    """Points and reasons of one story; for many stories make one `Ranker`."""
    return Ranker(topics, learned)(title, summary)


def _share_out(strong: Sequence[tuple[float, str]], whole: int) -> list[Reason]:
    """Whole points for the strongest words that pull the same way, until the sum is reached."""
    reasons: list[Reason] = []
    left = abs(whole)
    sign = 1 if whole > 0 else -1
    for points, term in strong:
        if left and points * sign > 0:
            given = min(left, max(1, round(abs(points))))
            left -= given
            reasons.append({"label": term, "points": sign * given, "learned": True})
    return reasons
