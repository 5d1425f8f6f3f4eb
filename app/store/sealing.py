"""Sealing an issue: one canonical snapshot of all that prints; and the signature over its hash."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.desk import policy, stages
from app.desk.findings import Finding
from app.desk.policy import Actor
from app.desk.snapshot import digest
from app.models.article import Approval, Article, Stage
from app.models.errors import Refused, Stale
from app.models.ids import new_id
from app.models.issue import Issue, IssueStage, Proof, Seal, Signature
from app.store import articles, events, issues, manuscript, office, people
from app.store.events import next_number, record

IMPRINT = ("licence_number", "licence_date", "licensor", "responsible", "periodicity", "print_run", "printer")
SHORT_SECTION = "Tin trong tháng"  # the running head of a page of short news
FACTS = ("address", "phone", "email", "parent")  # what the law asks of the published footer


def issue_findings(session: Session, issue: Issue) -> tuple[Finding, ...]:
    """What stands in the way of sealing, besides the layout."""
    found: list[Finding] = []
    composed = issues.composition(session, issue.id)
    house = office.load(session)
    if not composed.slots:
        found.append(Finding(kind="few_articles", level="hard", values={"wanted": 1, "count": 0}))
    if not composed.cover:
        found.append(Finding(kind="no_cover", level="hard"))
    for slot in composed.slots:
        if articles.current_approval(session, slot.article_id) is None:
            headline = manuscript.content(session, slot.article_id).headline
            found.append(
                Finding(kind="not_approved", level="hard", where=slot.article_id, values={"headline": headline})
            )
    imprint = {**house.imprint, "print_run": composed.print_run or house.imprint.get("print_run", "")}
    found += [
        Finding(kind="imprint", level="hard", where=name, values={"field": name})
        for name in IMPRINT
        if not imprint.get(name)
    ]
    found += [
        Finding(kind="office_fact", level="hard", where=name, values={"field": name})
        for name in FACTS
        if not house.facts.get(name)
    ]
    return tuple(found)


def build_snapshot(session: Session, issue: Issue, *, now: datetime) -> dict[str, Any]:
    """The snapshot of an issue as it stands, runs not yet measured (`page` and `pages` are 0)."""
    house = office.load(session)
    composed = issues.composition(session, issue.id)
    held = {
        slot.article_id: _article(session, slot.article_id, issue, index) for index, slot in enumerate(composed.slots)
    }
    print_run = int(composed.print_run or 0) or house.imprint.get("print_run", "")
    return {
        "format": 1,
        "mode": house.mode.value,
        "office": {"name": house.name, **dict.fromkeys((*FACTS, "province", "website"), ""), **house.facts},
        "bulletin": {"name": house.bulletin, "lang": issue.lang},
        "issue": {
            "id": issue.id,
            "number": issue.number,
            "running": house.imprint.get("running"),
            "year": issue.year,
            "revision": issue.revision,
            "date": issue.issue_date.isoformat(),
            "pages": issue.pages,
        },
        "sealed_at": now.isoformat(timespec="seconds"),
        "imprint": {
            **dict.fromkeys((*IMPRINT, "responsible_post", "trim", "note"), ""),
            **house.imprint,
            "print_run": print_run,
        },
        "cover": {"article": composed.cover, "things": composed.things},
        "runs": _runs(composed),
        "articles": held,
        "last": {"days": composed.days, "phones": house.phones, "corrections": composed.corrections},
        "audit_head": events.head(session),
    }


def _runs(composed: issues.Composition) -> list[dict[str, Any]]:
    """Cover, one run of short news, one run a feature, last page."""
    short = [slot for slot in composed.slots if slot.design == "short"]
    features = [slot for slot in composed.slots if slot.design == "feature"]
    # One page of short news holds four at the most; more make a second page.
    pages = [short[at : at + 4] for at in range(0, len(short), 4)]
    return [
        _run("cover", "", [composed.cover] if composed.cover else []),
        *(_run("short", SHORT_SECTION, [slot.article_id for slot in page]) for page in pages),
        *(_run("feature", slot.section, [slot.article_id]) for slot in features),
        _run("last", "", []),
    ]


def _run(design: str, section: str, article_ids: list[str]) -> dict[str, Any]:
    return {"design": design, "section": section, "page": 0, "pages": 0, "articles": article_ids}


def _article(session: Session, article_id: str, issue: Issue, index: int) -> dict[str, Any]:
    content = manuscript.plain(manuscript.content(session, article_id))
    approval = articles.current_approval(session, article_id)
    figures = [
        {
            **{name: f[name] for name in ("asset", "width", "height", "caption", "alt", "credit")},
            "focus": [f["focus_x"], f["focus_y"]],
        }
        for f in content["figures"]
    ]
    sources = [{name: ref[name] for name in ("outlet", "title", "url", "published_at")} for ref in content["sources"]]
    return {
        **content,
        "code": f"{issue.number:02d}-{index + 1:02d}",
        "paragraphs": [{"kind": p["kind"], "text": p["text"]} for p in content["paragraphs"]],
        "figures": figures,
        "sources": sources,
        "content_hash": approval.content_hash if approval else "",
        "approved_by": people.by_id(session, approval.person_id).name if approval else "",
        "approved_at": approval.approved_at.isoformat(timespec="seconds") if approval else "",
    }


def seal(session: Session, issue_id: str, snapshot: Mapping[str, Any], *, actor: Actor, now: datetime) -> Seal:
    """Stores the snapshot; what is sealed can be proofed and signed. The timer may seal, it may never sign.

    Raises Refused while something stands in the way, Stale when an article changed since the snapshot was built.
    """
    if actor.via != "timer":
        policy.require(actor, "issue.seal")
    issue = issues.get(session, issue_id)
    if issue.stage in (IssueStage.SIGNED, IssueStage.RELEASED):
        raise Refused("Issue %(number)d is signed; it changes only by a new revision.", number=issue.number)
    articles.refuse_findings(issue_findings(session, issue))
    _refuse_changed(session, snapshot)
    if _comparable(build_snapshot(session, issue, now=now)) != _comparable(snapshot):
        raise Stale("The issue changed while it was being sealed. Seal again.")
    for article_id in snapshot["articles"]:
        article = articles.get(session, article_id)
        if article.stage == Stage.APPROVED:
            article.stage = stages.after(article.stage, "place")
    row = Seal(
        id=new_id(now),
        issue_id=issue_id,
        snapshot=dict(snapshot),
        snapshot_hash=digest(snapshot),
        seq=next_number(session, "seal"),
        sealed_by=actor.person_id,
        sealed_at=now,
    )
    session.add(row)
    session.flush()
    issue.stage = IssueStage.SEALED
    record(session, "issue.sealed", actor=actor, now=now, issue=issue_id, seal=row.id, hash=row.snapshot_hash)
    return row


def _comparable(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What of a snapshot must not change between building and sealing: all but its times and the measured pages."""
    kept = {name: value for name, value in snapshot.items() if name not in ("sealed_at", "audit_head")}
    return kept | {"runs": [(run["design"], run["section"], list(run["articles"])) for run in snapshot["runs"]]}


