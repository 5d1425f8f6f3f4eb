"""The same event at several outlets: each new story is laid beside those of the last three weeks.

One `Grouper` may serve many readings: it is built at the first story, and afterwards learns only what is new.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

from sqlalchemy.orm import Session

from app.desk.folding import fold
from app.desk.likeness import Likeness
from app.desk.similar import HINT, Told, Verdict, compare, days_of
from app.store import clusters
from app.store.clusters import Link, Recent

WINDOW = timedelta(days=21)
LEAD = 400  # letters of a summary that tell what the story is about
HINTS = 4  # others that also speak of it, noted with a story
SPARE = 4  # a window is cut when a quarter of it has grown too old


@dataclass(slots=True)
class _Kept:
    id: str
    cluster: str | None
    told: Told


class Grouper:
    """Finds a new story's cluster, and what it does not merge but hints at."""

    def __init__(self, recent: Iterable[Recent] = ()) -> None:
        self.lock = Lock()  # one reading at a time may group
        self._kept: list[_Kept] = []
        self._number_of: dict[str, int] = {}
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        self._ties: dict[str, str] = {}
        self._links: list[Link] = []
        self._seq = 0
        self._caught_up: datetime | None = None
        for story in recent:
            self._learn(story)

    def catch_up(self, session: Session, *, now: datetime, before: int | None = None) -> None:
        """Learns what others stored and what an editor regrouped; once in a reading. Call it before writing.

        `before` is the first_seen_seq from which on the stories are still to be grouped.
        """
        if self._caught_up == now:
            return
        self._caught_up = now
        self._cut(now - WINDOW)
        self._regroup(clusters.grouped(session, since=now - WINDOW))
        for story in clusters.recent(session, since=now - WINDOW, after=self._seq, before=before):
            self._learn(story)

    def __call__(self, story_id: str, title: str, summary: str, at: datetime, outlet: str = "") -> str | None:
        """The cluster of a new story: that of the story most like it, or None when it stands alone.

        `at` is when the outlet published it, or when it was first seen.
        """
        told = _told(outlet, title, summary, at)
        features = self._likeness.features(_text(title, summary))
        again = self._number_of.get(story_id)  # asked before, but what came of it could not be written
        near = [
            (number, likeness, compare(told, self._kept[number].told, likeness))
            for number, likeness in self._likeness.nearest(features, least=HINT)
            if number != again
        ]
        joined = self._join(near)
        cluster = self._found(joined) if joined is not None else None
        self._hint(story_id, near, cluster)
        if again is None:
            self._keep(_Kept(story_id, cluster, told), self._likeness.add(features))
        return cluster

    def take_ties(self) -> list[tuple[str, str]]:
        """(story, cluster) to be written for the older stories, each told once."""
        ties = list(self._ties.items())
        self._ties.clear()
        return ties

    def take_links(self) -> list[Link]:
        """What new stories also seem to speak of, without being put together with it; each told once."""
        links, self._links = self._links, []
        return links

    @cached_property
    def _likeness(self) -> Likeness:
        """Made at the first story: a reading that brings nothing costs nothing."""
        return Likeness()

    def _join(self, near: list[tuple[int, float, Verdict]]) -> int | None:
        """The likest story of the same report whose cluster, by most of its members, this one belongs to."""
        for number, _, verdict in near:
            if verdict is Verdict.SAME and self._belongs(number, near):
                return number
        return None

    def _belongs(self, number: int, near: list[tuple[int, float, Verdict]]) -> bool:
        """Groups must not grow link by link into other events: half of the members have to be near as well."""
        cluster = self._kept[number].cluster
        members = self._members[cluster] if cluster else [number]
        close = {other for other, _, verdict in near if verdict is not Verdict.APART}
        return 2 * sum(member in close for member in members) >= min(len(members), 8)

    def _found(self, number: int) -> str:
        other = self._kept[number]
        if other.cluster is None:
            self._ties[other.id] = other.cluster = other.id
            self._members[other.id].append(number)
        return other.cluster

    def _hint(self, story_id: str, near: list[tuple[int, float, Verdict]], cluster: str | None) -> None:
        others = [
            (self._kept[number], likeness)
            for number, likeness, verdict in near
            if verdict is not Verdict.APART and (cluster is None or self._kept[number].cluster != cluster)
        ]
        self._links += [Link(story_id, other.id, round(likeness * 100)) for other, likeness in others[:HINTS]]

    def _learn(self, story: Recent) -> None:
        self._seq = max(self._seq, story.seq)
        if story.id in self._number_of:
            return
        told = _told(story.outlet, story.title, story.summary, story.at)
        number = self._likeness.add(self._likeness.features(_text(story.title, story.summary)))
        self._keep(_Kept(story.id, story.cluster, told), number)

    def _keep(self, kept: _Kept, number: int) -> None:
        self._kept.append(kept)
        self._number_of[kept.id] = number
        if kept.cluster:
            self._members[kept.cluster].append(number)

    def _regroup(self, clusters_of: dict[str, str | None]) -> None:
        """Follows what the database says: an editor may have split a story off or put two together."""
        self._members.clear()
        for number, kept in enumerate(self._kept):
            kept.cluster = clusters_of.get(kept.id)
            if kept.cluster:
                self._members[kept.cluster].append(number)

    def _cut(self, since: datetime) -> None:
        """Lets go of what is too old, seldom, for the index is then chained anew."""
        old = next((n for n, kept in enumerate(self._kept) if kept.told.at >= since), len(self._kept))
        if old * SPARE < len(self._kept) or not old:
            return
        self._likeness.forget_first(old)
        self._kept = self._kept[old:]
        self._number_of = {kept.id: number for number, kept in enumerate(self._kept)}


def _text(title: str, summary: str) -> str:
    return f"{fold(title)} {fold(summary)[:LEAD]}"


def _told(outlet: str, title: str, summary: str, at: datetime) -> Told:
    return Told(outlet, title, at, days_of(title) | days_of(summary[:LEAD]))
