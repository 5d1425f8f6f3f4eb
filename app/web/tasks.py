"""What needs somebody now, the most urgent first: each task is one sentence, one line of why, one link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.desk.health import State
from app.desk.policy import may
from app.models.article import Article, Stage
from app.models.issue import IssueStage
from app.models.parcel import ParcelState
from app.models.person import Person, Role
from app.models.story import Triage
from app.store import articles, issues, manuscript, pages, parcels, people, stories
from app.web import health_words, plan
from app.web.health_words import Row
from app.web.phrases import moment, tr, trn

STUBBORN = 3  # readings in a row that failed: no passing trouble
FRESH = timedelta(days=14)  # how long a finished issue is news
TAKERS = (Role.CLERK, Role.FANPAGE)  # whose work begins when an issue is finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do."""

    title: str
    why: str
    href: str
    verb: str
    icon: str = "pen"
    quote: str = ""
    by: str = ""
    picture: str = ""
    alt: str = ""


def tasks(session: Session, person: Person, *, now: datetime) -> list[Task]:
    """All of this person's tasks, the most urgent first."""
    found = [
        *_returned(session, person, own=True),
        *_to_approve(session, person),
        *_to_sign(session, person),
        *_outbox(session),
        *(_ready(session, now=now) if person.role in TAKERS else ()),
        *_returned(session, person, own=False),
        *(_incoming(session) if may(person.role, "story.triage") else ()),
        *_drafts(session, person),
        *_issue(session, person),
        *(_ready(session, now=now) if person.role not in TAKERS else ()),
        *_sources(session, now=now),
        *_layouts(session),
    ]
    return found[:6]


def _returned(session: Session, person: Person, *, own: bool) -> Iterator[Task]:
    for article in articles.listing(session, stages_=[Stage.RETURNED], limit=3):
        if (person.id in articles.authors(session, article.id)) != own:
            continue
        content = manuscript.content(session, article.id)
        figure = content.figures[0] if content.figures else None
        yield Task(
            title=tr("Returned: %(headline)s", headline=content.headline or tr("untitled")),
            why=tr("Sent back %(at)s. The sentence below says what to change.", at=moment(article.changed_at)),
            quote=article.remark,
            by=people.by_id(session, article.remark_by).name if article.remark_by else "",
            href=f"/bai/{article.id}",
            verb=tr("Edit the article"),
            picture=figure.asset if figure else "",
            alt=figure.alt if figure else "",
        )


def _to_approve(session: Session, person: Person) -> Iterator[Task]:
    if not may(person.role, "article.approve"):
        return
    waiting = [
        a
        for a in articles.listing(session, stages_=[Stage.SUBMITTED])
        if person.id not in articles.authors(session, a.id)
    ]
    if not waiting:
        return
    content = manuscript.content(session, waiting[-1].id)
    figure = content.figures[0] if content.figures else None
    yield Task(
        title=trn("%(num)d article waits for your approval", "%(num)d articles wait for your approval", len(waiting)),
        why=tr("First: “%(headline)s”.", headline=content.headline),
        href=f"/duyet/{waiting[-1].id}",
        verb=tr("Read and decide"),
        icon="seal",
        picture=figure.asset if figure else "",
        alt=figure.alt if figure else "",
    )


def _to_sign(session: Session, person: Person) -> Iterator[Task]:
    issue = issues.open_issue(session)
    if issue is None or issue.stage != IssueStage.SEALED:
        return
    signs = may(person.role, "issue.sign")
    yield Task(
        title=tr("Issue %(number)d is sealed and waits for a signature", number=issue.number),
        why=tr("Look at the proofs page by page, then sign.")
        if signs
        else tr("An approver signs it; the proofs are ready to be read."),
        href=f"/so-ban-tin/{issue.id}",
        verb=tr("See the proofs"),
        icon="seal",
    )


def _outbox(session: Session) -> Iterator[Task]:
    counted = parcels.counts(session)
    if unknown := counted.get(ParcelState.UNKNOWN, 0):
        yield Task(
            title=trn("%(num)d parcel is in doubt", "%(num)d parcels are in doubt", unknown),
            why=tr("The machine never sends such a thing again by itself."),
            href="/hop-di",
            verb=tr("Look at it"),
            icon="out",
        )
    if waiting := counted.get(ParcelState.WAITING, 0):
        yield Task(
            title=trn("%(num)d parcel waits to be made", "%(num)d parcels wait to be made", waiting),
            why=tr("The issue is signed; the files are made from the proofs."),
            href="/hop-di",
            verb=tr("Open the outbox"),
            icon="out",
        )


