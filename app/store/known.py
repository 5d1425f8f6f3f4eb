"""What the database knows of the items of a reading, by the keys they go by: the question before app/desk/decide.py."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.desk.decide import Known
from app.models.outlet import Outlet, Source
from app.models.story import Alias, Revision, Story

CHUNK = 400  # keys in one question; SQLite takes 32,766 values


def known(session: Session, outlet_id: str, keys: Sequence[str], *, source_id: str = "") -> dict[str, Known]:
    """The stories of this outlet that go by these keys, whichever of its sources brought them.

    `source_id` is the source that is being read, to tell what the others said.
    """
    ids = session.scalars(select(Source.id).where(Source.outlet_id == outlet_id)).all()
    pairs: list[tuple[str, str]] = []
    for chunk in _chunks(keys):
        query = select(Alias.key, Alias.story_id).where(Alias.source_id.in_(ids), Alias.key.in_(chunk))
        pairs += [(key, story) for key, story in session.execute(query)]
    if not pairs:
        return {}
    stories = _known_stories(session, {story for _, story in pairs}, source_id)
    pairs.sort(key=lambda pair: -stories[pair[1]][0])  # so that the first story of a key is the one that stays
    return {key: stories[story][1] for key, story in pairs}


def strangers(session: Session, outlet_ids: Iterable[str]) -> set[str]:
    """Those of these outlets that have brought no story yet, so that nothing of theirs can be known."""
    query = select(Outlet.id).where(Outlet.id.in_(ids := set(outlet_ids)))
    return ids - set(session.scalars(query.where(exists().where(Story.outlet_id == Outlet.id))))


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _known_stories(session: Session, wanted: Iterable[str], source_id: str) -> dict[str, tuple[int, Known]]:
    """(first_seen_seq, story) by id."""
    ids = sorted(wanted)
    columns = (Story.id, Story.first_seen_seq, Story.source_id, Story.digest, Story.title, Story.summary)
    rows = [
        row
        for chunk in _chunks(ids)
        for row in session.execute(select(*columns, Story.published_at).where(Story.id.in_(chunk)))
    ]
    said: dict[str, set[str]] = {}
    for chunk in _chunks([row.id for row in rows if row.source_id != source_id]):
        query = select(Revision.story_id, Revision.digest).where(Revision.story_id.in_(chunk))
        for story, digest in session.execute(query):
            said.setdefault(story, set()).add(digest)
    return {
        row.id: (
            row.first_seen_seq,
            Known(
                story_id=row.id,
                digest=row.digest,
                title=row.title,
                summary=row.summary,
                published_at=row.published_at,
                own=row.source_id == source_id,
                said=frozenset(said.get(row.id, ())),
            ),
        )
        for row in rows
    }
