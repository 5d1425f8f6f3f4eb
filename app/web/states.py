"""The stages of things as a filling circle and a word: colour never speaks alone."""

from typing import TypedDict

from app.models.article import Stage
from app.models.issue import IssueStage
from app.models.parcel import ParcelState
from app.web.phrases import tr


class State(TypedDict):
    """What the `state` mark of parts/marks.html draws."""

    icon: str
    tone: str
    words: str


ARTICLE: dict[Stage, tuple[str, str, str]] = {
    Stage.DRAFT: ("s1", "", "Being written"),
    Stage.SUBMITTED: ("s3", "state-wait", "Awaits approval"),
    Stage.RETURNED: ("undo", "state-back", "Returned"),
    Stage.APPROVED: ("okc", "state-done", "Approved"),
    Stage.PLACED: ("okc", "state-done", "Placed in an issue"),
    Stage.RELEASED: ("okc", "state-done", "Released"),
    Stage.WITHDRAWN: ("drop", "state-gone", "Withdrawn"),
}
ISSUE: dict[IssueStage, tuple[str, str, str]] = {
    IssueStage.DRAFT: ("s1", "", "Being composed"),
    IssueStage.SEALED: ("s3", "state-wait", "Sealed, awaits the signature"),
    IssueStage.SIGNED: ("okc", "state-done", "Signed"),
    IssueStage.RELEASED: ("okc", "state-done", "Released"),
}
PARCEL: dict[ParcelState, tuple[str, str, str]] = {
    ParcelState.WAITING: ("s1", "state-wait", "Waits to be made"),
    ParcelState.MADE: ("s0", "", "Ready to leave"),
    ParcelState.UNKNOWN: ("bad", "state-back", "In doubt"),
    ParcelState.WITHDRAWN: ("drop", "state-gone", "Withdrawn"),
}


def article_state(stage: Stage) -> State:
    """Where an article stands."""
    return _state(ARTICLE[stage])


def issue_state(stage: IssueStage) -> State:
    """Where an issue stands."""
    return _state(ISSUE[stage])


def parcel_state(state: ParcelState) -> State:
    """How a parcel stands."""
    return _state(PARCEL[state])


def _state(row: tuple[str, str, str]) -> State:
    icon, tone, words = row
    return State(icon=icon, tone=tone, words=tr(words))
