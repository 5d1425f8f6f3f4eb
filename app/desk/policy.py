"""Who may do what: one table, read by every route and every verb."""

from dataclasses import dataclass
from typing import Literal

from app.models.errors import NotAllowed
from app.models.person import Role

Via = Literal["web", "terminal", "timer"]

_DESK = frozenset({Role.CONTRIBUTOR, Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR})
_EDIT = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR})
EVERYONE = frozenset(Role)

MAY: dict[str, frozenset[Role]] = {
    "look": EVERYONE,  # every signed-in person reads the desk
    "story.triage": _DESK,
    "story.add": EVERYONE,  # anybody may bring a story; it wears no badge by that
    "story.fetch": _DESK,
    "rule.manage": _EDIT,
    "topic.manage": _EDIT,
    "article.write": _DESK,
    "article.submit": _DESK,
    "article.approve": frozenset({Role.APPROVER}),
    "article.return": frozenset({Role.APPROVER}),
    "article.withdraw": _EDIT,
    "issue.compose": _EDIT,
    "issue.seal": _EDIT,
    "issue.sign": frozenset({Role.APPROVER}),
    "issue.release": frozenset({Role.EDITOR, Role.APPROVER, Role.CLERK, Role.FANPAGE, Role.ADMINISTRATOR}),
    "outbox.take": EVERYONE,
    "source.manage": frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
    "place.manage": frozenset({Role.CLERK, Role.EDITOR, Role.ADMINISTRATOR}),
    "people.manage": frozenset({Role.ADMINISTRATOR}),
    "office.manage": frozenset({Role.ADMINISTRATOR}),
    "backup.make": frozenset({Role.ADMINISTRATOR, Role.CLERK, Role.EDITOR}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and through which door. The timer has no person and no role."""

    person_id: str | None
    name: str
    role: Role | None
    office: str
    via: Via

    @property
    def person(self) -> str:
        """The id of the person; raises NotAllowed for the timer, which may sign nothing and write no words."""
        if self.person_id is None:
            raise NotAllowed("Only a person may do this.")
        return self.person_id


def may(role: Role | None, action: str) -> bool:
    """Whether a role may do this; an action that is not in the table is allowed to nobody."""
    return role is not None and role in MAY.get(action, frozenset())


def require(actor: Actor, action: str) -> None:
    """Raises NotAllowed unless the actor's role may do this."""
    if not may(actor.role, action):
        raise NotAllowed("%(name)s may not do this. Ask a person whose role allows it.", name=actor.name)


def require_second_person(actor: Actor, authors: frozenset[str]) -> None:
    """Raises NotAllowed when the approver wrote any of the words that stand now."""
    if actor.person in authors:
        raise NotAllowed("%(name)s wrote part of this text, so another person must approve it.", name=actor.name)
