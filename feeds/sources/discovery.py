"""“Find the feed of this site”: every door an address seems to have, each with sample titles, before it is added.

    judge the host | fetch the page | its own links, its lists of feeds, the usual places | read each (limited child)

Outlets answer a wrong address with another, catch-all feed: only the titles show that, so people see them first.
"""

import hashlib
import html
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit

from app.models.errors import Unreadable
from app.store.database import Database
from config import Config
from feeds.batch import Batch
from feeds.catalogue import Quirks
from feeds.clean import canonical_url, plain_letters
from feeds.hand.links import twins
from feeds.outcomes import outcome_of, unreadable
from feeds.wire.fetch import PAGE_TYPES, Fetched, Fetcher, Wanted
from feeds.wire.line import open_line
from feeds.workbench import Workbench

MOST = 14  # addresses asked after the first one
INDEXES = 2
SAMPLES = 5
SECONDS = 8
TRIED_AT_ONCE = 2
PATIENCE = 25  # seconds of asking; somebody waits in front of the page
# Where the software of Vietnamese outlets has its feeds (seen at the outlets of the catalogue), then everybody else's.
PLACES = ("/rss/home.rss", "/rss.xml", "/rss", "/home.rss", "/rss/tin-moi-nhat.rss", "/feed", "/rss.html", "/atom.xml")
READ_FEED = "feeds.reading.read_items"  # by name: the process that asks never loads a parser
READ_SECTION = "feeds.sources.sections.read_links"
READ_DOORS = "feeds.sources.sections.read_doors"

