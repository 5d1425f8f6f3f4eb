"""The pictures of new stories, after all text is kept: fetched, made in the child in both sizes, noted together."""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from app.models.errors import NotFound, Unreadable
from app.store import pictures
from app.store.assets import Assets
from app.store.database import Database
from app.store.pictures import File, Kept, Looks, Unsized, Waiting
from feeds.catalogue import Catalogue
from feeds.outcomes import OUTCOMES, outcome_of, unreadable
from feeds.pictures import Picture, to_print
from feeds.wire.fetch import PICTURE_TYPES, Fetcher, Wanted
from feeds.workbench import Workshop

AT_ONCE = 200  # pictures of one reading; the rest waits for the next
AHEAD = 12  # under way or made and not yet kept: what they weigh stays in memory
OLD_ONES = 20  # pictures of older versions of this program that get their small size in one reading
A_WRITE = 40  # pictures noted in one transaction; a crash before it costs only their fetching again

# A weak line or a spent day is no fault of the picture: these are tried again at the next reading.
_PASSING = {
    *("timeout", "dns", "connection", "server", "slow_down", "clock", "expired", "portal", "inside", "proxy", "budget"),
}

log = logging.getLogger(__name__)

Answer = Picture | Unreadable


@dataclass(frozen=True, slots=True)
class Album:
    """Fills in the pictures that stories still lack. A failure never costs a story."""

    database: Database
    assets: Assets
    catalogue: Catalogue
    fetcher: Fetcher
    workshop: Workshop
    _silent: set[str] = field(default_factory=set)  # hosts that did not answer in this reading

    def fill(self, pool: Executor, *, now: datetime) -> None:
        """fetch (threads) | check and make both sizes (children) | keep the files | note them (few transactions)"""
        with self.database.reading() as session:
            waiting = pictures.to_fetch(session, now=now, limit=AT_ONCE)
            unsized = pictures.without_small_size(session, limit=OLD_ONES)
            looks = Looks.of(session) if waiting or unsized else Looks()
        kept: list[Kept] = []
        troubles: list[tuple[str, int, str]] = []
        try:
            for wanted, answer in self._made(pool, waiting, now):
                if isinstance(answer, Picture):
                    kept.append(keep_files(self.assets, answer, wanted.story_id, wanted.number, looks))
                elif outcome_of(answer) not in _PASSING:
                    log.info("picture %s: %s", wanted.url, answer)
                    troubles.append((wanted.story_id, wanted.number, answer.msgid))
                if len(kept) >= A_WRITE:
                    self._note(kept, troubles, now)
            for old in unsized:
                self._size(old, looks, kept, troubles)
            self._note(kept, troubles, now)
        except (OSError, SQLAlchemyError):  # a full disk; the stories are safe, the pictures wait
            log.exception("the pictures of this reading were not all kept")

    def _made(self, pool: Executor, waiting: Sequence[Waiting], now: datetime) -> Iterator[tuple[Waiting, Answer]]:
        """The answers in their order; never many ahead of their reader."""
        under_way: deque[tuple[Waiting, Future[Answer]]] = deque()
        rest = iter(waiting)
        try:
            while True:
                while len(under_way) < AHEAD and (wanted := next(rest, None)):
                    under_way.append((wanted, pool.submit(self._make, wanted, now)))
                if not under_way:
                    return
                asked, answer = under_way.popleft()
                yield asked, answer.result()
        finally:
            for _, answer in under_way:
                answer.cancel()

    def _make(self, picture: Waiting, now: datetime) -> Answer:
        """The picture in both sizes, or why there is none."""
        outlet = self.catalogue.outlet(picture.outlet_id)
        host = urlsplit(picture.url).netloc
        if host in self._silent:
            return unreadable("connection")
        hosts = outlet.hosts | outlet.picture_hosts if outlet else frozenset[str]()
        try:
            wanted = Wanted(url=picture.url, hosts=hosts, kind="picture", accept=PICTURE_TYPES)
            fetched = self.fetcher.fetch(wanted, now=now)
            if not fetched.complete:
                return unreadable("connection")
            with self.workshop.lend() as bench:
                return bench.run(to_print, fetched.body)
        except Unreadable as trouble:
            if outcome_of(trouble) in _PASSING:
                self._silent.add(host)
            return trouble

    def _size(self, old: Unsized, looks: Looks, kept: list[Kept], troubles: list[tuple[str, int, str]]) -> None:
        """The small size of a picture that was kept before there were any; the large one stays as it is."""
        try:
            data = self.assets.get(old.asset)
            with self.workshop.lend() as bench:
                made = bench.run(to_print, data)
        except (NotFound, Unreadable) as trouble:
            log.info("picture %s: %s", old.asset, trouble)
            troubles.append((old.story_id, old.number, OUTCOMES["picture_cut"].msgid))
            return
        printed = File(old.asset, len(data), made.width, made.height)
        kept.append(_note_of(self.assets, made, printed, old.story_id, old.number, looks))

    def _note(self, kept: list[Kept], troubles: list[tuple[str, int, str]], now: datetime) -> None:
        """Writes what came together so far and empties both lists."""
        if not kept and not troubles:
            return
        with self.database.writing() as session:
            pictures.keep(session, kept, now=now)
            pictures.give_up(session, troubles)
        kept.clear()
        troubles.clear()


def keep_files(assets: Assets, picture: Picture, story_id: str, number: int, looks: Looks) -> Kept:
    """Puts both sizes of a picture among the assets; `app.store.pictures.keep` then notes them."""
    printed = File(assets.put(picture.data), len(picture.data), picture.width, picture.height)
    return _note_of(assets, picture, printed, story_id, number, looks)


def _note_of(assets: Assets, made: Picture, printed: File, story_id: str, number: int, looks: Looks) -> Kept:
    return Kept(
        story_id=story_id,
        number=number,
        printed=printed,
        screen=File(assets.put(made.screen), len(made.screen), made.screen_width, made.screen_height),
        look=made.look,
        credit=made.credit,
        first_like=looks.meet(made.look, printed.name),
    )
