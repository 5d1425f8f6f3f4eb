"""How like a text is to those before it: TF-IDF over folded words and pairs of words, kept in flat arrays.

Ten thousand stories take about twenty megabytes and a fraction of a millisecond each. A feature is a number below 2²⁰;
two that fall on one number only count as one, which costs a little likeness and nothing else.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import pairwise

BUCKETS = 1 << 20
LONGEST = 400  # a feature of more texts than this tells nothing and is not looked up
RARE = 0.01  # of all texts: features above it find no candidates, they only count
FEWEST = 40  # though in a small window as many may share a feature
CANDIDATES = 12  # whose likeness is worked out in full
WORDS = 90  # of a text: its headline and lead
GROWN = 1.03  # the weights are worked out anew when the window has grown so much
AGED = 1.15  # and so is the weight of a whole text


class Likeness:
    """Texts by the number they were added under, and which earlier ones a new text is like."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[array[int]] = []
        self._sizes = array("d")
        self._sized_for = array("I")
        self._weights: list[float] = [0.0]
        self._weighed_for = -1
        self._clear()

    def __len__(self) -> int:
        return len(self._texts)

    def features(self, folded: str) -> Sequence[int]:
        """The words of a folded text and its pairs of neighbours, each once."""
        numbers = self._numbers
        words = [numbers.setdefault(word, len(numbers) + 1) for word in folded.split()[:WORDS]]
        singles = [word * 2654435761 % BUCKETS for word in words]
        pairs = [(one * 40503 + two * 2246822519) % BUCKETS for one, two in pairwise(words)]
        return array("I", {*singles, *pairs})

    def add(self, features: Sequence[int]) -> int:
        """Keeps a text; its number. The first is 0."""
        number = len(self._texts)
        self._texts.append(features if isinstance(features, array) else array("I", features))
        self._sizes.append(0.0)
        self._sized_for.append(0)
        self._chain(number, features)
        return number

    def nearest(self, features: Sequence[int], *, least: float) -> list[tuple[int, float]]:
        """(number, likeness from 0 to 1) of the texts at least so like, the likest first; at most `CANDIDATES`."""
        weigh = self._weigh()
        counts = [self._count[feature] for feature in features]
        weight = dict(zip(features, [weigh[count] for count in counts], strict=True))
        whole = sum(weight.values())
        found: list[tuple[int, float]] = []
        for number, most in self._candidates(features, counts, weight, least * whole):
            size = math.sqrt(whole * self._size(number))
            if most < least * size:
                continue
            shared = sum([weight[feature] for feature in weight.keys() & frozenset(self._texts[number])])
            if shared >= least * size > 0:
                found.append((number, min(shared / size, 1.0)))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def forget_first(self, count: int) -> None:
        """Lets go of the oldest texts; those that stay are numbered from 0 again."""
        self._texts = self._texts[count:]
        self._sizes, self._sized_for = self._sizes[count:], array("I", bytes(4 * len(self._texts)))
        self._clear()
        for number, features in enumerate(self._texts):
            self._chain(number, features)

    def _clear(self) -> None:
        self._count = array("H", bytes(2 * BUCKETS))
        self._head = array("i", b"\xff" * (4 * BUCKETS))  # -1: nobody has this feature
        self._next = array("i")
        self._text_of = array("I")
        self._weighed_for = -1

    def _chain(self, number: int, features: Iterable[int]) -> None:
        count, head, following, text_of = self._count, self._head, self._next, self._text_of
        for feature in features:
            seen = count[feature]
            if seen < LONGEST:
                following.append(head[feature])
                head[feature] = len(text_of)
                text_of.append(number)
            if seen < 65535:
                count[feature] = seen + 1

    def _candidates(
        self, features: Sequence[int], counts: Sequence[int], weight: dict[int, float], enough: float
    ) -> list[tuple[int, float]]:
        """(number, the most they can share) of the texts that share the rarer features, the most promising first."""
        limit = min(LONGEST, max(FEWEST, int(len(self._texts) * RARE)))
        head, following, text_of = self._head, self._next, self._text_of
        gathered: dict[int, float] = {}
        common = 0.0
        for feature, count in zip(features, counts, strict=True):
            if count > limit:
                common += weight[feature]
                continue
            worth, at = weight[feature], head[feature]
            while at >= 0:
                number = text_of[at]
                gathered[number] = gathered.get(number, 0.0) + worth
                at = following[at]
        # A text of half the size is as like with half of it shared; what shares less than that is not worth a look.
        floor = max(enough * 0.5 - common, enough * 0.2)
        promising = [(-worth, number) for number, worth in gathered.items() if worth >= floor]
        return [(number, common - worth) for worth, number in nsmallest(CANDIDATES, promising)]

    def _size(self, number: int) -> float:
        """The weight of all features of a text; worked out anew when the window has grown much since."""
        if self._sized_for[number] * AGED < self._weighed_for:
            weigh, count = self._weights, self._count
            self._sizes[number] = sum([weigh[count[feature]] for feature in self._texts[number]])
            self._sized_for[number] = self._weighed_for
        return self._sizes[number]

    def _weigh(self) -> list[float]:
        """The square of the inverse document frequency, by how many texts have a feature."""
        size = len(self._texts) + 1
        if not self._weighed_for <= size <= self._weighed_for * GROWN:
            self._weights = [math.log(1 + size / (1 + count)) ** 2 for count in range(size + int(size * 0.1) + 8)]
            self._weighed_for = size
        return self._weights