def _ready(session: Session, *, now: datetime) -> Iterator[Task]:
    """The newest issue, once every parcel of it lies in the outbox."""
    for issue in issues.listing(session):
        if issue.stage != IssueStage.RELEASED:
            continue
        signature = issues.signature(session, issue.id)
        made = parcels.listing(session, issue_id=issue.id, state=ParcelState.MADE)
        if made and signature and now - signature.signed_at < FRESH:
            yield Task(
                title=_finished(issue.number, len(made)),
                why=tr("Print and fold it, post the stories, hand the web page on."),
                href="/hop-di",
                verb=tr("Open the outbox"),
                icon="out",
            )
        return


def _finished(number: int, made: int) -> str:
    return trn(
        "Issue %(number)d is finished: %(num)d parcel ready",
        "Issue %(number)d is finished: %(num)d parcels ready",
        made,
        number=number,
    )


def _incoming(session: Session) -> Iterator[Task]:
    new = stories.count(session, triage=Triage.NEW)
    if not new:
        return
    best: Sequence[str] = [
        f"{reason['label']}"
        for story in stories.listing(session, triage=Triage.NEW, by_score=True, limit=5)
        for reason in story.reasons[:1]
    ]
    about = ", ".join(dict.fromkeys(best))
    yield Task(
        title=trn("%(num)d story has not been looked at", "%(num)d stories have not been looked at", new),
        why=tr("Among the first: %(about)s.", about=about) if about else tr("The best scored stand on top."),
        href="/tin-ve",
        verb=tr("See the stories"),
        icon="later",
    )


def _drafts(session: Session, person: Person) -> Iterator[Task]:
    if not may(person.role, "article.write"):
        return
    drafts: Sequence[Article] = articles.listing(session, stages_=[Stage.DRAFT], limit=50)
    if drafts:
        yield Task(
            title=trn("%(num)d article is being written", "%(num)d articles are being written", len(drafts)),
            why=tr("Last changed %(at)s.", at=moment(drafts[0].changed_at)),
            href="/bai",
            verb=tr("Open the articles"),
        )


def _issue(session: Session, person: Person) -> Iterator[Task]:
    issue = issues.open_issue(session)
    if not may(person.role, "issue.compose"):
        return
    if issue is None:
        earlier = issues.listing(session)
        following = issues.next_number_of(session, earlier[0].year) if earlier else 0
        yield Task(
            title=tr("Issue %(number)d is not open yet", number=following) if earlier else tr("No issue is open"),
            why=tr("Open the next number, then approved articles can be placed."),
            href="/so-ban-tin",
            verb=tr("Open an issue"),
            icon="book",
        )
        return
    empty = [leaf.number for leaf in plan.leaves(session, issue) if leaf.design == "empty"]
    if empty and issue.stage == IssueStage.DRAFT:
        yield Task(
            title=trn("%(num)d page has no article yet", "%(num)d pages have no article yet", len(empty)),
            why=tr("Issue %(number)d: page %(pages)s.", number=issue.number, pages=", ".join(map(str, empty))),
            href=f"/so-ban-tin/{issue.id}",
            verb=tr("Compose the issue"),
            icon="book",
        )


def _sources(session: Session, *, now: datetime) -> Iterator[Task]:
    """Sources that went silent by their own rhythm, and sources that cannot be read for a while."""
    found = [row for row in health_words.rows(session, now=now) if row.needs_look]
    silent = [row for row in found if row.health.state == State.SILENT]
    failing = [row for row in found if row.health.state == State.ERROR and row.source.failures >= STUBBORN]
    if silent:
        happened, _ = health_words.told(silent[0])
        yield _about_sources(
            silent,
            tr("%(outlet)s is silent", outlet=silent[0].outlet.name),
            trn("%(num)d source is silent", "%(num)d sources are silent", len(silent)),
            happened,
        )
    if failing:
        happened, advice = health_words.told(failing[0])
        yield _about_sources(
            failing,
            tr("%(outlet)s cannot be read", outlet=failing[0].outlet.name),
            trn("%(num)d source cannot be read", "%(num)d sources cannot be read", len(failing)),
            f"{happened} {advice}",
        )


def _about_sources(rows: Sequence[Row], one: str, many: str, why: str) -> Task:
    names = ", ".join(dict.fromkeys(row.outlet.name for row in rows))
    return Task(
        title=one if len(rows) == 1 else many,
        why=why if len(rows) == 1 else tr("%(outlets)s. The desk keeps asking.", outlets=names),
        href=f"{health_words.PAGE}?xem=can-xem",
        verb=tr("See the sources"),
        icon="net",
    )


def _layouts(session: Session) -> Iterator[Task]:
    """Outlets whose pages no longer look as their recipe says."""
    for outlet in pages.broken_layouts(session)[:1]:
        yield Task(
            title=tr("%(outlet)s changed the layout of its pages", outlet=outlet.name),
            why=tr("Full texts are read by the general reader until the recipe is mended; compare them with the page."),
            href=health_words.PAGE,
            verb=tr("See the sources"),
            icon="net",
        )
