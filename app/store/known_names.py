"""What the operators of a search may name at this desk."""

from sqlalchemy.orm import Session

from app.desk.query import Names
from app.store import marks, people, sources


def known_names(session: Session, *, me: str = "") -> Names:
    """Outlets, sources, people and tags; `me` is the id of whoever asks."""
    return Names(
        outlets={outlet.id: outlet.name for outlet in sources.outlets(session)},
        sources={source.id: f"{outlet.name} {source.name}" for source, outlet in sources.listing(session)},
        people={person.id: person.name for person in people.everyone(session)},
        tags=marks.tags(session),
        me=me,
    )
