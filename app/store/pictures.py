"""Pictures of stories: what is still to be fetched, what was kept in which sizes, where a picture was seen before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.desk.looks import nearest
from app.models.outlet import Outlet
from app.models.story import Asset, Story, StoryPicture
from app.store.assets import register

PATIENCE = timedelta(days=2)  # a picture that did not come by then is not asked for again


@dataclass(frozen=True, slots=True)
class Waiting:
    """A picture still to be had."""

    story_id: str
    number: int
    url: str
    outlet_id: str


@dataclass(frozen=True, slots=True)
class Unsized:
    """A kept picture that has no small size yet."""

    story_id: str
    number: int
    asset: str


@dataclass(frozen=True, slots=True)
class File:
    """A JPEG among the assets: its name there, its bytes, its pixels."""

    name: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A picture of a story, fetched and made: both sizes, and how it looks."""

    story_id: str
    number: int
    printed: File
    screen: File
    look: str  # empty when it shows nothing to be known by
    credit: str  # empty when it names nobody
    first_like: str | None  # the first kept picture that looks like it; None when there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Another story that shows the same picture."""

    story_id: str
    title: str
    outlet: str
    at: datetime  # when that story was published, or first seen where it has no date
    asset: str  # the small size where there is one


@dataclass(slots=True)
class Looks:
    """The looks of all pictures kept, the first of each kind, in memory while a reading goes on."""

    _looks: list[int] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, session: Session) -> "Looks":
        """Those of the database, oldest first, so that of two equal ones the older is found."""
        query = select(Asset.look, Asset.sha256).where(Asset.look.is_not(None), Asset.first_like.is_(None))
        looks = cls()
        for look, name in session.execute(query.order_by(Asset.kept_at)):
            looks._looks.append(int(look or "0", 16))
            looks._names.append(name)
        return looks

    def meet(self, look: str, name: str) -> str | None:
        """The first picture that looks like this one; None when this is the first, which is then remembered."""
        if not look:
            return None
        found = nearest(look, self._looks)
        if found is not None:
            first = self._names[found[0]]
            return first if first != name else None
        self._looks.append(int(look, 16))
        self._names.append(name)
        return None


def to_fetch(session: Session, *, now: datetime, limit: int) -> list[Waiting]:
    """Pictures still to be had: of the newest stories first, none of a story older than two days."""
    query = (
        select(StoryPicture.story_id, StoryPicture.number, StoryPicture.url, Story.outlet_id)
        .join(Story, Story.id == StoryPicture.story_id)
        .where(StoryPicture.asset.is_(None), StoryPicture.trouble.is_(None))
        .where(Story.first_seen_at >= now - PATIENCE)
        .order_by(Story.first_seen_seq.desc(), StoryPicture.number)
    )
    return [Waiting(*row) for row in session.execute(query.limit(limit))]


def without_small_size(session: Session, *, limit: int) -> list[Unsized]:
    """Pictures kept before there were small sizes, the newest stories first."""
    query = (
        select(StoryPicture.story_id, StoryPicture.number, StoryPicture.asset)
        .where(StoryPicture.asset.is_not(None), StoryPicture.screen.is_(None), StoryPicture.trouble.is_(None))
        .order_by(StoryPicture.story_id.desc(), StoryPicture.number)
    )
    return [Unsized(story, number, asset) for story, number, asset in session.execute(query.limit(limit)) if asset]


def keep(session: Session, kept: Sequence[Kept], *, now: datetime) -> None:
    """Notes kept pictures and their files; safe to repeat. A credit that is already known stays."""
    for picture in kept:
        for file, look in ((picture.printed, picture.look), (picture.screen, "")):
            _register(session, file, look, picture.first_like, now)
        known = StoryPicture.story_id == picture.story_id, StoryPicture.number == picture.number
        values = {"asset": picture.printed.name, "screen": picture.screen.name, "trouble": None}
        session.execute(update(StoryPicture).where(*known).values(**values))
        if picture.credit:
            nameless = update(StoryPicture).where(*known, StoryPicture.credit.is_(None))
            session.execute(nameless.values(credit=picture.credit))


def _register(session: Session, file: File, look: str, first_like: str | None, now: datetime) -> None:
    register(
        session,
        name=file.name,
        media_type="image/jpeg",
        size=file.size,
        now=now,
        width=file.width,
        height=file.height,
    )
    if look:
        first = first_like if first_like != file.name else None
        unknown = update(Asset).where(Asset.sha256 == file.name, Asset.look.is_(None))
        session.execute(unknown.values(look=look, first_like=first))


def give_up(session: Session, troubles: Sequence[tuple[str, int, str]]) -> None:
    """Notes of each (story, number, msgid) why there is no picture."""
    values = [{"story_id": story, "number": number, "trouble": trouble} for story, number, trouble in troubles]
    if values:
        session.execute(update(StoryPicture), values)


def seen_elsewhere(session: Session, story_id: str, *, limit: int = 6) -> dict[int, list[Sighting]]:
    """By number of a picture of this story: the other stories that show the same picture, the oldest first.

    A picture with which very many stories come is the outlet's own sign, not news: it is left out.
    """
    query = (
        select(StoryPicture.number, Asset.sha256, Asset.first_like)
        .join(Asset, Asset.sha256 == StoryPicture.asset)
        .where(StoryPicture.story_id == story_id, Asset.look.is_not(None))
    )
    found = {
        number: _sightings(session, first or name, story_id, limit)
        for number, name, first in session.execute(query.order_by(StoryPicture.number))
    }
    return {number: sightings for number, sightings in found.items() if sightings}


SIGN = 12  # stories with one picture: a logo, a placeholder, the portrait of a column


def _sightings(session: Session, first: str, story_id: str, limit: int) -> list[Sighting]:
    same = or_(Asset.sha256 == first, Asset.first_like == first)
    base = select(StoryPicture.asset).join(Asset, Asset.sha256 == StoryPicture.asset).where(same)
    assets = list(session.scalars(base.distinct().limit(200)))
    uses = select(func.count(StoryPicture.story_id.distinct())).where(StoryPicture.asset.in_(assets))
    if (session.scalar(uses) or 0) > SIGN:
        return []
    at = func.coalesce(Story.published_at, Story.first_seen_at)
    query = (
        select(Story.id, Story.title, Outlet.name, at, StoryPicture.screen, StoryPicture.asset)
        .join(StoryPicture, StoryPicture.story_id == Story.id)
        .join(Outlet, Outlet.id == Story.outlet_id)
        .where(StoryPicture.asset.in_(assets), Story.id != story_id)
        .order_by(at, Story.first_seen_seq)
    )
    told: dict[str, Sighting] = {}
    for other, title, outlet, when, screen, asset in session.execute(query.limit(SIGN * 4)):
        told.setdefault(
            other, Sighting(story_id=other, title=title, outlet=outlet, at=when, asset=screen or asset or "")
        )
    return list(told.values())[:limit]
