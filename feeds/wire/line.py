"""The office's line to the outside: a Fetcher with the office's name and today's budget, its bytes written down."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from app.store import office, traffic
from app.store.database import Database
from config import Config
from feeds.wire.budget import day_of, open_budget
from feeds.wire.fetch import Fetcher
from feeds.wire.network import Resolver, ask_system


@contextmanager
def open_line(
    database: Database,
    config: Config,
    *,
    now: datetime,
    resolve: Resolver = ask_system,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Fetcher]:
    """Lends a Fetcher. When it is given back, what came is added to the day, in one short write or none."""
    with database.reading() as session:
        house = office.find(session)
        budget = open_budget(session, config, now=now)
    try:
        with Fetcher(config, office=house.name if house else "", resolve=resolve, tls=tls, budget=budget) as fetcher:
            yield fetcher
    finally:
        if budget.received:
            with database.writing() as session:
                traffic.add(session, day_of(now), budget.received)
