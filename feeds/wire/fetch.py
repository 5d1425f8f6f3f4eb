"""The only reader of the outside: registered hosts, checked addresses, and caps on bytes, time and redirects."""

import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import httpcore2

from app.models.errors import Unreadable
from config import Config
from feeds.outcomes import outcome_of, unreadable
from feeds.wire import strangers
from feeds.wire.addresses import Address, check_url, follow
from feeds.wire.bodies import read_body, read_start
from feeds.wire.budget import Budget, Kind
from feeds.wire.certificates import NOT_YET, OTHERS, OVER, Witness, name_dates, unverified_context, verify_code
from feeds.wire.courtesy import Doors, seconds_away, user_agent
from feeds.wire.jar import Cookies, Jar
from feeds.wire.network import GuardedBackend, ProxyBackend, Resolver, ask_system, deadline

MAX_REDIRECTS = 3
FEED_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
PICTURE_TYPES = "image/jpeg, image/png, image/webp, image/avif, image/gif"

_REDIRECTS = {301, 302, 303, 307, 308}
_NAMED = {401: "forbidden", 403: "forbidden", 404: "gone", 407: "proxy", 410: "gone", 429: "slow_down"}
_TROUBLE = (
    *(httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError),
    *(httpcore2.UnsupportedProtocol, OSError, ValueError),
)
_COOKIE_TROUBLE = {"redirects", "forbidden", "challenge"}  # what an outlet says to a cookie it no longer takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to ask for. `hosts` are the only ones that may be asked, also after a redirect; `cookies` were kept."""

    url: str
    hosts: Collection[str]
    kind: Kind = "feed"
    accept: str = FEED_TYPES
    etag: str | None = None
    last_modified: str | None = None
    user_agent: str = ""
    visit_first: str = ""
    cookies: Cookies = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back; `body` is empty when nothing changed ("same"), and not `complete` when the line broke in it.

    `headers` have their names in lower case; `cookies` are to be kept for the next reading of this source.
    """

    status: Literal["new", "same"]
    body: bytes
    final_url: str
    media_type: str
    etag: str | None
    last_modified: str | None
    at: datetime
    complete: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Call:
    """One request for something wanted, with its jar."""

    wanted: Wanted
    jar: Jar
    now: datetime


class Fetcher:
    """Reads with the limits of the configuration; safe to share between threads, closed with `with`.

    When nothing else is handed in, `tls` trusts the system's authorities and `wire` is the system's own.
    """

    def __init__(
        self,
        config: Config,
        *,
        office: str = "",
        resolve: Resolver = ask_system,
        tls: ssl.SSLContext | None = None,
        budget: Budget | None = None,
        wire: httpcore2.NetworkBackend | None = None,
    ) -> None:
        self._private = config.fetch_private_networks
        self._seconds = config.fetch_timeout_seconds
        self._cap = config.fetch_max_bytes
        self._honest = user_agent(office, config.user_agent_contact)
        self._budget = budget or Budget()
        self._witness = Witness()
        self._doors = Doors(patience=self._seconds * 10)
        self._guard = GuardedBackend(private=self._private, resolve=resolve, count=self._budget.count, wire=wire)
        self._proxy = config.fetch_proxy
        self._pool = self._open_pool(tls or ssl.create_default_context(), resolve)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def fetch(self, wanted: Wanted, *, now: datetime) -> Fetched:
        """Asks once, within the time for one whole request. Raises Unreadable with the sentence for people."""
        address = check_url(wanted.url, hosts=wanted.hosts, private=self._private)
        if not self._budget.may_fetch(wanted.kind):
            raise unreadable("budget")
        call = _Call(wanted, Jar(wanted.cookies), now)
        with deadline(self._seconds):
            if not wanted.visit_first:
                return self._ask(address, call)
            return self._ask_after_visit(address, call)

    def _ask_after_visit(self, address: Address, call: _Call) -> Fetched:
        """Knocks first only when there is no cookie yet, or when the one we kept is no longer taken."""
        first = check_url(call.wanted.visit_first, hosts=call.wanted.hosts, private=self._private)
        if call.jar.header(address):
            try:
                return self._ask(address, call)
            except Unreadable as trouble:
                if outcome_of(trouble) not in _COOKIE_TROUBLE:
                    raise
            call.jar.empty()
        with self._open(first, call) as response:
            call.jar.take(first, response.headers, call.now)
        return self._ask(address, call)

    def _ask(self, address: Address, call: _Call) -> Fetched:
        wanted = call.wanted
        conditions = _conditions(wanted)
        for _ in range(MAX_REDIRECTS + 1):
            with self._open(address, call, conditions) as response:
                head = _head(response)
                call.jar.take(address, response.headers, call.now)
                if response.status in _REDIRECTS:
                    address = self._follow(address, response.status, head.get("location", ""), wanted)
                    continue
                if response.status == 304 and conditions:
                    response.read()  # it has no body; read to its end, the connection serves the next request as well
                    self._witness.hear(head.get("date", ""), call.now)
                    return _fetched(call, address, head)
                return self._take(address, response, head, call)
        raise unreadable("redirects")

    def _take(self, address: Address, response: httpcore2.Response, head: dict[str, str], call: _Call) -> Fetched:
        encoding, is_page_due = head.get("content-encoding", ""), call.wanted.kind == "page"
        if response.status != 200:
            start = read_start(response, encoding, strangers.LOOK) if response.status in (403, 429, 503) else b""
            stranger = strangers.name_answer(address, response.status, head, start, is_page_due=is_page_due)
            self._complain(stranger, response.status, head.get("retry-after", ""), address, call.now)
        body, complete = read_body(response, encoding, self._cap)
        if found := strangers.name_answer(address, 200, head, body[: strangers.LOOK], is_page_due=is_page_due):
            raise unreadable(found)
        self._witness.hear(head.get("date", ""), call.now)
        return _fetched(call, address, head, body, complete=complete)

    def _complain(self, stranger: str, status: int, retry_after: str, address: Address, now: datetime) -> None:
        """Raises what a status other than 200 means."""
        away = seconds_away(retry_after, now)
        if status in (429, 503):
            self._doors.leave_alone(address.host, away)
        outcome = stranger or _NAMED.get(status, "server" if status >= 500 else "status")
        raise unreadable(outcome, retry_after=away)

    def _follow(self, address: Address, status: int, location: str, wanted: Wanted) -> Address:
        try:
            return follow(address, location, hosts=wanted.hosts, private=self._private)
        except Unreadable:
            raise unreadable(strangers.name_redirect(address, status, location)) from None

    @contextmanager
    def _open(
        self, address: Address, call: _Call, conditions: Collection[tuple[str, str]] = ()
    ) -> Iterator[httpcore2.Response]:
        wanted = call.wanted
        headers = [
            ("User-Agent", wanted.user_agent or self._honest),
            ("Accept", wanted.accept),
            ("Accept-Encoding", "gzip"),
            *conditions,
        ]
        if cookie := call.jar.header(address):
            headers.append(("Cookie", cookie))
        with self._doors.entered(address.host):
            if not self._budget.may_fetch(wanted.kind):  # spent while this one waited at the door
                raise unreadable("budget")
            try:
                with self._pool.stream("GET", address.url, headers=headers) as response:
                    yield response
            except _TROUBLE as error:
                raise unreadable(self._name(error, address, call.now)) from None

    def _open_pool(self, tls: ssl.SSLContext, resolve: Resolver) -> httpcore2.ConnectionPool:
        if not self._proxy:
            return httpcore2.ConnectionPool(
                ssl_context=tls, max_connections=16, keepalive_expiry=20, network_backend=self._guard
            )
        proxy = urlsplit(self._proxy)
        return httpcore2.HTTPProxy(
            f"http://{proxy.netloc.rpartition('@')[2]}",
            proxy_auth=(unquote(proxy.username), unquote(proxy.password or "")) if proxy.username else None,
            ssl_context=tls,
            max_connections=16,
            keepalive_expiry=20,
            network_backend=ProxyBackend(resolve=resolve, count=self._budget.count),
        )

    def _name(self, error: Exception, address: Address, now: datetime) -> str:
        """What went wrong on the wire, as the one outcome people are told."""
        code = verify_code(error)
        if code in (NOT_YET, OVER):
            return name_dates(code, self._witness, now)
        if code is not None:
            is_portal = code in OTHERS and strangers.is_routers_certificate(self._look_at_certificate(address))
            return "portal" if is_portal else "tls"
        if isinstance(error, httpcore2.ProxyError):  # 502 and 504: the proxy itself did not reach the outlet
            return "connection" if str(error)[:3] in ("502", "503", "504") else "proxy"
        if isinstance(error, (httpcore2.TimeoutException, TimeoutError)):
            return "timeout"
        return "connection" if isinstance(error, (httpcore2.NetworkError, OSError)) else "protocol"

    def _look_at_certificate(self, address: Address) -> bytes:
        """The certificate (DER) that was refused; a second look at it, through which nothing else is sent."""
        if self._proxy:
            return b""
        try:
            stream = self._guard.connect_tcp(address.host, address.port)
            stream = stream.start_tls(unverified_context(), address.host)
        except (Unreadable, *_TROUBLE):
            return b""
        found = stream.get_extra_info("socket").getpeercert(binary_form=True)
        stream.close()
        return bytes(found or b"")


def _conditions(wanted: Wanted) -> list[tuple[str, str]]:
    asked = (("If-None-Match", wanted.etag), ("If-Modified-Since", wanted.last_modified))
    return [(name, value) for name, value in asked if value]


def _head(response: httpcore2.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _fetched(
    call: _Call, address: Address, head: dict[str, str], body: bytes | None = None, *, complete: bool = True
) -> Fetched:
    """No body: nothing changed, so the old tokens stay good where the answer brings none."""
    wanted, same = call.wanted, body is None
    return Fetched(
        status="same" if same else "new",
        body=body or b"",
        final_url=address.url,
        media_type=head.get("content-type", "").partition(";")[0].strip().lower(),
        etag=head.get("etag") or (wanted.etag if same else None),
        last_modified=head.get("last-modified") or (wanted.last_modified if same else None),
        at=call.now,
        complete=complete,
        headers=head,
        cookies=call.jar.contents(),
    )
