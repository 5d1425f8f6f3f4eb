"""The only reader of the outside: registered hosts, checked addresses, and caps on bytes, time and redirects."""

import ssl
import threading
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, SimpleCookie
from typing import Literal

import httpcore2

from app.models.errors import Unreadable
from config import Config
from feeds.addresses import Address, check_url, follow
from feeds.network import GuardedBackend, Resolver, ask_system, deadline, time_left
from feeds.outcomes import unreadable

MAX_REDIRECTS = 3
PER_HOST = 2  # connections to one host at a time: we are guests
FEED_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
PICTURE_TYPES = "image/jpeg, image/png, image/webp, image/avif, image/gif"

_REDIRECTS = {301, 302, 303, 307, 308}
_NAMED = {401: "forbidden", 403: "forbidden", 404: "gone", 410: "gone", 429: "slow_down"}
_CERTIFICATE_DATES = {9, 10}  # OpenSSL: not yet valid, expired


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to ask for. `hosts` are the only ones that may be asked, also after a redirect."""

    url: str
    hosts: Collection[str]
    accept: str = FEED_TYPES
    etag: str | None = None
    last_modified: str | None = None
    user_agent: str = ""
    visit_first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back; `body` is empty when nothing changed ("same"), and not `complete` when the line broke in it."""

    status: Literal["new", "same"]
    body: bytes
    final_url: str
    media_type: str
    etag: str | None
    last_modified: str | None
    at: datetime
    complete: bool = True


class Fetcher:
    """Reads with the limits of the configuration; safe to share between threads, closed with `with`."""

    def __init__(self, config: Config, *, office: str = "", resolve: Resolver = ask_system) -> None:
        self._private = config.fetch_private_networks
        self._seconds = config.fetch_timeout_seconds
        self._cap = config.fetch_max_bytes
        self._honest = user_agent(office, config.user_agent_contact)
        backend = GuardedBackend(private=self._private, resolve=resolve)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context(), max_connections=16, keepalive_expiry=20, network_backend=backend
        )
        self._doors: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(PER_HOST))
        self._lock = threading.Lock()

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def fetch(self, wanted: Wanted, *, now: datetime) -> Fetched:
        """Asks once, within the time for one whole request. Raises Unreadable with the sentence for people."""
        address = check_url(wanted.url, hosts=wanted.hosts, private=self._private)
        cookies: SimpleCookie = SimpleCookie()
        with deadline(self._seconds):
            if wanted.visit_first:
                first = check_url(wanted.visit_first, hosts=wanted.hosts, private=self._private)
                self._visit(first, wanted, cookies)
            return self._ask(address, wanted, cookies, now)

    def _visit(self, address: Address, wanted: Wanted, cookies: SimpleCookie) -> None:
        """Knocks for the cookie alone: the page, and where it would lead, are of no interest."""
        with self._open(address, self._headers(wanted, cookies)) as response:
            _keep_cookies(response, cookies)

    def _ask(self, address: Address, wanted: Wanted, cookies: SimpleCookie, now: datetime) -> Fetched:
        first_host = address.host
        for _ in range(MAX_REDIRECTS + 1):
            kept = cookies if address.host == first_host else SimpleCookie()
            conditions = _conditions(wanted)
            with self._open(address, self._headers(wanted, kept) + conditions) as response:
                head = _head(response)
                if response.status in _REDIRECTS:
                    _keep_cookies(response, kept)
                    address = follow(address, head.get("location", ""), hosts=wanted.hosts, private=self._private)
                    continue
                if response.status == 304 and conditions:
                    return _fetched("same", b"", address, head, wanted, now)
                _check_status(response.status, head.get("retry-after", ""), now)
                body, complete = _read(response, head.get("content-encoding", ""), self._cap)
                return replace(_fetched("new", body, address, head, wanted, now), complete=complete)
        raise unreadable("redirects")

    @contextmanager
    def _open(self, address: Address, headers: list[tuple[str, str]]) -> Iterator[httpcore2.Response]:
        with self._lock:
            door = self._doors[address.host]
        if not door.acquire(timeout=time_left()):
            raise unreadable("timeout")
        try:
            with _in_words(), self._pool.stream("GET", address.url, headers=headers) as response:
                yield response
        finally:
            door.release()

    def _headers(self, wanted: Wanted, cookies: SimpleCookie) -> list[tuple[str, str]]:
        headers = [
            ("User-Agent", wanted.user_agent or self._honest),
            ("Accept", wanted.accept),
            ("Accept-Encoding", "gzip"),
        ]
        if cookies:
            headers.append(("Cookie", "; ".join(f"{name}={morsel.coded_value}" for name, morsel in cookies.items())))
        return headers


