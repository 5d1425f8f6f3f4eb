"""Keeps the outlets and sources of the database in step with the catalogue."""

from sqlalchemy.orm import Session

from app.models import outlet as rows
from app.store import sources
from feeds.catalogue import Catalogue


def register(session: Session, catalogue: Catalogue) -> None:
    """Adds what is new; what the office switched on or off stays. Safe to repeat."""
    outlets = [
        rows.Outlet(id=o.id, name=o.name, credit=o.credit, site=o.site, hosts=sorted(o.hosts))
        for o in catalogue.outlets
    ]
    doors = [
        rows.Source(
            id=s.id, outlet_id=s.outlet_id, name=s.name, url=s.url, grade=s.grade, enabled=s.state == "on", kind=s.kind
        )
        for s in catalogue.sources
    ]
    sources.sync(session, outlets, doors)
