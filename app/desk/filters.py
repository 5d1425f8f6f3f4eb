"""The desk's rules for what comes in: which stories a rule is about, what it does to them, and what was before.

Rules are tried from top to bottom, each on what the ones above left. A story with a star is dropped by no rule; a
story that was dropped is not tried any further; one that a person kept, dropped or used in an article is left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Self

from app.desk.folding import fold, is_marked, plain
from app.models.errors import Refused
from app.models.story import Triage

MOST_WORDS = 60
OPEN = (Triage.NEW, Triage.LATER)  # a rule leaves every other story alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """All of these must hold; one that is empty or None asks for nothing. Words typed with marks must have them."""

    any_words: tuple[str, ...] = ()
    all_words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    title_only: bool = False
    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    only_one_outlet: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept; what a later version added or dropped does no harm."""
        return cls(**_known(cls, kept))

    def as_kept(self) -> dict[str, Any]:
        """For the database."""
        return _as_kept(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What is done; empty and False mean that nothing is."""

    drop: bool = False
    star: bool = False
    tag: str = ""
    person: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(**_known(cls, kept))

    def as_kept(self) -> dict[str, Any]:
        """For the database."""
        return _as_kept(self)


@dataclass(frozen=True, slots=True)
class Filter:
    """One rule."""

    id: str
    conditions: Conditions
    actions: Actions


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What rules may know of a story, and what they change. `is_used`: an article is built on it."""

    title: str
    summary: str
    outlet_id: str
    source_id: str
    score: int = 0
    outlets_telling: int = 1
    triage: Triage = Triage.NEW
    starred: bool = False
    person: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)
    is_used: bool = False

    @cached_property
    def said(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """(folded, with marks) of the title and of the summary."""
        return _said(self.title), _said(self.summary)


@dataclass(frozen=True, slots=True)
class Change:
    """What one rule changed: [before, after] of triage, starred and person, and the tags it put on."""

    rule: str
    before: dict[str, Any]


def check(conditions: Conditions, actions: Actions) -> None:
    """Raises Refused for a rule that would touch everything, do nothing, or contradict itself."""
    words = (*conditions.any_words, *conditions.all_words, *conditions.no_words)
    if len(words) > MOST_WORDS:
        raise Refused("A rule takes %(count)d words at the most; make a second rule for the others.", count=MOST_WORDS)
    if replace(conditions, title_only=False) == Conditions():
        raise Refused("A rule needs at least one condition, or it would touch every story.")
    if actions == Actions():
        raise Refused("A rule needs to do something: drop, put a star or a tag on, or hand over.")
    if actions.drop and actions != Actions(drop=True, tag=actions.tag):
        raise Refused("A story cannot be dropped and also get a star or be handed to somebody.")
    if None not in (conditions.least, conditions.most) and (conditions.least or 0) > (conditions.most or 0):
        raise Refused("The least score is higher than the highest.")


def matches(conditions: Conditions, facts: Facts) -> bool:
    """Whether a story fulfils every condition."""
    return _fits_place(conditions, facts) and _fits_score(conditions, facts) and _fits_words(conditions, facts)


def apply(rules: Iterable[Filter], facts: Facts) -> tuple[Facts, list[Change]]:
    """What the rules, top to bottom, make of a story, and what each of them changed."""
    changes = []
    for rule in rules:
        if facts.is_used or facts.triage not in OPEN:
            break
        if matches(rule.conditions, facts):
            after = act(rule.actions, facts)
            if before := _difference(facts, after):
                changes.append(Change(rule.id, before))
            facts = after
    return facts, changes


def act(actions: Actions, facts: Facts) -> Facts:
    """The story as the actions leave it. Somebody who has it already keeps it, and so does one who put it off."""
    tags = facts.tags | {actions.tag} if actions.tag else facts.tags
    starred = facts.starred or actions.star
    drop = actions.drop and facts.triage == Triage.NEW and not starred
    return replace(
        facts,
        tags=tags,
        starred=starred,
        triage=Triage.DROPPED if drop else facts.triage,
        person=facts.person or actions.person,
    )


def _difference(facts: Facts, after: Facts) -> dict[str, Any]:
    before: dict[str, Any] = {}
    if facts.triage != after.triage:
        before["triage"] = [facts.triage.value, after.triage.value]
    if facts.starred != after.starred:
        before["starred"] = [facts.starred, after.starred]
    if facts.person != after.person:
        before["person"] = [facts.person, after.person]
    if added := after.tags - facts.tags:
        before["tags"] = sorted(added)
    return before


def _fits_place(conditions: Conditions, facts: Facts) -> bool:
    return (
        (not conditions.outlets or facts.outlet_id in conditions.outlets)
        and (not conditions.sources or facts.source_id in conditions.sources)
        and not (conditions.only_one_outlet and facts.outlets_telling > 1)
    )


def _fits_score(conditions: Conditions, facts: Facts) -> bool:
    least, most = conditions.least, conditions.most
    return (least is None or facts.score >= least) and (most is None or facts.score <= most)


def _fits_words(conditions: Conditions, facts: Facts) -> bool:
    said = facts.said[:1] if conditions.title_only else facts.said
    return (
        (not conditions.any_words or any(_occurs(word, said) for word in conditions.any_words))
        and all(_occurs(word, said) for word in conditions.all_words)
        and not any(_occurs(word, said) for word in conditions.no_words)
    )


def _occurs(word: str, said: Sequence[tuple[str, str]]) -> bool:
    """Side by side, in the title or in the summary; with its marks when it was typed with them."""
    marked = is_marked(word)
    wanted = f" {plain(word) if marked else fold(word)} "
    return any(wanted in (with_marks if marked else folded) for folded, with_marks in said)


def _said(text: str) -> tuple[str, str]:
    return f" {fold(text)} ", f" {plain(text)} "


def _known(kind: type[Conditions] | type[Actions], kept: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items() if name in names}


def _as_kept(value: Conditions | Actions) -> dict[str, Any]:
    kept = {name: list(part) if isinstance(part, tuple) else part for name, part in asdict(value).items()}
    return {
        name: part for name, part in kept.items() if part is not None and part is not False and part not in ("", [])
    }
