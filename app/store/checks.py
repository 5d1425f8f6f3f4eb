"""Findings that stand: what the checks say of an article, less what a named person justified."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.desk.content import ArticleContent
from app.desk.findings import Finding
from app.desk.ops import clean
from app.desk.policy import Actor, require
from app.desk.preflight import check_article
from app.desk.snapshot import digest
from app.models.article import Justification
from app.models.errors import Refused
from app.models.ids import new_id
from app.models.outlet import Outlet
from app.store import manuscript, office
from app.store.events import record

# What nobody can justify away.
NEVER = frozenset({"secrecy", "document_secrecy", "empty", "no_text", "no_section", "clash", "not_nfc"})


def all_findings(session: Session, content: ArticleContent) -> tuple[Finding, ...]:
    """Everything the preflight says, justified or not."""
    house = office.find(session)
    phones = [str(phone["number"]) for phone in house.phones] if house else []
    consent = {outlet.credit: outlet.agreement for outlet in session.scalars(select(Outlet))}
    return check_article(
        content, clashes=manuscript.clashes(session, content.id), consent=consent, public_phones=phones
    )


def article_findings(session: Session, content: ArticleContent) -> tuple[Finding, ...]:
    """The findings that still stand."""
    settled = {(j.kind, j.words) for j in justifications(session, content.id)}
    return tuple(f for f in all_findings(session, content) if (f.kind, f.words) not in settled)


def justifications(session: Session, subject: str) -> Sequence[Justification]:
    """Who let which finding stand, and why, oldest first."""
    return session.scalars(
        select(Justification).where(Justification.subject == subject).order_by(Justification.id)
    ).all()


def justify(session: Session, subject: str, *, kind: str, words: str, reason: str, actor: Actor, now: datetime) -> None:
    """Lets a finding stand for these exact words, with a reason. Raises Refused for what nobody may let stand."""
    require(actor, "article.write")
    if kind in NEVER:
        raise Refused("This finding cannot be justified; the text must be changed.")
    if not clean(reason):
        raise Refused("Say in one sentence why this may stand.")
    row = Justification(
        id=new_id(now),
        subject=subject,
        kind=kind,
        words=words,
        reason=clean(reason),
        person_id=actor.person,
        made_at=now,
    )
    session.add(row)
    record(session, "finding.justified", actor=actor, now=now, subject=subject, finding=kind, hash=digest(words))
