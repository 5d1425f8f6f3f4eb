"""Whether an outlet lets programs read a page: its robots.txt (RFC 9309), kept for a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.errors import Unreadable
from app.store import pages
from app.store.database import Database
from feeds.outcomes import outcome_of, unreadable
from feeds.wire.addresses import Address, check_url
from feeds.wire.fetch import Fetcher, Wanted
from feeds.workbench import Workbench

RULES = "feeds.pages.robot_rules.may_read"  # by name: the process that asks never takes foreign text apart
TYPES = "text/plain, */*;q=0.1"
KEPT = timedelta(days=1)
OLD = timedelta(days=30)  # so long what was kept still counts while the site cannot be asked (RFC 9309, 2.3.1.4)

# The site answered that there are no rules, or sent us somewhere that is not its own (2.3.1.2, 2.3.1.3).
_NONE = {"gone", "forbidden", "status", "redirects", "moved", "refused", "too_large"}


@dataclass(frozen=True, slots=True)
class Robots:
    """Asks the robots.txt of a site once a day, through the same line as its pages."""

    database: Database
    fetcher: Fetcher
    bench: Workbench
    private: bool

    def check(self, url: str, *, hosts: Collection[str] | None, user_agent: str = "", now: datetime) -> None:
        """Returns when the page may be read.

        Raises Unreadable: "robots" when the site asks programs not to, "robots_away" while that cannot be known.
        """
        address = check_url(url, hosts=hosts, private=self.private)
        rules = self._rules(address, user_agent, now)
        if rules.strip() and not self.bench.call(RULES, rules.encode(), address.url):
            raise unreadable("robots")

    def _rules(self, address: Address, user_agent: str, now: datetime) -> str:
        origin = Address(address.scheme, address.host, address.port, "").url
        with self.database.reading() as session:
            known = pages.site_rules(session, origin)
        if known is not None and now - KEPT < known.read_at <= now:
            return known.rules
        try:
            rules = self._ask(origin, address.host, user_agent, now)
        except Unreadable:
            if known is not None and now - known.read_at < OLD:
                return known.rules
            raise
        with self.database.writing() as session:
            pages.keep_site_rules(session, origin, rules, now=now)
        return rules

    def _ask(self, origin: str, host: str, user_agent: str, now: datetime) -> str:
        wanted = Wanted(url=f"{origin}/robots.txt", hosts={host}, kind="page", accept=TYPES, user_agent=user_agent)
        try:
            answer = self.fetcher.fetch(wanted, now=now)
        except Unreadable as trouble:
            outcome = outcome_of(trouble)
            if outcome in _NONE:
                return ""
            raise trouble if outcome == "budget" else unreadable("robots_away") from None
        return answer.body[: 500 * 1024].decode("utf-8-sig", "replace").replace("\0", "")
