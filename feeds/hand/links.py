"""The page behind an address somebody pasted: whose it is, whether it may be read, and what it says."""

from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlsplit

from app.desk.accounts import network_of
from app.desk.lookalikes import Verdict
from app.models.errors import Refused, Unreadable
from app.store.database import Database
from config import Config
from feeds.catalogue import Outlet, Quirks
from feeds.outcomes import outcome_of, unreadable
from feeds.pages.article import Article
from feeds.pages.robots import Robots
from feeds.wire.addresses import check_url
from feeds.wire.fetch import PAGE_TYPES, Fetched, Wanted
from feeds.wire.line import open_line
from feeds.workbench import Workbench

SECONDS = 8  # of the child's work on one page
_PAGES = ("", "text/html", "application/xhtml+xml")
# What the sentences about feeds are called when a page ends so.
_OF_A_PAGE = {
    "gone": "page_gone",
    "status": "page_status",
    "empty": "no_article",
    "encoding": "page_encoding",
    "too_hard": "page_too_hard",
}


def check_verdict(verdict: Verdict, address: str, *, confirmed: bool) -> None:
    """Raises Refused for a lookalike, for a social network, and for a host on no list that nobody confirmed."""
    if verdict.kind == "lookalike" or (
        verdict.warning and verdict.kind == "unknown" and not network_of(_host(address))
    ):
        raise Refused(verdict.warning, **verdict.values)
    if network_of(_host(address)):
        raise Refused("Social networks let no program read. Copy the text of the post and paste it with its address.")
    if verdict.kind == "unknown" and not confirmed:
        raise Refused(
            "%(host)s is on no list. Confirm that the page shall be read all the same; it will wear no badge.",
            host=verdict.host,
        )


def twins(url: str, *, private: bool) -> frozenset[str]:
    """The host of an address with and without “www.”. Raises Unreadable ("refused") when it is no public one."""
    host = check_url(url, private=private).host
    bare = host.removeprefix("www.")
    return frozenset({host, bare, f"www.{bare}"}) if "." in bare and not bare[-1].isdigit() else frozenset({host})


def fetch_page(
    database: Database, config: Config, page: str, *, outlet: Outlet | None, now: datetime
) -> tuple[Fetched, Article]:
    """robots | fetch | read (limited child). Without an outlet only the host itself and its “www.” are asked.

    Raises Unreadable.
    """
    private = config.fetch_private_networks
    hosts = outlet.hosts if outlet else twins(page, private=private)
    quirks = outlet.sources[0].quirks if outlet and outlet.sources else Quirks()
    with open_line(database, config, now=now) as fetcher, Workbench(seconds=SECONDS) as bench:
        try:
            robots = Robots(database, fetcher, bench, private)
            robots.check(page, hosts=hosts, user_agent=quirks.user_agent, now=now)
            fetched = fetcher.fetch(_wanted(page, hosts, quirks), now=now)
            return fetched, _article(bench, fetched, outlet, quirks)
        except Unreadable as trouble:
            outcome = outcome_of(trouble)
            raise unreadable(_OF_A_PAGE.get(outcome, outcome)) from None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


def _wanted(url: str, hosts: Collection[str], quirks: Quirks) -> Wanted:
    return Wanted(
        url=url,
        hosts=hosts,
        kind="page",
        accept=PAGE_TYPES,
        user_agent=quirks.user_agent,
        visit_first=quirks.visit_first,
    )


def _article(bench: Workbench, fetched: Fetched, outlet: Outlet | None, quirks: Quirks) -> Article:
    """The article; where no reader finds one, what the page tells programs: its title and description."""
    if fetched.media_type not in _PAGES:
        raise unreadable("not_page")
    said = fetched.headers.get("content-type", "").lower().partition("charset=")[2].strip(" \"'")[:40]
    try:
        article: Article = bench.call(
            "feeds.pages.fulltext.read_page",
            fetched.body,
            recipe=outlet.recipe if outlet else None,
            base_url=fetched.final_url,
            charset=said,
            prefixes=quirks.summary_prefix,
        )
    except Unreadable as trouble:
        if outcome_of(trouble) != "no_article":
            raise
        article = bench.call("feeds.hand.saved_pages.read_head", fetched.body, base_url=fetched.final_url)
    return article
