"""The search over Tin về: what the box says, joined with the list's own filters, and where the words were found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.desk.folding import fold, plain
from app.desk.query import Names, Query, parse
from app.store import stories
from app.store.known_names import known_names
from app.store.search import Hit
from app.store.stories import Wanted
from app.web.highlights import mark_found, snippet
from app.web.phrases import local, tr


def read(session: Session, text: str, *, wanted: Wanted, me: str, today: date) -> Query:
    """The question: what was typed, and what the filters beside it leave."""
    query = parse(text, names=known_names(session, me=me) if ":" in text else Names(), today=today)
    if wanted.outlet_id:
        query = replace(query, outlets=_both(query.outlets, wanted.outlet_id))
    if wanted.starred:
        query = replace(query, starred=True)
    if wanted.tag:
        query = replace(query, tags=_both(query.tags, wanted.tag))
    if wanted.person_id:
        query = replace(query, people=_both(query.people, wanted.person_id))
    if wanted.since:
        first = local(wanted.since).date()
        query = replace(query, first=max(query.first or first, first))
    return query


def heading(tier: int, sought: Sequence[str]) -> str:
    """What the stories of one tier have in common; words typed with marks are told from those with other ones."""
    if tier == 1 and any(fold(words) != plain(words) for words in sought):
        return tr("With the same letters but other marks")
    if tier < 2:
        return tr("With these words side by side")
    return tr("With all the words, apart") if tier == 2 else tr("With the last word as a beginning")


def snippets(session: Session, hits: Sequence[Hit], query: Query) -> Mapping[str, Markup | None]:
    """Of each story whose title does not say it, where its text does."""
    found = {hit.story.id: snippet(hit.story.summary, query.sought) for hit in hits}
    titles = {hit.story.id: hit.story.title for hit in hits if not found[hit.story.id]}
    unseen = [story_id for story_id, title in titles.items() if "<mark>" not in mark_found(title, query.sought)]
    for story_id, text in stories.page_texts(session, unseen).items():
        found[story_id] = snippet(text, query.sought)
    return found


def _both(asked: frozenset[str] | None, chosen: str) -> frozenset[str]:
    return frozenset({chosen}) if asked is None or chosen in asked else frozenset()
