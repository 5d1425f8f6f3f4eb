"""Stories whose letters came garbled: their text as it was meant is a further revision, and can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk import snapshot
from app.desk.decide import Item, digest_of
from app.desk.folding import fold
from app.desk.policy import Actor, require
from app.models.errors import Refused
from app.models.story import Revision, Story, StoryPage
from app.store import pages, search, sources, stories, topics
from app.store.events import record
from app.store.pages import Reading

MOST = 300  # stories of one source repaired at once, the newest; older ones can be repaired one by one


@dataclass(frozen=True, slots=True)
class Wording:
    """What a story says."""

    title: str
    summary: str

    @property
    def digest(self) -> str:
        """As app/desk/decide.py has it."""
        return digest_of(Item(url="", guid="", title=self.title, summary=self.summary))


Suspect = Callable[[str], str]  # the letter code a text seems to be in, or nothing: feeds/letters/legacy.py


def newest(session: Session, story_id: str) -> Revision:
    """What the outlet said last. Raises NotFound and, for a story without any revision, Refused."""
    stories.get(session, story_id)
    found = stories.revisions(session, story_id)
    if not found:
        raise Refused("This story has no text that could be repaired.")
    return found[0]


def before_repair(session: Session, story_id: str, *, suspect: Suspect) -> Revision | None:
    """The garbled text that the standing one was made from; None when the standing one is the outlet's own."""
    found = stories.revisions(session, story_id)
    if len(found) < 2 or found[0].evidence != found[1].evidence or found[0].digest == found[1].digest:
        return None
    return found[1] if suspect(_text(found[1])) and not suspect(_text(found[0])) else None


def repair(
    session: Session, story_id: str, wording: Wording, *, page: Reading | None = None, actor: Actor, now: datetime
) -> None:
    """The text as it was meant. The outlet's own digest stays, so that its next reading changes nothing back.

    `page` is its whole text, repaired; None when it has none, or none that is garbled.
    """
    require(actor, "story.triage")
    _say(session, story_id, wording, garbled=None, digest=None, actor=actor, now=now)
    if page is not None:
        pages.keep(session, story_id, page, actor=actor, now=now)


def page_of(session: Session, story_id: str) -> StoryPage | None:
    """The whole text of a story as it stands; None when there is none."""
    return next(iter(pages.readings(session, story_id, limit=1)), None)


def reworded(page: StoryPage, mend: Callable[[str], str]) -> Reading:
    """The same page with other words, read from the same evidence."""
    title, standfirst, text = mend(page.title), mend(page.standfirst), mend(page.text)
    return Reading(
        url=page.url,
        title=title,
        standfirst=standfirst,
        text=text,
        author=mend(page.author),
        published_raw=page.published_raw,
        published_at=page.published_at,
        digest=snapshot.digest([title, standfirst, text]),
        read_by=page.read_by,
        differs=page.differs,
        evidence=page.evidence,
        pictures=(),
    )


def take_back(session: Session, story_id: str, *, suspect: Suspect, actor: Actor, now: datetime) -> None:
    """Makes the story say again what the outlet sent."""
    require(actor, "story.triage")
    before = before_repair(session, story_id, suspect=suspect)
    if before is None:
        raise Refused("This story was not repaired.")
    wording = Wording(before.title, before.summary)
    kind = suspect(_text(before))
    _say(session, story_id, wording, garbled=kind, digest=wording.digest, actor=actor, now=now)
    found = pages.readings(session, story_id, limit=2)
    if len(found) == 2 and found[0].evidence == found[1].evidence and suspect(found[1].text):
        pages.keep(session, story_id, reworded(found[1], str), actor=actor, now=now)


def set_letters(session: Session, source_id: str, letters: str, *, actor: Actor, now: datetime) -> None:
    """From now on this source is read in that letter code; "" takes its word for it again."""
    require(actor, "source.manage")
    source = sources.get(session, source_id)
    source.quirks = {**{k: v for k, v in (source.quirks or {}).items() if k != "letters"}, "letters": letters}
    record(session, "source.changed", actor=actor, now=now, source=source_id, fields=["letters"])


def garbled(session: Session, source_id: str, kind: str) -> Sequence[Story]:
    """The stories of a source that seem to be in this letter code, newest first."""
    query = select(Story).where(Story.source_id == source_id, Story.garbled == kind)
    return session.scalars(query.order_by(Story.first_seen_seq.desc()).limit(MOST)).all()


def repair_many(session: Session, wordings: Mapping[str, Wording], *, actor: Actor, now: datetime) -> None:
    """Each story with its text. The source is read so from now on, so the digest is that of the repaired text."""
    require(actor, "source.manage")
    for story_id, wording in wordings.items():
        _say(session, story_id, wording, garbled=None, digest=wording.digest, actor=actor, now=now)


def repaired(session: Session, source_id: str, *, suspect: Suspect) -> list[str]:
    """The stories of a source whose standing text is a repair, the newest first."""
    same = select(Revision.story_id).group_by(Revision.story_id, Revision.evidence).having(func.count() > 1)
    query = select(Story.id).where(Story.source_id == source_id, Story.id.in_(same))
    found = session.scalars(query.order_by(Story.first_seen_seq.desc()).limit(MOST))
    return [story_id for story_id in found if before_repair(session, story_id, suspect=suspect)]


def _say(
    session: Session,
    story_id: str,
    wording: Wording,
    *,
    garbled: str | None,
    digest: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    story, last = stories.get(session, story_id), newest(session, story_id)
    if (last.title, last.summary) == (wording.title, wording.summary):
        raise Refused("The text would stay as it is.")
    story.title, story.summary, story.garbled = wording.title, wording.summary, garbled
    story.folded = fold(f"{wording.title} {wording.summary}")
    story.score, story.reasons = topics.ranker(session)(story.title, story.summary)
    story.digest = digest or story.digest
    session.add(_revision(last, wording))
    session.flush()
    page = page_of(session, story_id)
    body = f"{page.standfirst}\n{page.text}" if page else ""
    search.index(session, [search.Entry(story.first_seen_seq, story.title, story.summary, body)])
    record(session, "story.repaired", actor=actor, now=now, story=story_id, revision=last.number + 1)


def _revision(last: Revision, wording: Wording) -> Revision:
    """Read from the same evidence at the same time: only the reading of its letters differs."""
    return Revision(
        story_id=last.story_id,
        number=last.number + 1,
        title=wording.title,
        summary=wording.summary,
        digest=wording.digest,
        evidence=last.evidence,
        fetched_from=last.fetched_from,
        fetched_at=last.fetched_at,
    )


def _text(revision: Revision) -> str:
    return f"{revision.title} {revision.summary}"
