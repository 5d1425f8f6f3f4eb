"""The life of an article: which step leads from where to where."""

from app.models.article import Stage
from app.models.errors import Refused

# step: (stages it may start from, stage it leads to)
STEPS: dict[str, tuple[frozenset[Stage], Stage]] = {
    "submit": (frozenset({Stage.DRAFT, Stage.RETURNED}), Stage.SUBMITTED),
    "approve": (frozenset({Stage.SUBMITTED}), Stage.APPROVED),
    "return": (frozenset({Stage.SUBMITTED, Stage.APPROVED, Stage.PLACED}), Stage.RETURNED),
    "place": (frozenset({Stage.APPROVED}), Stage.PLACED),
    "unplace": (frozenset({Stage.PLACED}), Stage.APPROVED),
    "release": (frozenset({Stage.PLACED}), Stage.RELEASED),
    "withdraw": (frozenset(Stage) - {Stage.WITHDRAWN, Stage.RELEASED}, Stage.WITHDRAWN),
    "restore": (frozenset({Stage.WITHDRAWN}), Stage.DRAFT),
}
# Stages whose text a second person has signed: one more letter sends the article back to draft.
SIGNED = frozenset({Stage.SUBMITTED, Stage.APPROVED, Stage.PLACED})
# Stages in which the last approval may count.
APPROVED = frozenset({Stage.APPROVED, Stage.PLACED, Stage.RELEASED})
OPEN = frozenset(Stage) - {Stage.WITHDRAWN, Stage.RELEASED}


def after(stage: Stage, step: str) -> Stage:
    """Where the step leads. Raises Refused when it cannot be taken from here."""
    start, end = STEPS[step]
    if stage not in start:
        raise Refused("An article that is %(stage)s cannot take the step “%(step)s”.", stage=stage.value, step=step)
    return end


def after_edit(stage: Stage) -> Stage:
    """Where an edit leaves the article: any edit voids an approval.

    Raises Refused when the text can no longer change: a later edit of a released article is a new article.
    """
    if stage not in OPEN:
        raise Refused("This article is %(stage)s; its text can no longer change.", stage=stage.value)
    return Stage.DRAFT if stage in SIGNED else stage
