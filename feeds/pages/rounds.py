"""Which pages the timer reads, and when: those somebody waits for at once, and a few more after each reading."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.desk.cadence import slot_every
from app.store import pages
from app.store.folder import Folder
from feeds.catalogue import Catalogue
from feeds.pages.visits import PER_HOST, read_pages

WORTH = 6  # points from which the page of a new story is read without being asked for


def asked_slot(folder: Folder, now: datetime) -> str | None:
    """Due when somebody waits for a page: at once for each new wish, and again every minute until nobody waits."""
    with folder.database.reading() as session:
        waiting = pages.asked(session, limit=1)
        visit = pages.visit(session, waiting[0]) if waiting else None
    if visit is None or visit.asked_at is None:
        return None
    return f"{visit.story_id}@{visit.asked_at.isoformat()}@{slot_every(1, now)}"


def read_asked(folder: Folder, catalogue: Catalogue, now: datetime) -> dict[str, Any]:
    """Reads the pages that somebody at the desk waits for."""
    with folder.database.reading() as session:
        wanted = pages.asked(session)
    return _read(folder, catalogue, wanted, now)


def suggested_slot(folder: Folder, now: datetime) -> str | None:
    """Due as often as the feeds are read, while there is a page worth reading."""
    if not folder.config.fetch_pages_each_reading:
        return None
    with folder.database.reading() as session:
        waiting = pages.suggested(session, now=now, at_least=WORTH, limit=1)
    return slot_every(folder.config.fetch_every_minutes, now) if waiting else None


def read_suggested(folder: Folder, catalogue: Catalogue, now: datetime) -> dict[str, Any]:
    """Reads a few pages of the stories the desk is likeliest to want, so that their text is there when it asks."""
    with folder.database.reading() as session:
        most = folder.config.fetch_pages_each_reading
        wanted = pages.suggested(session, now=now, at_least=WORTH, limit=most)
    return _read(folder, catalogue, wanted, now, per_host=PER_HOST)


def _read(
    folder: Folder, catalogue: Catalogue, wanted: Sequence[str], now: datetime, *, per_host: int = 0
) -> dict[str, Any]:
    reports = read_pages(folder.database, folder.config, catalogue, folder.assets, wanted, now=now, per_host=per_host)
    return {"pages": len(reports), "new": sum(report.number is not None for report in reports)}
