"""The log as sentences: who did what to which thing. It holds ids only; what they are called is looked up today."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from app.models.event import Event
from app.models.issue import Issue
from app.models.parcel import Parcel
from app.models.place import Place
from app.models.rule import Rule
from app.store import articles, people
from app.web.phrases import clock, local, tr, trn

KINDS: dict[str, str] = {
    "office.made": "The desk was set up",
    "office.changed": "changed the office's facts",
    "person.added": "added a person",
    "person.changed": "changed the account of",
    "person.signed_in": "signed in",
    "person.signed_out": "signed out",
    "person.refused": "typed a wrong passphrase",
    "source.switched": "switched the source",
    "source.asked": "asked to read the source at once",
    "source.added": "added a source",
    "source.changed": "changed the settings of the source",
    "story.added": "added a story by hand",
    "sources.read": "read the outlets: %(new)s new, %(changed)s changed",
    "story.triaged": "sorted stories",
    "topics.changed": "changed what puts a story first",
    "stories.regrouped": "regrouped stories of one event",
    "story.repaired": "repaired the letters of a story",
    "story.page_read": "read the outlet's page of a story",
    "story.marked": "marked a story",
    "rule.made": "made the rule",
    "rule.changed": "changed the rule",
    "rule.applied": "applied the rule",
    "rule.undone": "took back what the rule did",
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
    "issue.edited": "changed issue %(number)s",
    "issue.sealed": "sealed issue %(number)s",
    "issue.proofed": "made the proofs of issue %(number)s",
    "issue.signed": "signed issue %(number)s",
    "issue.released": "released issue %(number)s",
    "parcel.made": "made a parcel of issue %(number)s",
    "parcel.taken": "took a parcel of issue %(number)s",
    "place.added": "added a place",
    "backup.made": "made a backup",
    "backup.restored": "restored a backup",
}
# Several equal lines of one person in one minute, told as one; the others are told once when their words are equal.
PLACING = ("article.placed", "article.unplaced")
MANY: dict[str, Callable[[int, str], str]] = {
    "story.triaged": lambda count, _: trn("sorted %(num)d story", "sorted %(num)d stories", count),
    "story.page_read": lambda count, _: trn("read %(num)d page of outlets", "read %(num)d pages of outlets", count),
    "article.released": lambda count, number: trn(
        "released %(num)d article of issue %(number)s",
        "released %(num)d articles of issue %(number)s",
        count,
        number=number,
    ),
    "article.placed": lambda count, number: trn(
        "placed %(num)d article in issue %(number)s",
        "placed %(num)d articles in issue %(number)s",
        count,
        number=number,
    ),
    "parcel.made": lambda count, number: trn(
        "made %(num)d parcel of issue %(number)s", "made %(num)d parcels of issue %(number)s", count, number=number
    ),
}


def sentences(session: Session, lines: Sequence[Event], *, named: bool = True) -> list[dict[str, Any]]:
    """Each line as {at, who, words, href}; equal neighbours are folded. `named`: whether an article is named."""
    lines = _without_echoes(lines)
    known = _known(session, lines)
    told: list[dict[str, Any]] = []
    for _, group in groupby(lines, key=_like):
        same = list(group)
        if len(same) > 1 and same[0].kind in MANY:
            told.append(_line(same[0], _many(same, known), known))
            continue
        for line in same:
            row = _line(line, _words(line, known, named=named), known)
            if not told or not _equal(told[-1], row):
                told.append(row)
    return told


def _without_echoes(lines: Sequence[Event]) -> list[Event]:
    """Placing an article also edits the issue: that line says nothing the one beside it does not say better."""
    placing = {(*_like(line)[1:], line.fields["issue"]) for line in lines if line.kind in PLACING}
    return [
        line for line in lines if line.kind != "issue.edited" or (*_like(line)[1:], line.fields["issue"]) not in placing
    ]


def _like(line: Event) -> tuple[object, ...]:
    return (line.kind, line.person_id, line.via, local(line.at).date(), clock(line.at))


def _equal(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    return all(one[name] == two[name] for name in ("who", "words", "href", "minute"))


def _line(line: Event, words: str, known: Mapping[str, str]) -> dict[str, Any]:
    return {
        "at": line.at,
        "minute": clock(line.at),
        "who": known.get(line.person_id or "") or _nobody(line),
        "words": words,
        "href": _href(line.fields),
        "seq": line.seq,
    }


def _nobody(line: Event) -> str:
    """Who it was when it was no person; the set-up is told without one, for it makes the first."""
    if line.kind == "office.made":
        return ""
    return tr("The timer" if line.via == "timer" else "The terminal")


def _many(lines: Sequence[Event], known: Mapping[str, str]) -> str:
    count = sum(len(line.fields["stories"]) if line.kind == "story.triaged" else 1 for line in lines)
    return MANY[lines[0].kind](count, _number(lines[0].fields, known))


def _words(line: Event, known: Mapping[str, str], *, named: bool) -> str:
    sentence = KINDS.get(line.kind, line.kind)
    values = {**line.fields, "number": line.fields.get("number") or _number(line.fields, known)}
    words = tr(sentence, **values) if "%(" in sentence else tr(sentence)
    subject = _subject(line.fields, known) if named and line.person_id != line.fields.get("person") else ""
    return f"{words} “{subject}”" if subject else words


def _subject(fields: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """What the sentence is about, besides an issue, whose number it says itself."""
    ids = (fields.get(name, "") for name in ("article", "subject", "person", "place", "source", "rule"))
    return next((known[str(key)] for key in ids if str(key) in known), "")


def _number(fields: Mapping[str, Any], known: Mapping[str, str]) -> str:
    return known.get(str(fields.get("issue") or fields.get("parcel") or ""), "")


def _known(session: Session, lines: Sequence[Event]) -> dict[str, str]:
    """What the ids in these lines are called: headlines, numbers of issues (of parcels too), persons, places."""
    about = {str(line.fields.get(name)) for line in lines for name in ("article", "subject") if line.fields.get(name)}
    heads = {key: fields.get("headline", "") for key, fields in articles.headlines(session, sorted(about)).items()}
    persons = {person.id: person.name for person in people.everyone(session)}
    return {**heads, **persons, **_numbers(session, lines), **_places(session, lines), **_rules(session, lines)}


def _numbers(session: Session, lines: Sequence[Event]) -> dict[str, str]:
    found: dict[str, str] = {}
    for fields in (line.fields for line in lines):
        for key, row in ((fields.get("issue"), Issue), (fields.get("parcel"), Parcel)):
            made = session.get(row, key) if key else None
            issue = session.get(Issue, made.issue_id) if isinstance(made, Parcel) else made
            if isinstance(issue, Issue):
                found[str(key)] = str(issue.number)
    return found


def _places(session: Session, lines: Sequence[Event]) -> dict[str, str]:
    keys = {str(line.fields["place"]) for line in lines if "place" in line.fields}
    return {key: place.name for key in keys if (place := session.get(Place, key))}


def _rules(session: Session, lines: Sequence[Event]) -> dict[str, str]:
    keys = {str(line.fields["rule"]) for line in lines if "rule" in line.fields}
    return {key: rule.name for key in keys if (rule := session.get(Rule, key))}


def _href(fields: Mapping[str, Any]) -> str:
    if article := fields.get("article"):
        return f"/bai/{article}"
    if issue := fields.get("issue"):
        return f"/so-ban-tin/{issue}"
    return "/hop-di" if fields.get("parcel") else ""
