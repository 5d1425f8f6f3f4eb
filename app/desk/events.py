"""The fixed schema of the log: the fields of each kind of event. Ids, names of fields and hashes, never text."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.desk.snapshot import digest

GENESIS = "0" * 64

SCHEMA: dict[str, frozenset[str]] = {
    kind: frozenset(fields.split())
    for kind, fields in {
        "office.made": "office mode preset",
        "office.changed": "fields",
        "person.added": "person role",
        "person.changed": "person fields",
        "person.signed_in": "person",
        "person.signed_out": "person",
        "person.refused": "person",
        "source.switched": "source enabled",
        "source.asked": "source",
        "sources.read": "new changed failed",
        "source.added": "source outlet",
        "source.changed": "source fields",
        "story.triaged": "stories triage",
        "story.added": "story outlet evidence",
        "story.repaired": "story revision",
        "story.page_read": "story number evidence",
        "story.marked": "stories fields",
        "rule.made": "rule",
        "rule.changed": "rule fields",
        "rule.applied": "rule stories",
        "rule.undone": "rule stories",
        "topics.changed": "fields",
        "stories.regrouped": "stories",
        "article.made": "article stories",
        "article.edited": "article fields",
        "article.submitted": "article hash",
        "article.approved": "article hash approval",
        "article.returned": "article hash",
        "article.withdrawn": "article",
        "article.restored": "article",
        "article.placed": "article issue",
        "article.unplaced": "article issue",
        "article.released": "article issue",
        "finding.justified": "subject finding hash",
        "issue.made": "issue number year",
        "issue.edited": "issue fields",
        "issue.sealed": "issue seal hash",
        "issue.proofed": "issue seal kinds",
        "issue.signed": "issue seal hash signature",
        "issue.released": "issue parcels",
        "parcel.made": "parcel edition sha256",
        "parcel.taken": "parcel",
        "place.added": "place",
        "backup.made": "name",
        "backup.restored": "name",
    }.items()
}


def chain(
    *, previous: str, seq: int, kind: str, person: str | None, via: str, fields: Mapping[str, Any], at: datetime
) -> str:
    """The hash that ties this line to the one before it.

    Raises KeyError for an unknown kind and ValueError when the fields are not the kind's own.
    """
    if frozenset(fields) != SCHEMA[kind]:
        raise ValueError(f"an event {kind} carries {sorted(SCHEMA[kind])}, not {sorted(fields)}")
    line = {
        "previous": previous,
        "seq": seq,
        "kind": kind,
        "person": person,
        "via": via,
        "fields": dict(fields),
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return digest(line)
