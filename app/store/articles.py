"""Articles: made from stories, written by operations, submitted, approved by a second person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk import policy, stages
from app.desk.content import ArticleContent
from app.desk.findings import Finding, hard
from app.desk.places import spread
from app.desk.policy import Actor
from app.desk.snapshot import digest
from app.models.article import Approval, Article, ArticleStory, Stage
from app.models.errors import NotFound, Refused, Stale
from app.models.ids import new_id
from app.models.operation import Note, OperationRow
from app.store import manuscript, operations, stories
from app.store.checks import article_findings
from app.store.events import next_number, record
from app.store.operations import Write

NOUNS = ("article", "paragraph", "figure")  # what an article is written in


def create(
    session: Session, *, story_ids: Sequence[str] = (), actor: Actor, now: datetime, lang: str = "vi"
) -> Article:
    """A new draft, built on these stories or on none; its credit line names their outlets."""
    policy.require(actor, "article.write")
    sources = [stories.get(session, story_id) for story_id in story_ids]
    article = Article(
        id=new_id(now),
        office=actor.office,
        lang=lang,
        stage=Stage.DRAFT,
        seq=next_number(session, "article"),
        created_by=actor.person,
        created_at=now,
        changed_at=now,
    )
    session.add(article)
    session.flush()
    for story in sources:
        newest = stories.revisions(session, story.id)
        number = newest[0].number if newest else 1
        session.add(ArticleStory(article_id=article.id, story_id=story.id, revision=number))
    session.flush()
    record(session, "article.made", actor=actor, now=now, article=article.id, stories=list(story_ids))
    if sources:
        credit = manuscript.credit_line(session, sources)
        operations.apply(
            session, Write(noun="article", key=article.id, field="credit", value=credit), actor=actor, now=now
        )
    return article


def get(session: Session, article_id: str) -> Article:
    """Raises NotFound."""
    article = session.get(Article, article_id)
    if article is None:
        raise NotFound("There is no such article.")
    return article


def listing(session: Session, *, stages_: Iterable[Stage] | None = None, limit: int = 200) -> Sequence[Article]:
    """Articles, last changed first."""
    query = select(Article).order_by(Article.changed_at.desc(), Article.seq.desc()).limit(limit)
    return session.scalars(query.where(Article.stage.in_(list(stages_))) if stages_ else query).all()


def of_stories(session: Session, story_ids: Sequence[str]) -> dict[str, str]:
    """The newest article built on each of these stories, {story id: article id}; stories without one are left out."""
    query = (
        select(ArticleStory.story_id, ArticleStory.article_id)
        .join(Article, Article.id == ArticleStory.article_id)
        .where(ArticleStory.story_id.in_(story_ids), Article.stage != Stage.WITHDRAWN)
        .order_by(Article.seq)
    )
    return {row.story_id: row.article_id for row in session.execute(query)}


def counts(session: Session) -> Mapping[Stage, int]:
    """How many articles stand in each stage."""
    found = session.execute(select(Article.stage, func.count()).group_by(Article.stage))
    return {row[0]: row[1] for row in found}


def headlines(session: Session, article_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """For lists: each article's own fields."""
    return operations.many_standing(session, article_ids, ["article"])


def write(
    session: Session, article_id: str, writes: Sequence[Write], *, actor: Actor, now: datetime
) -> list[OperationRow]:
    """Saves words. An edit voids an approval: a submitted, approved or placed article is a draft again.

    Writes that change nothing are left out. Returns the operations made.
    """
    policy.require(actor, "article.write")
    article = get(session, article_id)
    if any(w.noun not in NOUNS or w.key.split("/", 1)[0] != article_id for w in writes):
        raise Refused("These words belong to another article.")
    wanted = [w for w in writes if not operations.same(session, w)]
    if not wanted:
        return []
    article.stage = stages.after_edit(article.stage)
    article.changed_at = now
    made = [operations.apply(session, w, actor=actor, now=now) for w in wanted]
    fields = sorted({f"{op.noun}.{op.field}" for op in made})
    record(session, "article.edited", actor=actor, now=now, article=article_id, fields=fields)
    return [row for op in made if (row := session.get(OperationRow, op.op_id))]


def set_paragraphs(
    session: Session, article_id: str, texts: Sequence[tuple[str, str]], *, actor: Actor, now: datetime
) -> None:
    """Replaces the whole body by (kind, text) pairs: kept paragraphs keep their keys, the rest are removed or added."""
    old = manuscript.content(session, article_id).paragraphs
    places = spread(len(texts))
    writes: list[Write] = []
    for index, (kind, text) in enumerate(texts):
        key = old[index].key if index < len(old) else new_id(now)
        for field, value in (("kind", kind), ("text", text), ("place", places[index])):
            writes.append(Write(noun="paragraph", key=f"{article_id}/{key}", field=field, value=value))
    for paragraph in old[len(texts) :]:
        writes.append(Write(noun="paragraph", key=f"{article_id}/{paragraph.key}", field="removed", value="1"))
    write(session, article_id, writes, actor=actor, now=now)