Found = Literal["feed", "section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One item of a door, as it would come in."""

    title: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A door that could be added. `state` is a key of OUTCOMES; `same_as` is an earlier address with the same items."""

    url: str
    kind: Found
    name: str
    state: str
    count: int = 0
    newest: datetime | None = None
    full_text: bool = False
    samples: tuple[Sample, ...] = ()
    same_as: str = ""

    @property
    def good(self) -> bool:
        return self.count > 0 and not self.same_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The page that was asked, and its doors: good ones first."""

    url: str
    title: str
    candidates: tuple[Candidate, ...]


def discover(database: Database, config: Config, url: str, *, now: datetime) -> Findings:
    """Asks the host of this address and its “www.”, nobody else. Raises Unreadable when not even the page answers."""
    page = canonical_url(url, "")
    hosts = twins(page, private=config.fetch_private_networks)
    with (
        open_line(database, config, now=now) as fetcher,
        Workbench(seconds=SECONDS) as bench,
        ThreadPoolExecutor(TRIED_AT_ONCE) as pool,
    ):
        return Search(fetcher, bench, pool, hosts, now, time.monotonic() + PATIENCE).run(page)


def sample(
    database: Database, config: Config, addresses: Sequence[tuple[str, str]], *, now: datetime
) -> list[Candidate]:
    """How each (address, kind) answers now, in the same order; each is asked at its own host only."""
    if not addresses:
        return []
    with (
        open_line(database, config, now=now) as fetcher,
        Workbench(seconds=SECONDS) as bench,
        ThreadPoolExecutor(8) as pool,
    ):
        private = config.fetch_private_networks
        until = time.monotonic() + PATIENCE
        search = [Search(fetcher, bench, pool, twins(url, private=private), now, until) for url, _ in addresses]
        coming = [pool.submit(one.fetch, url, kind) for one, (url, kind) in zip(search, addresses, strict=True)]
        return [
            one.read(url, kind, answer.result())
            for one, (url, kind), answer in zip(search, addresses, coming, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Search:
    """One search at one site."""

    fetcher: Fetcher
    bench: Workbench
    pool: ThreadPoolExecutor
    hosts: frozenset[str]
    now: datetime
    until: float  # of time.monotonic(): afterwards nothing more is asked

    def run(self, page: str) -> Findings:
        first = self.fetch(page, "section")
        if isinstance(first, str):
            raise Unreadable(first)
        own = self.read(page, "feed", first)
        if own.count:
            return Findings(url=page, title=own.name, candidates=(own,))
        title, named, indexes = self._doors(first)
        wanted = dict(named)
        for index in self._pages(indexes[:INDEXES]):
            wanted |= dict(self._doors(index)[1])
        places = {urljoin(first.final_url, place): "" for place in PLACES}
        feeds = self._feeds(self._asked({**wanted, **places}))
        section = self.read(page, "section", first)
        section = replace(section, name=section.name or title)
        return Findings(url=page, title=title, candidates=(*feeds, *([section] if section.count else ())))

    def fetch(self, url: str, kind: str) -> Fetched | str:
        """The answer, or the msgid of why there is none."""
        if time.monotonic() > self.until:
            return unreadable("timeout").msgid
        wanted = Wanted(url=url, hosts=self.hosts, kind="page" if kind == "section" else "feed")
        if kind == "section":
            wanted = replace(wanted, accept=PAGE_TYPES)
        try:
            return self.fetcher.fetch(wanted, now=self.now)
        except Unreadable as trouble:
            return trouble.msgid

    def read(self, url: str, kind: str, answer: Fetched | str, name: str = "") -> Candidate:
        """What lies behind one address."""
        door: Found = "section" if kind == "section" else "feed"
        if isinstance(answer, str):
            return Candidate(url=url, kind=door, name=name, state=outcome_of(Unreadable(answer)))
        work = READ_SECTION if door == "section" else READ_FEED
        try:
            batch: Batch = self.bench.call(work, answer.body, quirks=Quirks(), base_url=answer.final_url)
        except Unreadable as trouble:
            return Candidate(url=url, kind=door, name=name, state=outcome_of(trouble))
        dated = [item.published_at for item in batch.items if item.published_at]
        return Candidate(
            url=url,
            kind=door,
            name=name or _title(batch.head),
            state=batch.state,
            count=len(batch.items),
            newest=max(dated, default=None),
            full_text=b"<content:encoded" in answer.body,
            samples=tuple(Sample(title=item.title, at=item.published_at) for item in batch.items[:SAMPLES]),
        )

    def _doors(self, page: Fetched) -> tuple[str, Sequence[tuple[str, str]], Sequence[str]]:
        try:
            title, named, indexes = self.bench.call(READ_DOORS, page.body, base_url=page.final_url)
        except Unreadable:
            return "", (), ()
        return title, [pair for pair in named if self._ours(pair[0])], [url for url in indexes if self._ours(url)]

    def _pages(self, urls: Iterable[str]) -> Iterator[Fetched]:
        for url in urls:
            page = self.fetch(url, "section")
            if isinstance(page, Fetched):
                yield page

    def _asked(self, wanted: dict[str, str]) -> Iterator[Candidate]:
        chosen = [(url, name) for url, name in wanted.items() if self._ours(url)][:MOST]
        answers = self.pool.map(lambda door: self.fetch(door[0], "feed"), chosen)
        for (url, name), answer in zip(chosen, answers, strict=True):
            yield self.read(url, "feed", answer, name)

    def _feeds(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that are feeds; one that says what another said is told as its twin, and stands last."""
        seen: dict[str, str] = {}
        kept: list[Candidate] = []
        for candidate in candidates:
            if candidate.count or candidate.state == "empty":
                first = seen.setdefault(_print(candidate), candidate.url) if candidate.count else candidate.url
                kept.append(replace(candidate, same_as=first if first != candidate.url else ""))
        return sorted(kept, key=lambda candidate: not candidate.good)

    def _ours(self, url: str) -> bool:
        return (urlsplit(url).hostname or "") in self.hosts


def _print(candidate: Candidate) -> str:
    """Equal for two feeds that hold the same items."""
    titles = "\n".join([str(candidate.count), *(sample.title for sample in candidate.samples)])
    return hashlib.sha256(titles.encode()).hexdigest()


def _title(head: str) -> str:
    """The feed's own name, from the start of it that is kept as evidence."""
    _, _, rest = head.partition("<title>")
    words = rest.partition("</title>")[0].removeprefix("<![CDATA[").removesuffix("]]>")
    return plain_letters(html.unescape(words))[:120]
