"""The wire under fetch.py: names resolved once, every address checked, one deadline over all that a request does."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import httpcore2

from app.models.errors import Unreadable
from feeds.outcomes import outcome_of, unreadable
from feeds.wire.addresses import as_ip, is_of_lan, is_public

# A resolver gives the addresses of a host as text, ["203.0.113.7", "2001:db8::7"], or raises OSError.
Resolver = Callable[[str], list[str]]
Count = Callable[[int], None]  # told of bytes as they come

HANDSHAKE = 4000  # bytes of a TLS handshake that reach us, about: certificates are not seen from here

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def postpone(seconds: float) -> None:
    """Moves the deadline on by the time a request had to wait for other requests of ours."""
    end = _deadline.get()
    if end is not None:
        _deadline.set(end + seconds)


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Everything this thread does on the wire inside ends at one moment; a trickling server cannot stretch it."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def time_left(timeout: float | None = None) -> float:
    """Seconds until the deadline, at most `timeout`. Raises Unreadable ("timeout") once there are none."""
    end = _deadline.get()
    left = 3600.0 if end is None else end - time.monotonic()
    if left <= 0:
        raise unreadable("timeout")
    return left if timeout is None else min(left, timeout)


def ask_system(host: str) -> list[str]:
    """The system's resolver."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(entry[4][0]).partition("%")[0] for entry in found]


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects only to addresses that were checked, and to exactly those: no second look-up, no rebinding."""

    def __init__(
        self,
        *,
        private: bool = False,
        resolve: Resolver = ask_system,
        count: Count | None = None,
        wire: httpcore2.NetworkBackend | None = None,
    ) -> None:
        self._private = private
        self._resolve = resolve
        self._count = count or _count_nothing
        self._wire = wire or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = self.check(host)
        for n, address in enumerate(addresses):
            # A broken IPv6 line must leave time for the addresses after it.
            share = time_left(timeout) / (len(addresses) - n)
            with contextlib.suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                stream = self._wire.connect_tcp(address, port, share, local_address, socket_options)
                return TimedStream(stream, self._count)
        time_left()
        raise unreadable("connection")

    def check(self, host: str) -> list[str]:
        """All addresses of this host. Raises Unreadable ("refused") when even one is not public, or ("dns")."""
        found = [host] if as_ip(host) else self._ask(host)
        addresses = [ip for ip in map(as_ip, found) if ip]
        if not addresses:
            raise unreadable("dns")
        if not self._private and not all(is_public(ip) for ip in addresses):
            # Networks that want a sign-in give their own address for every name.
            raise unreadable("inside" if all(is_of_lan(ip) for ip in addresses) and not as_ip(host) else "refused")
        return list(dict.fromkeys(str(ip) for ip in addresses))

    def _ask(self, host: str) -> list[str]:
        """Asks in a thread of its own, as the system's resolver knows no deadline."""
        answer: list[str] = []

        def ask() -> None:
            with contextlib.suppress(OSError, UnicodeError):
                answer.extend(self._resolve(host))

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(time_left(10))
        return answer


class ProxyBackend(GuardedBackend):
    """Connects to the office's proxy only. Which address an outlet has is then looked up and checked by the proxy."""

    def __init__(self, *, resolve: Resolver, count: Count) -> None:
        super().__init__(private=True, resolve=resolve, count=count)

    def connect_tcp(self, *where: Any, **how: Any) -> httpcore2.NetworkStream:
        try:
            return super().connect_tcp(*where, **how)
        except Unreadable as trouble:
            raise unreadable("timeout" if outcome_of(trouble) == "timeout" else "proxy") from None


class TimedStream(httpcore2.NetworkStream):
    """A connection whose every read and write also ends at the deadline of the request that uses it now."""

    def __init__(self, stream: httpcore2.NetworkStream, count: Count) -> None:
        self._stream = stream
        self._count = count

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        chunk = self._stream.read(max_bytes, time_left(timeout))
        self._count(len(chunk))
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, time_left(timeout))
        self._count(HANDSHAKE)
        return TimedStream(stream, self._count)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _count_nothing(_: int) -> None:
    """For a line that is not paid by volume."""
