"""How a guest behaves: an honest name, two connections to a host at the most, and away for as long as it asks."""

import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from feeds.outcomes import unreadable
from feeds.wire.network import postpone

PER_HOST = 2
LONGEST = 86_400  # seconds an outlet can send us away for


class Doors:
    """The hosts of one reading; safe to share between threads."""

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._doors: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(PER_HOST))
        self._away: dict[str, float] = {}
        self._lock = threading.Lock()

    @contextmanager
    def entered(self, host: str) -> Iterator[None]:
        """Holds one of the places at this host. Waiting for our own other requests does not count as its slowness.

        Raises Unreadable ("slow_down") while the host wants to be left alone.
        """
        self._check(host)
        with self._lock:
            door = self._doors[host]
        started = time.monotonic()
        if not door.acquire(timeout=self._patience):
            raise unreadable("timeout")
        try:
            postpone(time.monotonic() - started)
            self._check(host)
            yield
        finally:
            door.release()

    def leave_alone(self, host: str, seconds: int) -> None:
        """Asks nothing more of this host for so long."""
        if seconds:
            with self._lock:
                self._away[host] = time.monotonic() + seconds

    def _check(self, host: str) -> None:
        left = self._away.get(host, 0.0) - time.monotonic()
        if left > 0:
            raise unreadable("slow_down", retry_after=int(left) + 1)


def user_agent(office: str, contact: str) -> str:
    """An honest name: the program, and the office it reads for. Headers are ASCII, so Vietnamese marks are dropped."""
    about = "; ".join(filter(None, (_ascii(part).strip() for part in (office, contact))))
    return f"bantin/0.1 ({about})" if about else "bantin/0.1"


def seconds_away(retry_after: str, now: datetime) -> int:
    """How long the server asks us to stay away: seconds or an HTTP date; at most a day, 0 when it does not say."""
    if retry_after.strip().isdecimal():
        return min(int(retry_after.strip()[:9]), LONGEST)
    try:
        until = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(int((until - now).total_seconds()), 0), LONGEST)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if " " <= c <= "~" and c not in "();")