def user_agent(office: str, contact: str) -> str:
    """An honest name: the program, and the office it reads for. Headers are ASCII, so Vietnamese marks are dropped."""
    about = "; ".join(_ascii(part) for part in (office, contact) if part.strip())
    return f"bantin/0.1 ({about})" if about else "bantin/0.1"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if " " <= c <= "~" and c not in "();")


def _conditions(wanted: Wanted) -> list[tuple[str, str]]:
    asked = (("If-None-Match", wanted.etag), ("If-Modified-Since", wanted.last_modified))
    return [(name, value) for name, value in asked if value]


def _head(response: httpcore2.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _keep_cookies(response: httpcore2.Response, cookies: SimpleCookie) -> None:
    for name, value in response.headers:
        if name.lower() == b"set-cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                continue


def _check_status(status: int, retry_after: str, now: datetime) -> None:
    if status == 200:
        return
    outcome = _NAMED.get(status, "server" if status >= 500 else "status")
    raise unreadable(outcome, retry_after=_seconds(retry_after, now))


def _seconds(retry_after: str, now: datetime) -> int:
    """How long the server asks us to stay away: seconds or an HTTP date; at most a day, 0 when it does not say."""
    if retry_after.strip().isdecimal():
        return min(int(retry_after.strip()[:9]), 86_400)
    try:
        until = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(int((until - now).total_seconds()), 0), 86_400)


def _read(response: httpcore2.Response, encoding: str, cap: int) -> tuple[bytes, bool]:
    """The body, unpacked, at most `cap` bytes, and whether it is all; on a weak line half a feed is better than none.

    A server that sends plain bytes and calls them gzip is forgiven.
    """
    chunks = response.iter_stream()
    if encoding.strip().lower() in ("gzip", "x-gzip"):
        chunks = _unpack(chunks, cap)
    elif encoding.strip().lower() not in ("", "identity"):
        raise unreadable("protocol")
    body = bytearray()
    try:
        for chunk in chunks:
            body += chunk
            if len(body) > cap:
                raise unreadable("too_large")
            time_left()
    except (httpcore2.RemoteProtocolError, httpcore2.ReadError):
        if not body:
            raise
        return bytes(body), False
    return bytes(body), True


def _unpack(chunks: Iterable[bytes], cap: int) -> Iterator[bytes]:
    """Gunzips step by step, never more than `cap` bytes beyond what was handed on."""
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    started = False
    for chunk in chunks:
        if not started and chunk and not chunk.startswith(b"\x1f"):
            yield chunk
            yield from chunks
            return
        started = started or bool(chunk)
        try:
            yield unzip.decompress(chunk, cap + 1)
        except zlib.error:
            raise unreadable("protocol") from None


def _fetched(
    status: Literal["new", "same"], body: bytes, address: Address, head: dict[str, str], wanted: Wanted, now: datetime
) -> Fetched:
    same = status == "same"
    return Fetched(
        status=status,
        body=body,
        final_url=address.url,
        media_type=head.get("content-type", "").partition(";")[0].strip().lower(),
        etag=head.get("etag") or (wanted.etag if same else None),
        last_modified=head.get("last-modified") or (wanted.last_modified if same else None),
        at=now,
    )


@contextmanager
def _in_words() -> Iterator[None]:
    """What went wrong on the wire, as the one error people are told."""
    try:
        yield
    except Unreadable:
        raise
    except httpcore2.TimeoutException:
        raise unreadable("timeout") from None
    except (httpcore2.NetworkError, ssl.SSLError, OSError) as error:
        raise unreadable(_wire_trouble(error)) from None
    except (httpcore2.ProtocolError, ValueError):
        raise unreadable("protocol") from None


def _wire_trouble(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "clock" if cause.verify_code in _CERTIFICATE_DATES else "tls"
        if isinstance(cause, ssl.SSLError):
            return "tls"
        cause = cause.__cause__ or cause.__context__
    return "connection"
