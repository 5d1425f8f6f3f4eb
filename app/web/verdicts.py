"""The verdict on an address, in words: for the page on which somebody typed it."""

from app.desk.lookalikes import Verdict
from app.models.errors import Unreadable
from app.web.phrases import tell, tr
from feeds.outcomes import OUTCOMES, outcome_of


def warn(verdict: Verdict) -> str:
    """What must be said of this address; empty where nothing must."""
    return tr(verdict.warning, **verdict.values) if verdict.warning else ""


def remark(verdict: Verdict) -> str:
    """What may be said of it besides; empty where nothing is known."""
    return tr(verdict.note, **verdict.values) if verdict.note else ""


def advise(trouble: Unreadable) -> tuple[str, str]:
    """What happened and what to do, as two sentences; the second may be empty."""
    advice = OUTCOMES[outcome_of(trouble)].advice
    return tell(trouble), tr(advice) if advice else ""
