"""The same event at several outlets: each new story is laid beside those of the last two days."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from app.desk.similar import ALIKE, words


class Grouper:
    """Remembers titles by their words, and which stories stood alone until a new one joined them."""

    def __init__(self, recent: Iterable[tuple[str, str, str | None]]) -> None:
        self._clusters: dict[str, str | None] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        self._ties: dict[str, str] = {}
        for story_id, title, cluster in recent:
            self._remember(story_id, words(title), cluster)

    def __call__(self, story_id: str, title: str) -> str | None:
        """The cluster of a new story: that of the story most like it, or None when it stands alone."""
        mine = words(title)
        other = self._most_alike(mine)
        cluster = None
        if other is not None:
            cluster = self._clusters[other] or other
            if self._clusters[other] is None:
                self._ties[other] = self._clusters[other] = cluster
        self._remember(story_id, mine, cluster)
        return cluster

    def take_ties(self) -> list[tuple[str, str]]:
        """(story, cluster) to be written for the older stories, each told once."""
        ties = list(self._ties.items())
        self._ties.clear()
        return ties

    def _remember(self, story_id: str, title: frozenset[str], cluster: str | None) -> None:
        self._clusters[story_id] = cluster
        self._words[story_id] = title
        for word in title:
            self._by_word[word].append(story_id)

    def _most_alike(self, mine: frozenset[str]) -> str | None:
        shared = Counter(story_id for word in mine for story_id in self._by_word[word])
        best, most = None, ALIKE
        for other, count in shared.items():
            likeness = count / (len(mine) + len(self._words[other]) - count)
            if likeness > most or (best is None and likeness == most):
                best, most = other, likeness
        return best
