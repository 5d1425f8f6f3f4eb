"""What people bring, as one pipe: a text, a link, a document, a photo or a saved page becomes a story.

recognise | fetch, for a link | take apart (limited child) | keep the evidence | store (one short transaction)
"""

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from app.desk.decide import Item
from app.desk.policy import Actor, require
from app.models.errors import Refused, Unreadable
from app.store import byhand, clusters, pictures, topics
from app.store.assets import Assets
from app.store.byhand import Added, Brought, Shot
from app.store.database import Database
from config import Config
from feeds.album import keep_files
from feeds.catalogue import Catalogue, Outlet
from feeds.clean import MAX_SUMMARY, canonical_url, plain_letters, shorten
from feeds.dates import VIETNAM
from feeds.grouping import Grouper
from feeds.hand.carried import as_photo, bundle, is_package, is_page, is_photo, plain_words
from feeds.hand.links import check_verdict, fetch_page
from feeds.hand.paper import Paper, Print
from feeds.hand.pasted import MAX_TEXT, as_address, read_pasted
from feeds.letters.legacy import suspect
from feeds.pages.article import Article
from feeds.pages.records import MEDIA_TYPE, Record, write_record
from feeds.sources.badges import judge_address
from feeds.wire.fetch import Fetched
from feeds.workbench import Workbench

