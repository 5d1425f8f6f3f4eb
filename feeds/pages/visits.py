"""The articles' own pages, one after the other, as one pipe:

    story | robots | fetch | read (limited child) | keep the evidence | store, with how it ended (one short transaction)

A page is read when somebody asks for it and, a few at a time, for the stories the desk is likeliest to want.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from app.desk.policy import Actor, Via
from app.models.errors import Unreadable
from app.models.office import Office
from app.store import office, pages
from app.store.assets import Assets, register
from app.store.database import Database
from app.store.pages import Door, Reading
from config import Config
from feeds.catalogue import Catalogue, Outlet, Quirks
from feeds.doors import merge
from feeds.outcomes import OUTCOMES, outcome_of, unreadable
from feeds.pages.article import Article
from feeds.pages.records import MEDIA_TYPE, Record, write_record
from feeds.pages.robots import Robots
from feeds.sources.badges import judge_address
from feeds.wire.fetch import PAGE_TYPES, Fetched, Fetcher, Wanted
from feeds.wire.line import open_line
from feeds.workbench import Workbench

READ = "feeds.pages.fulltext.read_page"  # by name: the process that asks never loads a parser of pages
SECONDS = 4  # of the child's work on one page, the first of which also loads the readers; twice that ends it
PER_HOST = 3  # pages of one host in one reading of the timer
_PAGES = {"", "text/html", "application/xhtml+xml", "application/xml", "text/plain"}
_OF_A_PAGE = {  # what the sentences about feeds are called when a page ends so
    "gone": "page_gone",
    "status": "page_status",
    "empty": "no_article",
    "encoding": "page_encoding",
    "too_hard": "page_too_hard",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PageReport:
    """How one page ended: a key of OUTCOMES ("same" when it says what it said); `number` only of a new reading."""

    story_id: str
    outcome: str
    number: int | None = None

    @property
    def failed(self) -> bool:
        return OUTCOMES[self.outcome].failed


def read_pages(
    database: Database,
    config: Config,
    catalogue: Catalogue,
    assets: Assets,
    story_ids: Sequence[str],
    *,
    now: datetime,
    via: Via = "timer",
    per_host: int = 0,
) -> list[PageReport]:
    """Reads the pages of these stories now, at most `per_host` of one host (0: all). No trouble of a page raises."""
    with database.reading() as session:
        doors = pages.doors(session, story_ids)
        house = office.find(session)
    if not doors:
        return []
    with open_line(database, config, now=now) as fetcher, Workbench(seconds=SECONDS) as bench:
        robots = Robots(database, fetcher, bench, config.fetch_private_networks)
        reader = Reader(database, catalogue, assets, fetcher, bench, robots, house, now, via)
        return [reader.read(door) for door in _spread(doors, per_host)]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages one after the other. A host that does not answer is not asked again in the same reading."""

    database: Database
    catalogue: Catalogue
    assets: Assets
    fetcher: Fetcher
    bench: Workbench
    robots: Robots
    house: Office | None
    now: datetime
    via: Via
    _silent: dict[str, str] = field(default_factory=dict)

    def read(self, door: Door) -> PageReport:
        """The outermost loop: whatever one page does, the next one is read."""
        try:
            report = self._read(door)
        except Unreadable as trouble:
            outcome = outcome_of(trouble)
            report = PageReport(door.story_id, _OF_A_PAGE.get(outcome, outcome))
            self._remember_silence(door, outcome)
        except Exception:
            log.exception("reading the page of %s failed", door.story_id)
            report = PageReport(door.story_id, "page_crashed")
        if report.number is None:
            with self.database.writing() as session:
                pages.note(session, door.story_id, report.outcome, now=self.now)
        return report

    def _read(self, door: Door) -> PageReport:
        outlet = self.catalogue.outlet(door.outlet_id)
        listed = outlet.sources if outlet else ()
        quirks = merge(next((s.quirks for s in listed if s.id == door.source_id), Quirks()), door.quirks)
        fetched = self._fetch(door, _hosts(door, outlet, self.catalogue), quirks)
        article: Article = self.bench.call(
            READ,
            fetched.body,
            recipe=outlet.recipe if outlet else None,
            base_url=fetched.final_url,
            charset=_charset(fetched),
            prefixes=quirks.summary_prefix,
            letters=quirks.letters,
        )
        return self._store(door, fetched, article)

    def _fetch(self, door: Door, hosts: Collection[str], quirks: Quirks) -> Fetched:
        if silence := self._silent.get(urlsplit(door.url).netloc):
            raise unreadable(silence)
        self.robots.check(door.url, hosts=hosts, user_agent=quirks.user_agent, now=self.now)
        wanted = Wanted(
            url=door.url,
            hosts=hosts,
            kind="page",
            accept=PAGE_TYPES,
            user_agent=quirks.user_agent,
            visit_first=quirks.visit_first,
        )
        fetched = self.fetcher.fetch(wanted, now=self.now)
        if fetched.media_type not in _PAGES:
            raise unreadable("not_page")
        if not fetched.complete:  # half an article is no article
            raise unreadable("connection")
        return fetched

    def _store(self, door: Door, fetched: Fetched, article: Article) -> PageReport:
        record = Record(
            url=fetched.final_url, at=fetched.at, status=200, headers=tuple(fetched.headers.items()), body=fetched.body
        )
        evidence = write_record(record)
        name = self.assets.put(evidence)
        with self.database.writing() as session:
            register(session, name=name, media_type=MEDIA_TYPE, size=len(evidence), now=self.now)
            reading = _reading(article, fetched.final_url, name)
            number = pages.keep(session, door.story_id, reading, actor=self._actor(door), now=self.now)
            if article.read_by == "recipe" or article.recipe_missed:
                pages.count_layout(session, door.outlet_id, missed=article.recipe_missed)
            pages.note(session, door.story_id, "ok" if number else "same", now=self.now)
        return PageReport(door.story_id, "ok" if number else "same", number)

    def _actor(self, door: Door) -> Actor:
        code = self.house.code if self.house else ""
        return Actor(person_id=door.asked_by, name="", role=None, office=code, via=self.via)

    def _remember_silence(self, door: Door, outcome: str) -> None:
        if outcome in ("timeout", "dns", "connection", "slow_down", "portal", "robots_away"):
            self._silent[urlsplit(door.url).netloc] = outcome


