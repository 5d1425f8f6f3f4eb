"""The bytes of one day for a line that is paid by volume: text before pictures, the rest waits for tomorrow."""

import threading
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app.desk.cadence import VIETNAM
from app.store import traffic
from config import Config

Kind = Literal["feed", "page", "picture"]

# How much of the day may be gone before this kind waits: the last fifth belongs to the feeds alone.
SHARES: dict[Kind, float] = {"feed": 1.0, "page": 0.8, "picture": 0.6}


class Budget:
    """What may still be received today; safe to share between threads. `limit` 0 means as much as comes."""

    def __init__(self, *, limit: int = 0, spent: int = 0) -> None:
        self._limit = limit
        self._before = spent
        self._received = 0
        self._lock = threading.Lock()

    @property
    def received(self) -> int:
        """Bytes counted since this budget was opened, as they came over the wire."""
        return self._received

    @property
    def spent(self) -> int:
        """Bytes of the whole day."""
        return self._before + self._received

    def may_fetch(self, kind: Kind) -> bool:
        """Whether something of this kind may be asked for now. An answer under way is not cut off."""
        return not self._limit or self.spent < self._limit * SHARES[kind]

    def count(self, size: int) -> None:
        """Counts bytes that came."""
        with self._lock:
            self._received += size


def open_budget(session: Session, config: Config, *, now: datetime) -> Budget:
    """Today's budget, by the calendar of Viet Nam."""
    limit = config.fetch_daily_megabytes * 1_000_000
    return Budget(limit=limit, spent=traffic.received(session, day_of(now)))


def day_of(now: datetime) -> str:
    """The day, in Viet Nam's time, under which bytes are counted: `2026-11-23`."""
    return now.astimezone(VIETNAM).date().isoformat()