MEGABYTES = 20  # of one file, and of all photos together
MOST_BYTES = MEGABYTES * 1_000_000
LEAD = 700  # letters of a text that stand as the story's summary; all of it is kept beside
SECONDS = 8  # of the child's work on one piece
MAX_SHOTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the person typed beside it; all of it may be empty. `day` is ISO."""

    title: str = ""
    caption: str = ""  # what the photos show
    source: str = ""  # who said it: a name, or an address
    day: str = ""
    place: str = ""
    credit: str = ""  # of a photo: who took it
    agreed: bool = False  # the people on it agreed


@dataclass(frozen=True, slots=True)
class Done:
    """The story it became; `had_place`: a photo's file said where it was taken, and that was dropped."""

    added: Added
    had_place: bool = False
    left_out: int = 0  # pictures of the file that could not be taken along


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One person bringing something now."""

    database: Database
    config: Config
    catalogue: Catalogue
    assets: Assets
    actor: Actor
    now: datetime

    def text(self, words: str, told: Told = Told(), *, photos: Sequence[bytes] = ()) -> Done:
        """A pasted text, with photos that belong to it. It wears no badge whatever address it names.

        Raises Refused when it says nothing, Unreadable for a photo that is none.
        """
        require(self.actor, "story.add")
        if len(words) > MAX_TEXT:
            raise Refused("The text is longer than %(most)d letters. Add it in parts.", most=MAX_TEXT)
        paper = read_pasted(words, title=told.title)
        if not words.strip() or not paper.title:
            raise Refused("There is no text yet. Paste it into the box, or choose a file.")
        shots, had_place, _ = self._shoot(photos, told, caption=told.caption)
        done = self._store(paper, told, raw=bundle(words, photos), shots=shots)
        return replace(done, had_place=had_place)

    def file(self, data: bytes, told: Told = Told()) -> Done:
        """A document, a saved page, a photo or a text file; its name is never looked at, what it holds is.

        Raises Unreadable with what to do, or Refused.
        """
        require(self.actor, "story.add")
        if not data:
            raise Refused("The file is empty.")
        if len(data) > MOST_BYTES:
            raise Refused("The file is larger than %(most)d MB.", most=MEGABYTES)
        if is_photo(data):
            return self.photos([data], told)
        if is_package(data):
            return self._store(self._read("feeds.hand.documents.read_docx", data), told, raw=data)
        if is_page(data):
            return self._store(self._read("feeds.hand.saved_pages.read_saved", data), told, raw=data)
        return self.text(plain_words(data), told)

    def link(self, url: str, told: Told = Told(), *, confirmed: bool = False) -> Done:
        """The page behind an address. Of an outlet's own host it wears the badge; another one must be confirmed.

        Raises Refused for a lookalike, a social network, or a host that nobody confirmed; Unreadable.
        """
        require(self.actor, "story.add")
        address = as_address(url)
        verdict = judge_address(self.catalogue, address)
        check_verdict(verdict, address, confirmed=confirmed)
        page = canonical_url(address, "")
        with self.database.reading() as session:
            known = byhand.find(session, url=page, outlet_id=verdict.outlet)
        if known and verdict.outlet:
            return Done(Added(known, "known"))
        outlet = self.catalogue.outlet(verdict.outlet or "")
        fetched, article = fetch_page(self.database, self.config, page, outlet=outlet, now=self.now)
        return self._store_page(fetched, article, outlet, told)

    def photos(self, photos: Sequence[bytes], told: Told) -> Done:
        """Photos and nothing else: what they show is the story."""
        require(self.actor, "story.add")
        caption = plain_letters(told.caption) or plain_letters(told.title)
        if not caption:
            raise Refused("Say in a sentence what the photo shows.")
        shots, had_place, day = self._shoot(photos, told, caption=caption)
        lines = [line for line in (plain_letters(told.place), plain_letters(told.source)) if line]
        paper = Paper(title=plain_letters(told.title) or shorten(caption, 160), paragraphs=(caption, *lines))
        done = self._store(paper, replace(told, day=told.day or day), raw=bundle("", photos), shots=shots)
        return replace(done, had_place=had_place)

    def _shoot(self, photos: Sequence[bytes], told: Told, *, caption: str) -> tuple[list[Shot], bool, str]:
        """The photos made fit and kept, whether any gave its place away, and the day the first was taken."""
        if not photos:
            return [], False, ""
        if len(photos) > MAX_SHOTS or sum(map(len, photos)) > MOST_BYTES:
            raise Refused("At most %(most)d photos at once, together %(size)d MB.", most=MAX_SHOTS, size=MEGABYTES)
        with self.database.reading() as session:
            looks = pictures.Looks.of(session)
        with Workbench(seconds=SECONDS) as bench:
            read: list[Any] = [bench.call("feeds.hand.photos.read_photo", as_photo(data)) for data in photos]
        credit = plain_letters(told.credit) or self.actor.name
        shots = [
            Shot(
                kept=keep_files(self.assets, photo.picture, "", 0, looks), caption=plain_letters(caption), credit=credit
            )
            for photo in read
        ]
        return shots, any(photo.had_place for photo in read), read[0].taken

    def _read(self, name: str, data: bytes) -> Paper:
        with Workbench(seconds=SECONDS) as bench:
            paper: Paper = bench.call(name, data)
        return paper

    def _store_page(self, fetched: Fetched, article: Article, outlet: Outlet | None, told: Told) -> Done:
        evidence = write_record(
            Record(
                url=fetched.final_url,
                at=fetched.at,
                status=200,
                headers=tuple(fetched.headers.items()),
                body=fetched.body,
            )
        )
        item = Item(
            url=canonical_url(fetched.final_url, ""),
            guid="",
            title=article.title,
            summary=article.standfirst or shorten(article.text, LEAD),
            author=article.author,
            published_raw=article.published_raw,
            published_at=article.published_at,
            pictures=tuple(shown.url for shown in article.pictures[:MAX_SHOTS]) if outlet else (),
        )
        brought = Brought(
            item=item,
            text="\n\n".join(article.paragraphs),
            standfirst=article.standfirst,
            evidence=self.assets.put(evidence),
            evidence_size=len(evidence),
            media_type=MEDIA_TYPE,
            fetched_from=fetched.final_url,
            outlet_id=outlet.id if outlet else None,
            read_by=article.read_by,
            agreed=told.agreed,
        )
        return Done(self._write(brought))

    def _store(self, paper: Paper, told: Told, *, raw: bytes, shots: Sequence[Shot] = ()) -> Done:
        """Nobody fetched this, so it wears no badge, whatever address it names."""
        more, left_out = self._shots(paper.pictures)
        evidence = gzip.compress(raw, mtime=0)
        named, author = _source(told.source)
        summary = paper.standfirst or _lead(paper.paragraphs)
        item = Item(
            url=named or paper.url,
            guid="",
            title=plain_letters(told.title)[:500] or paper.title,
            summary=shorten(summary, MAX_SUMMARY),
            author=shorten(author or paper.author, 200),
            published_raw=told.day or paper.published_raw,
            published_at=_moment(told.day) if told.day else paper.published_at,
            garbled=suspect(f"{paper.title} {summary}"),
        )
        brought = Brought(
            item=item,
            text="" if "\n".join(paper.paragraphs) in ("", summary) else paper.text,
            standfirst=paper.standfirst,
            evidence=self.assets.put(evidence),
            evidence_size=len(evidence),
            media_type="application/gzip",
            fetched_from="",
            outlet_id=None,
            read_by="hand",
            shots=[*shots, *more],
            agreed=told.agreed,
        )
        return Done(self._write(brought), left_out=left_out + paper.left_out)

    def _shots(self, prints: Sequence[Print]) -> tuple[list[Shot], int]:
        """The pictures of a file, made fit and kept; and how many were no pictures we can print."""
        if not prints:
            return [], 0
        shots: list[Shot] = []
        with self.database.reading() as session:
            looks = pictures.Looks.of(session)
        with Workbench(seconds=SECONDS) as bench:
            for one in prints[:MAX_SHOTS]:
                try:
                    photo: Any = bench.call("feeds.hand.photos.read_photo", one.data)
                except Unreadable:
                    continue
                kept = keep_files(self.assets, photo.picture, "", 0, looks)
                shots.append(Shot(kept=kept, caption=one.caption, credit=one.credit))
        return shots, len(prints) - len(shots)

    def _write(self, brought: Brought) -> Added:
        """Judged and laid beside what is there; the reading of those weeks happens before the short write."""
        groups = Grouper()
        with self.database.reading() as session:
            judge = topics.ranker(session)
            groups.catch_up(session, now=self.now)
        with self.database.writing() as session:
            added = byhand.add(session, brought, actor=self.actor, now=self.now, judge=judge, group=groups)
            clusters.settle(session, groups.take_ties(), groups.take_links())
        return added


def _lead(paragraphs: Sequence[str]) -> str:
    """The first paragraphs, as many as a summary holds."""
    lines: list[str] = []
    for line in paragraphs:
        if lines and sum(map(len, lines)) + len(line) > LEAD:
            break
        lines.append(line)
    return "\n".join(lines)


def _source(source: str) -> tuple[str, str]:
    """What the person named as the source: (address, "") or ("", name)."""
    said = plain_letters(source)
    if re.match(r"https?://\S+$", said, re.IGNORECASE):
        return canonical_url(said, ""), ""
    return "", said


def _moment(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(0), tzinfo=VIETNAM)
    except ValueError:
        raise Refused("The date “%(day)s” is not one.", day=day[:20]) from None
