"""What changed between two texts, word by word, in bounded time; and what an outlet says of a change itself."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, zip_longest
from typing import Literal

Kind = Literal["same", "added", "removed"]

EFFORT = 1_000_000  # steps for one pair of texts, about half a second; what is left then counts as wholly changed
ALIKE = 0.3  # share of common words from which two paragraphs are two wordings of one

# Numbers stay whole (1.000 · 12,5% · 23/11/2026 · 8h30 · 2021-2025), and so do S'tiêng and M’nông.
_TOKEN = re.compile(r"\s*(?:\d+(?:[.,:/hg–-]\d+)*%?|[^\W_][\w\u0300-\u036f]*(?:['’-][\w\u0300-\u036f]+)*|\S)")
_CORRECTED = re.compile(r"\b(?:đính chính|cải chính)\b|^xin lỗi bạn đọc\b")
# Not “gỡ bỏ” alone: an outlet also writes of obstacles that are taken away.
_REMOVED = re.compile(r"\b(?:(?:tin )?bài(?: viết| báo)?|tin) (?:này |trên )?(?:đã |được |bị )+gỡ\b|\bgỡ (?:bỏ )?bài\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with the space before them; the pieces that are not "removed", joined, are the new text."""

    kind: Kind
    text: str


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts (any form of Unicode) as runs of words kept, added and removed; marks stand apart from words."""
    return _compare(_nfc(old), _nfc(new), _Effort(EFFORT))


def changed_paragraphs(old: str, new: str) -> list[tuple[Piece, ...]]:
    """Of two texts with an empty line between paragraphs: each paragraph that changed, in the order of the new text."""
    effort = _Effort(EFFORT)
    before, after = _paragraphs(old), _paragraphs(new)
    found = []
    for olds, news in _gaps(before, after, _matches(before, after, effort)):
        found += [_compare(one, two, effort) for one, two in _pairs(olds, news)]
    return found


def notice(title: str, standfirst: str = "") -> Literal["", "corrected", "removed"]:
    """Whether the head of a page says that the outlet corrected it or took it down."""
    head = _nfc(f"{title}\n{standfirst}").lower()
    if _REMOVED.search(head):
        return "removed"
    return "corrected" if _CORRECTED.search(head) else ""


@dataclass(slots=True)
class _Effort:
    left: int


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _paragraphs(text: str) -> list[str]:
    return [part for part in (" ".join(part.split()) for part in _nfc(text).split("\n")) if part]


def _compare(old: str, new: str, effort: _Effort) -> tuple[Piece, ...]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    words_a, words_b = [token.strip() for token in a], [token.strip() for token in b]
    made: list[Piece] = []
    at_a = at_b = 0
    for i, j, size in [*_matches(words_a, words_b, effort), (len(a), len(b), 0)]:
        for kind, tokens in (("removed", a[at_a:i]), ("added", b[at_b:j]), ("same", b[j : j + size])):
            if tokens:
                made.append(Piece(kind, "".join(tokens)))  # type: ignore[arg-type]
        at_a, at_b = i + size, j + size
    return tuple(made)


def _matches(a: Sequence[str], b: Sequence[str], effort: _Effort) -> list[tuple[int, int, int]]:
    """(place in a, place in b, length) of what both have, in order; the longest runs first, while the effort lasts."""
    head = _shared(zip(a, b, strict=False))
    tail = _shared(zip(reversed(a[head:]), reversed(b[head:]), strict=False))
    end_a, end_b = len(a) - tail, len(b) - tail
    finder = SequenceMatcher(None, a, b, autojunk=False)
    often = Counter(b)
    costs = list(accumulate((often[word] + 1 for word in a), initial=0))
    found = [(0, 0, head), (end_a, end_b, tail)]
    waiting = [(head, end_a, head, end_b)]
    while waiting:
        low_a, high_a, low_b, high_b = waiting.pop()
        price = costs[high_a] - costs[low_a]
        if low_a == high_a or low_b == high_b or price > effort.left:
            continue
        effort.left -= price
        i, j, size = finder.find_longest_match(low_a, high_a, low_b, high_b)
        if size:
            found.append((i, j, size))
            waiting += [(low_a, i, low_b, j), (i + size, high_a, j + size, high_b)]
    return sorted(match for match in found if match[2])


def _shared(pairs: "zip[tuple[str, str]]") -> int:
    count = 0
    for one, two in pairs:
        if one != two:
            break
        count += 1
    return count


def _gaps(
    a: Sequence[str], b: Sequence[str], matches: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What lies between the matches, on both sides."""
    at_a = at_b = 0
    for i, j, size in [*matches, (len(a), len(b), 0)]:
        if i > at_a or j > at_b:
            yield a[at_a:i], b[at_b:j]
        at_a, at_b = i + size, j + size


def _pairs(olds: Sequence[str], news: Sequence[str]) -> list[tuple[str, str]]:
    """(old, new) wordings of one paragraph, "" where it has no other side; in the order of the new text."""
    if len(olds) * len(news) > 400:
        return list(zip_longest(olds, news, fillvalue=""))
    made: list[tuple[str, str]] = []
    left = list(olds)
    for new in news:
        best = next((n for n, old in enumerate(left) if _likeness(old, new) >= ALIKE), None)
        if best is None:
            made.append(("", new))
            continue
        made += [(old, "") for old in left[:best]]
        made.append((left[best], new))
        left = left[best + 1 :]
    return made + [(old, "") for old in left]


def _likeness(old: str, new: str) -> float:
    a, b = set(old.lower().split()), set(new.lower().split())
    return len(a & b) / (len(a | b) or 1)
