"""The log as sentences: who did what, worded from ids and names of fields, for they are all it holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.models.event import Event
from app.store import people
from app.web.phrases import tr

KINDS: dict[str, str] = {
    "office.made": "set up this desk",
    "office.changed": "changed the office's facts",
    "person.added": "added a person",
    "person.changed": "changed a person",
    "person.signed_in": "signed in",
    "person.signed_out": "signed out",
    "person.refused": "typed a wrong passphrase",
    "source.switched": "switched a source",
    "sources.read": "read the outlets: %(new)s new, %(changed)s changed",
    "story.triaged": "sorted stories",
    "article.made": "began an article",
    "article.edited": "edited an article",
    "article.submitted": "submitted an article",
    "article.approved": "approved an article",
    "article.returned": "returned an article",
    "article.withdrawn": "withdrew an article",
    "article.restored": "brought an article back",
    "article.placed": "placed an article in an issue",
    "article.unplaced": "took an article out of an issue",
    "article.released": "released an article",
    "finding.justified": "let a finding stand, with a reason",
    "issue.made": "opened issue %(number)s",
    "issue.edited": "changed an issue",
    "issue.sealed": "sealed an issue",
    "issue.proofed": "made the proofs of an issue",
    "issue.signed": "signed an issue",
    "issue.released": "released an issue",
    "parcel.made": "made a parcel",
    "parcel.taken": "took a parcel",
    "place.added": "added a place",
    "backup.made": "made a backup",
    "backup.restored": "restored a backup",
}


def sentences(session: Session, lines: Sequence[Event]) -> list[dict[str, Any]]:
    """Each line as {at, who, words, href}."""
    names = {person.id: person.name for person in people.everyone(session)}
    return [
        {
            "at": line.at,
            "who": names.get(line.person_id or "") or tr("The timer" if line.via == "timer" else "The terminal"),
            "words": _words(line),
            "href": _href(line.fields),
            "seq": line.seq,
        }
        for line in lines
    ]


def _words(line: Event) -> str:
    sentence = KINDS.get(line.kind, line.kind)
    return tr(sentence, **line.fields) if "%(" in sentence else tr(sentence)


def _href(fields: Mapping[str, Any]) -> str:
    if article := fields.get("article"):
        return f"/bai/{article}"
    if issue := fields.get("issue"):
        return f"/so-ban-tin/{issue}"
    return ""