def authors(session: Session, article_id: str) -> frozenset[str]:
    """Ids of everyone who wrote a value that stands now and did not at the last approval."""
    last = session.scalar(select(func.max(Approval.seq)).where(Approval.article_id == article_id))
    return operations.authors_since(session, article_id, last or 0)


def submit(session: Session, article_id: str, *, shown: str, actor: Actor, now: datetime) -> Article:
    """Hands the article to a second person. Raises Refused while a hard finding stands."""
    policy.require(actor, "article.submit")
    article, content = _shown(session, article_id, shown)
    refuse_findings(article_findings(session, content))
    return _step(session, article, "submit", "article.submitted", actor=actor, now=now, hash=digest(content))


def approve(session: Session, article_id: str, *, shown: str, actor: Actor, now: datetime) -> Approval:
    """A second person's signature over everything a reader can see. `shown` is the hash the page showed."""
    policy.require(actor, "article.approve")
    article, content = _shown(session, article_id, shown)
    policy.require_second_person(actor, authors(session, article_id))
    refuse_findings(article_findings(session, content))
    approval = Approval(
        id=new_id(now),
        office=actor.office,
        article_id=article_id,
        person_id=actor.person,
        content_hash=digest(content),
        content=manuscript.plain(content),
        # The same numbers as the operations', so that “since the last approval” can be asked of both.
        seq=next_number(session, f"seq:{actor.office}"),
        approved_at=now,
        via=actor.via,
    )
    session.add(approval)
    session.flush()
    _step(
        session,
        article,
        "approve",
        "article.approved",
        actor=actor,
        now=now,
        hash=digest(content),
        approval=approval.id,
    )
    return approval


def send_back(session: Session, article_id: str, *, remark: str, shown: str, actor: Actor, now: datetime) -> Article:
    """Returns the article with a sentence for whoever wrote it."""
    policy.require(actor, "article.return")
    if not remark.strip():
        raise Refused("One sentence says what to change: it is the first thing the writer reads.")
    article, content = _shown(session, article_id, shown)
    article.remark, article.remark_by = remark.strip(), actor.person_id
    return _step(session, article, "return", "article.returned", actor=actor, now=now, hash=digest(content))


def withdraw(session: Session, article_id: str, *, actor: Actor, now: datetime) -> Article:
    """Takes the article out of the way; nothing is deleted, `restore` brings it back."""
    policy.require(actor, "article.withdraw")
    return _step(session, get(session, article_id), "withdraw", "article.withdrawn", actor=actor, now=now)


def restore(session: Session, article_id: str, *, actor: Actor, now: datetime) -> Article:
    """Brings a withdrawn article back as a draft."""
    policy.require(actor, "article.withdraw")
    return _step(session, get(session, article_id), "restore", "article.restored", actor=actor, now=now)


def current_approval(session: Session, article_id: str) -> Approval | None:
    """The approval that is valid now: its hash is that of the words that stand. None when there is none.

    An article that was sent back or withdrawn has none, even when not a letter changed.
    """
    approval = last_approval(session, article_id) if get(session, article_id).stage in stages.APPROVED else None
    if approval is None or approval.content_hash != digest(manuscript.content(session, article_id)):
        return None
    return approval


def last_approval(session: Session, article_id: str) -> Approval | None:
    """The newest approval, valid or not: what the article said when it was last signed."""
    query = select(Approval).where(Approval.article_id == article_id).order_by(Approval.seq.desc()).limit(1)
    return session.scalar(query)


def add_note(session: Session, article_id: str, text: str, *, actor: Actor, now: datetime) -> None:
    """A private note: kept in a table no renderer reads."""
    policy.require(actor, "article.write")
    get(session, article_id)
    number = next_number(session, "note")
    note = Note(op_id=new_id(now), article_id=article_id, person_id=actor.person, seq=number, text=text, made_at=now)
    session.add(note)
    session.flush()


def notes(session: Session, article_id: str) -> Sequence[Note]:
    """Private notes, oldest first."""
    return session.scalars(select(Note).where(Note.article_id == article_id).order_by(Note.seq)).all()


def refuse_findings(findings: Iterable[Finding]) -> None:
    """Raises Refused while a hard finding stands."""
    standing = hard(findings)
    if standing:
        kinds = ", ".join(sorted({finding.kind for finding in standing}))
        raise Refused(
            "%(count)d findings must be mended or justified first: %(kinds)s.", count=len(standing), kinds=kinds
        )


def _shown(session: Session, article_id: str, shown: str) -> tuple[Article, ArticleContent]:
    article = get(session, article_id)
    content = manuscript.content(session, article_id)
    if digest(content) != shown:
        raise Stale("The article changed after this page was shown. Read it again, then decide.")
    return article, content


def _step(
    session: Session, article: Article, step: str, event: str, *, actor: Actor, now: datetime, **fields: str
) -> Article:
    article.stage = stages.after(article.stage, step)
    article.changed_at = now
    record(session, event, actor=actor, now=now, article=article.id, **fields)
    return article