def _spread(doors: Sequence[Door], per_host: int) -> list[Door]:
    """The first few of each host, all when `per_host` is 0."""
    if not per_host:
        return list(doors)
    taken: dict[str, int] = {}
    chosen = []
    for door in doors:
        host = urlsplit(door.url).netloc
        taken[host] = taken.get(host, 0) + 1
        if taken[host] <= per_host:
            chosen.append(door)
    return chosen


def _hosts(door: Door, outlet: Outlet | None, catalogue: Catalogue) -> Collection[str]:
    """What may be asked: the outlet's own hosts; of a story somebody brought, also the host of its address.

    An official outlet that left the list has nobody who vouches for its hosts.
    """
    hosts = outlet.hosts if outlet else frozenset() if door.official else door.hosts
    fake = door.by_hand and judge_address(catalogue, door.url).kind == "lookalike"  # nobody is led there by our button
    own = urlsplit(door.url).hostname if door.by_hand and not fake else None
    return hosts | {own} if own else hosts


def _charset(fetched: Fetched) -> str:
    """The letters that the answer's head names."""
    said = fetched.headers.get("content-type", "").lower().partition("charset=")[2]
    return said.partition(";")[0].strip(" \"'")[:40]


def _reading(article: Article, url: str, evidence: str) -> Reading:
    return Reading(
        url=url,
        title=article.title,
        standfirst=article.standfirst,
        text=article.text,
        author=article.author,
        published_raw=article.published_raw,
        published_at=article.published_at,
        digest=article.digest,
        read_by=article.read_by,
        differs=article.differs,
        evidence=evidence,
        pictures=[(shown.url, shown.caption, shown.credit) for shown in article.pictures],
    )
