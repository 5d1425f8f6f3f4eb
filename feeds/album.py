"""The pictures of new stories, after all text is kept: fetched, checked in the child, stored one by one."""

import logging
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from app.models.errors import Unreadable
from app.store import arrivals
from app.store.assets import Assets, register
from app.store.database import Database
from feeds.catalogue import Catalogue
from feeds.fetch import PICTURE_TYPES, Fetcher, Wanted
from feeds.outcomes import outcome_of, unreadable
from feeds.pictures import to_print
from feeds.workbench import Workbench

AT_ONCE = 200  # pictures of one reading; the rest waits for the next

# A weak line is no fault of the picture: these are tried again at the next reading.
_PASSING = {"timeout", "dns", "connection", "server", "slow_down", "clock"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Album:
    """Fills in the pictures that stories still lack. A failure never costs a story."""

    database: Database
    assets: Assets
    catalogue: Catalogue
    fetcher: Fetcher
    bench: Workbench
    _silent: set[str] = field(default_factory=set)  # hosts that did not answer in this reading

    def fill(self, pool: Executor, *, now: datetime) -> None:
        """fetch (threads) | check and re-encode (child) | store (one short transaction each)"""
        with self.database.reading() as session:
            waiting = arrivals.pictures_to_fetch(session, now=now, limit=AT_ONCE)
        answers = [pool.submit(self._fetch, url, outlet, now) for _, _, url, outlet in waiting]
        troubles: list[tuple[str, int, str]] = []
        try:
            for (story_id, number, url, _), answer in zip(waiting, answers, strict=True):
                trouble = self._keep(story_id, number, answer.result(), now)
                if trouble and outcome_of(trouble) not in _PASSING:
                    log.info("picture %s: %s", url, trouble)
                    troubles.append((story_id, number, trouble.msgid))
            with self.database.writing() as session:
                arrivals.give_up_pictures(session, troubles)
        except (OSError, SQLAlchemyError):  # a full disk; the stories are safe, the pictures wait
            log.exception("the pictures of this reading were not all kept")
        finally:
            for answer in answers:
                answer.cancel()

    def _fetch(self, url: str, outlet_id: str, now: datetime) -> bytes | Unreadable:
        """The bytes, or why there are none."""
        outlet = self.catalogue.outlet(outlet_id)
        host = urlsplit(url).netloc
        if host in self._silent:
            return unreadable("connection")
        hosts = outlet.hosts | outlet.picture_hosts if outlet else frozenset[str]()
        try:
            fetched = self.fetcher.fetch(Wanted(url=url, hosts=hosts, accept=PICTURE_TYPES), now=now)
            return fetched.body if fetched.complete else unreadable("connection")
        except Unreadable as trouble:
            if outcome_of(trouble) in _PASSING:
                self._silent.add(host)
            return trouble

    def _keep(self, story_id: str, number: int, answer: bytes | Unreadable, now: datetime) -> Unreadable | None:
        """Stores one picture; returns what is wrong with it."""
        if isinstance(answer, Unreadable):
            return answer
        try:
            picture = self.bench.run(to_print, answer)
        except Unreadable as trouble:
            return trouble
        name = self.assets.put(picture.data)
        size, width, height = len(picture.data), picture.width, picture.height
        with self.database.writing() as session:
            register(session, name=name, media_type="image/jpeg", size=size, now=now, width=width, height=height)
            arrivals.keep_picture(session, story_id, number, name)
        return None
