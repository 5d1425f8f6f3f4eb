"""The timer's turns with the sources: all that are due, and at once those that somebody asks for."""

from datetime import datetime
from typing import Any

from app.desk.cadence import slot_every
from app.store import sources
from app.store.folder import Folder
from feeds.catalogue import Catalogue
from feeds.grouping import Grouper
from feeds.intake import read_sources
from feeds.outcomes import OUTCOMES


def due_slot(folder: Folder, now: datetime) -> str | None:
    """The running slot of the regular reading, or None while no source is on."""
    with folder.database.reading() as session:
        any_on = bool(sources.enabled(session))
    return slot_every(folder.config.fetch_every_minutes, now) if any_on else None


def read_due(folder: Folder, catalogue: Catalogue, now: datetime, *, groups: Grouper) -> dict[str, Any]:
    """Reads every source that is due; how many stories are new and changed, and how many sources failed."""
    report = read_sources(
        folder.database, folder.config, catalogue, folder.assets, now=now, due_only=True, groups=groups
    )
    failed = sum(OUTCOMES[source.outcome].failed for source in report.sources)
    return {"new": report.new, "changed": report.changed, "failed": failed}


def asked_slot(folder: Folder, _now: datetime) -> str | None:
    """The slot of the newest wish, or None while nobody wants anything."""
    with folder.database.reading() as session:
        waiting = sources.asked(session)
    return f"{waiting[-1].id}@{waiting[-1].asked_at}" if waiting else None


def read_asked(folder: Folder, catalogue: Catalogue, now: datetime, *, groups: Grouper) -> dict[str, Any]:
    """Reads them, switched on or not; how many stories are new and changed."""
    with folder.database.reading() as session:
        wanted = [source.id for source in sources.asked(session)]
    report = read_sources(
        folder.database, folder.config, catalogue, folder.assets, now=now, only=wanted, via="web", groups=groups
    )
    with folder.database.writing() as session:
        sources.forget_asked(session, wanted)  # those that left the catalogue were not read
    return {"new": report.new, "changed": report.changed}