def _refuse_changed(session: Session, snapshot: Mapping[str, Any]) -> None:
    for article_id, article in snapshot["articles"].items():
        approval: Approval | None = articles.current_approval(session, article_id)
        if approval is None or approval.content_hash != article["content_hash"]:
            raise Stale(
                "“%(headline)s” changed while the issue was being sealed. Seal again.", headline=article["headline"]
            )


def add_proof(session: Session, proof: Proof) -> None:
    """Keeps a proof. It takes the place of one whose render failed; beside a whole one it is left out."""
    for kept in issues.proofs(session, proof.seal_id):
        if (kept.kind, kept.subject) != (proof.kind, proof.subject):
            continue
        if kept.files:
            return
        session.delete(kept)
        session.flush()
    session.add(proof)
    session.flush()


def sign(
    session: Session, issue_id: str, *, shown: str, wanted: Sequence[tuple[str, str]], actor: Actor, now: datetime
) -> Signature:
    """The approver's signature over the sealed snapshot. `wanted` are the (kind, subject) proofs there must be.

    Raises Stale when the seal is not the one shown, Refused while a proof is missing or has a hard finding.
    """
    policy.require(actor, "issue.sign")
    issue = issues.get(session, issue_id)
    if issue.stage != IssueStage.SEALED:
        raise Refused("An issue that is %(stage)s cannot be signed; seal it first.", stage=issue.stage.value)
    sealed = issues.latest_seal(session, issue_id)
    if sealed is None or sealed.snapshot_hash != shown:
        raise Stale("The issue changed after this page was shown. Look at it again, then sign.")
    _refuse_changed(session, sealed.snapshot)
    have = {(p.kind, p.subject): p for p in issues.proofs(session, sealed.id) if p.files}
    if missing := [kind for kind in wanted if kind not in have]:
        raise Refused(
            "There is no proof yet of: %(kinds)s. Make the proofs first.", kinds=", ".join(k for k, _ in missing)
        )
    articles.refuse_findings(Finding(**finding) for proof in have.values() for finding in proof.findings)
    row = Signature(
        id=new_id(now),
        office=actor.office,
        issue_id=issue_id,
        seal_id=sealed.id,
        snapshot_hash=sealed.snapshot_hash,
        person_id=actor.person,
        signed_at=now,
        via=actor.via,
    )
    session.add(row)
    session.flush()
    issue.stage = IssueStage.SIGNED
    record(session, "issue.signed", actor=actor, now=now, issue=issue_id, seal=sealed.id, hash=shown, signature=row.id)
    return row


def mark_released(session: Session, issue_id: str, *, parcels: int, actor: Actor, now: datetime) -> None:
    """Every parcel lies on the shelf: the issue and its articles are released."""
    issue = issues.get(session, issue_id)
    if issue.stage != IssueStage.SIGNED:
        return
    issue.stage = IssueStage.RELEASED
    sealed = issues.latest_seal(session, issue_id)
    for article_id in sealed.snapshot["articles"] if sealed else ():
        article: Article = articles.get(session, article_id)
        if article.stage == Stage.PLACED:
            article.stage = stages.after(article.stage, "release")
            record(session, "article.released", actor=actor, now=now, article=article_id, issue=issue_id)
    record(session, "issue.released", actor=actor, now=now, issue=issue_id, parcels=parcels)
