"""The way of a draft: every step in every stage, allowed or refused for a reason."""

from __future__ import annotations

import pytest

from sed_tui.domain.draft_flow import (
    TRANSITIONS,
    DraftStanding,
    DraftStep,
    Stage,
    draft_transition,
    possible_steps,
)
from sed_tui.domain.flows import Flow
from sed_tui.domain.text_difference import LineSign, text_difference
from sed_tui.errors import SedError
from sed_tui.errors.drafts import NotApproved, NotSigned

_WAY = {
    (DraftStep.START, Stage.DRAFT): Stage.ON_APPROVAL,
    (DraftStep.START, Stage.REWORK): Stage.ON_APPROVAL,
    (DraftStep.SEND_BACK, Stage.ON_APPROVAL): Stage.REWORK,
    (DraftStep.SEND_BACK, Stage.APPROVED): Stage.REWORK,
    (DraftStep.APPROVE, Stage.ON_APPROVAL): Stage.APPROVED,
    (DraftStep.WITHDRAW, Stage.REWORK): Stage.DRAFT,
    (DraftStep.WITHDRAW, Stage.ON_APPROVAL): Stage.DRAFT,
    (DraftStep.WITHDRAW, Stage.APPROVED): Stage.DRAFT,
    (DraftStep.SIGN, Stage.APPROVED): Stage.SIGNED,
    (DraftStep.COSIGN, Stage.SIGNED): Stage.SIGNED,
    (DraftStep.REGISTER, Stage.SIGNED): Stage.REGISTERED,
    (DraftStep.DISPATCH, Stage.REGISTERED): Stage.DISPATCHED,
    (DraftStep.DISPATCH, Stage.DISPATCHED): Stage.DISPATCHED,
    (DraftStep.DISCARD, Stage.DRAFT): Stage.DISCARDED,
    **{(DraftStep.REVISE, stage): stage for stage in (Stage.DRAFT, Stage.REWORK)},
    **{
        (DraftStep.ADD_VERSION, stage): stage
        for stage in (Stage.DRAFT, Stage.REWORK, Stage.ON_APPROVAL)
    },
}


@pytest.mark.parametrize("step", DraftStep)
@pytest.mark.parametrize("stage", Stage)
def test_a_letter_goes_its_way_and_no_other(step: DraftStep, stage: Stage) -> None:
    standing = DraftStanding(Flow.OUTGOING, stage, needs_approval=True)

    if (step, stage) in _WAY:
        assert draft_transition(step, standing).target is _WAY[step, stage]
        assert step in possible_steps(standing)
        return
    with pytest.raises(SedError) as refused:
        draft_transition(step, standing)
    assert (refused.value.exit_code, step in possible_steps(standing)) == (6, False)


def test_what_nobody_has_to_approve_is_signed_at_once() -> None:
    assert draft_transition(DraftStep.SIGN, DraftStanding(Flow.ORDER, Stage.DRAFT))
    with pytest.raises(NotApproved):
        draft_transition(DraftStep.SIGN, DraftStanding(Flow.ORDER, Stage.DRAFT, True))


def test_an_internal_document_is_registered_without_a_signature() -> None:
    assert draft_transition(DraftStep.REGISTER, DraftStanding(Flow.INTERNAL, Stage.APPROVED, True))
    with pytest.raises(NotSigned):
        draft_transition(DraftStep.REGISTER, DraftStanding(Flow.ORDER, Stage.APPROVED, True))


def test_no_row_of_the_way_is_there_twice() -> None:
    keys = [(row.step, row.source) for row in TRANSITIONS]

    assert len(keys) == len(set(keys))


def test_far_changes_are_shown_without_what_lies_between() -> None:
    old = "\n".join(map(str, range(40)))
    new = old.replace("\n2\n", "\n2a\n").replace("\n30\n", "\n30a\n")

    signs = [line.sign for line in text_difference(old, new, around=1)]
    around = [LineSign.SAME, LineSign.REMOVED, LineSign.ADDED, LineSign.SAME]
    skipped = [LineSign.SKIPPED]
    assert signs == skipped + around + skipped + around + skipped
    assert text_difference(old, old) == []
