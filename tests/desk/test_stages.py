"""Every step from every stage: what is not in this table cannot happen."""

import pytest

from app.desk import stages
from app.models.article import Stage
from app.models.errors import Refused

D, S, R, A, P, L, W = (
    *(Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.APPROVED),
    *(Stage.PLACED, Stage.RELEASED, Stage.WITHDRAWN),
)
ALLOWED = {
    ("submit", D): S,
    ("submit", R): S,
    ("approve", S): A,
    ("return", S): R,
    ("return", A): R,
    ("return", P): R,
    ("place", A): P,
    ("unplace", P): A,
    ("release", P): L,
    **{("withdraw", stage): W for stage in (D, S, R, A, P)},
    ("restore", W): D,
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", stages.STEPS)
def test_each_step_from_each_stage(step: str, stage: Stage) -> None:
    if (step, stage) in ALLOWED:
        assert stages.after(stage, step) == ALLOWED[step, stage]
        return
    with pytest.raises(Refused, match=stage.value):
        stages.after(stage, step)


@pytest.mark.parametrize(("stage", "then"), [(D, D), (R, R), (S, D), (A, D), (P, D)])
def test_an_edit_sends_what_was_handed_on_back_to_draft(stage: Stage, then: Stage) -> None:
    assert stages.after_edit(stage) == then


@pytest.mark.parametrize("stage", [L, W])
def test_what_was_released_or_withdrawn_is_not_edited(stage: Stage) -> None:
    with pytest.raises(Refused):
        stages.after_edit(stage)


def test_only_approving_leads_to_an_approval() -> None:
    leads = {step for (step, start), end in ALLOWED.items() if end == A and start not in stages.APPROVED}
    assert leads == {"approve"}
