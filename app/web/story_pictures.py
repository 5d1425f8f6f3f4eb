"""The pictures of a story: whose they are, whether they may be reprinted, and where the same was seen before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.desk.wording import short_date
from app.models.outlet import Outlet
from app.models.story import Story, StoryPicture
from app.store import pictures, stories
from app.store.pictures import Sighting
from app.web.phrases import local, tr, trn

OLD = timedelta(days=30)  # a picture so much older than the news under it is told aloud
SAME_TIME = timedelta(days=3)  # outlets that report one event together share its pictures
MONTH, YEAR = 30.44, 365.25


def about(session: Session, story: Story) -> dict[str, Any]:
    """For the pane: each picture with its credit, its trouble and its sightings, and the outlet's consent."""
    seen = pictures.seen_elsewhere(session, story.id)
    shown = stories.pictures(session, [story.id])[story.id]
    outlet = session.get_one(Outlet, story.outlet_id)
    at = story.published_at or story.first_seen_at
    return {
        "agreement": outlet.agreement,
        "outlet": outlet.name,
        "all": [_picture(picture, seen.get(picture.number, ()), at) for picture in shown],
        "old": [sighting for n in seen for s in seen[n] if (sighting := _sighting(s, at))["kind"] == "old"][:3],
    }


def _picture(picture: StoryPicture, seen: Sequence[Sighting], at: datetime) -> dict[str, Any]:
    return {
        "asset": picture.asset,
        "screen": picture.screen or picture.asset,
        "caption": picture.caption,
        "credit": picture.credit or "",
        "trouble": tr(picture.trouble) if picture.trouble else "",
        "seen": [told for s in seen if (told := _sighting(s, at))["kind"] != "old"],
    }


def _sighting(seen: Sighting, at: datetime) -> dict[str, Any]:
    """`kind`: "old" for a picture older than the news it stands under, "same" at the same time, "other" between."""
    older = at - seen.at
    kind = "old" if older >= OLD else "same" if abs(older) <= SAME_TIME else "other"
    return {
        "id": seen.story_id,
        "title": seen.title,
        "outlet": seen.outlet,
        "day": short_date(local(seen.at).date()),
        "asset": seen.asset,
        "kind": kind,
        "age": age_words(older.days) if kind == "old" else "",
    }


def age_words(days: int) -> str:
    """`2 năm 8 tháng`, `3 tháng`, `12 ngày`: the two largest parts, none of them zero."""
    if days < MONTH:
        return trn("%(num)d day", "%(num)d days", days)
    years, months = divmod(round(days / MONTH), 12)
    said = [trn("%(num)d year", "%(num)d years", years)] if years else []
    said += [trn("%(num)d month", "%(num)d months", months)] if months else []
    return " ".join(said)
