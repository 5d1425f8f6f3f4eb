"""Findings as rows of a page: the sentence of each kind, how to deal with it, and who let which stand."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.desk.content import ArticleContent
from app.desk.findings import Finding
from app.models.article import Justification
from app.store import checks, people
from app.web.phrases import language, tr
from app.words import name_of, say_finding

# What the store refuses to let stand, and what cannot be justified because nothing is there yet.


def label(name: str) -> str:
    """The name of a field as people call it."""
    return name_of("field", name, language())


def say(finding: Finding) -> str:
    """The sentence of a finding in the language of this request."""
    return say_finding(finding, language())


def standing(session: Session, content: ArticleContent) -> list[dict[str, Any]]:
    """The findings that still stand, the hard ones first."""
    return rows(checks.article_findings(session, content))


def rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the `finding` mark draws them."""
    ordered = sorted(findings, key=lambda finding: finding.level)
    return [
        {
            "id": f"luu-y-{number}",
            "kind": finding.kind,
            "level": finding.level,
            "where": finding.where,
            "words_of": finding.words,
            "title": say(finding),
            "tone": "bad" if finding.level == "hard" else "warn",
            "icon": "bad" if finding.level == "hard" else "warn",
            "detail": "",
            "words": "",
            "kept": "",
            "done": False,
            "may_stand": finding.kind not in checks.NEVER,
        }
        for number, finding in enumerate(ordered, 1)
    ]


def settled(session: Session, content: ArticleContent) -> list[dict[str, Any]]:
    """What somebody let stand for these exact words, with name and reason."""
    reasons = {(j.kind, j.words): j for j in checks.justifications(session, content.id)}
    found = [
        (f, reasons[f.kind, f.words]) for f in checks.all_findings(session, content) if (f.kind, f.words) in reasons
    ]
    return [_kept(session, finding, reason) for finding, reason in found]


def hard_count(found: Sequence[dict[str, Any]]) -> int:
    """How many of these rows stand in the way."""
    return sum(row["level"] == "hard" for row in found)


def _kept(session: Session, finding: Finding, reason: Justification) -> dict[str, Any]:
    kept = tr(
        "%(name)s let it stand: “%(reason)s”", name=people.by_id(session, reason.person_id).name, reason=reason.reason
    )
    return {
        "id": "",
        "title": say(finding),
        "done": True,
        "kept": kept,
        "tone": "",
        "icon": "okc",
        "detail": "",
        "words": "",
    }
