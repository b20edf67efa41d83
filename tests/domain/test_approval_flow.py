"""Decisions about a draft: every row of the flow, and every refusal."""

from __future__ import annotations

from itertools import product
from uuid import UUID, uuid4

import pytest

from sed_tui.domain.approval_flow import (
    TASK_FLOW,
    Agreement,
    Asked,
    Question,
    TaskState,
    TaskStep,
    is_asked_again,
    next_asked,
    task_transition,
)
from sed_tui.errors import SedError
from sed_tui.errors.approvals import (
    AlreadyDecided,
    CommentWanted,
    MandatoryApprover,
    NotAskedYet,
    OwnApproval,
    TaskOver,
)

ME, INITIATOR, ABSENT = uuid4(), uuid4(), uuid4()
_ROWS = {(row.step, row.source): row.target for row in TASK_FLOW}


@pytest.mark.parametrize(("step", "state"), product(TaskStep, TaskState))
def test_a_step_leads_where_its_row_says_and_nowhere_without_one(
    step: TaskStep, state: TaskState
) -> None:
    question = Question(state, ME, INITIATOR)

    if (step, state) in _ROWS:
        assert task_transition(step, question, ME, "потому").target is _ROWS[step, state]
        return
    with pytest.raises(SedError):
        task_transition(step, question, ME, "потому")


@pytest.mark.parametrize(
    ("state", "failure", "status"),
    [
        (TaskState.WAITING, NotAskedYet, 6),
        (TaskState.STOPPED, TaskOver, 6),
        (TaskState.APPROVED, AlreadyDecided, 5),
        (TaskState.REWORK, AlreadyDecided, 5),
        (TaskState.REDIRECTED, AlreadyDecided, 5),
    ],
)
def test_a_decision_out_of_turn_says_why(
    state: TaskState, failure: type[SedError], status: int
) -> None:
    with pytest.raises(failure) as refused:
        task_transition(TaskStep.APPROVE, Question(state, ME, INITIATOR), ME, None)

    assert refused.value.exit_code == status


@pytest.mark.parametrize("step", [TaskStep.REMARK, TaskStep.REWORK])
def test_remarks_and_rework_need_a_comment(step: TaskStep) -> None:
    with pytest.raises(CommentWanted):
        task_transition(step, Question(TaskState.ASKED, ME, INITIATOR), ME, None)


def test_nobody_approves_his_own_document_in_the_place_of_another_either() -> None:
    for employee in (INITIATOR, ABSENT):
        question = Question(TaskState.ASKED, employee, INITIATOR)
        with pytest.raises(OwnApproval):
            task_transition(TaskStep.APPROVE, question, INITIATOR, None)


def test_a_mandatory_approver_is_not_skipped() -> None:
    question = Question(TaskState.ASKED, ME, INITIATOR, is_mandatory=True)

    with pytest.raises(MandatoryApprover):
        task_transition(TaskStep.REDIRECT, question, ME, None)
    assert task_transition(TaskStep.REPLACE, question, INITIATOR, None)


def asked(stage: int, place: int, state: TaskState, *, parallel: bool = True) -> Asked:
    return Asked(UUID(int=10 * stage + place), stage, place, state, parallel)


def test_a_parallel_stage_is_asked_at_once_and_the_next_one_after_it() -> None:
    waiting = [asked(0, 0, TaskState.WAITING), asked(0, 1, TaskState.WAITING)]
    later = asked(1, 0, TaskState.WAITING)

    assert next_asked([*waiting, later]) == [UUID(int=0), UUID(int=1)]
    half = [asked(0, 0, TaskState.APPROVED), asked(0, 1, TaskState.ASKED), later]
    assert next_asked(half) == []
    done = [asked(0, 0, TaskState.APPROVED), asked(0, 1, TaskState.REMARKS), later]
    assert next_asked(done) == [UUID(int=10)]
    assert next_asked([asked(0, 0, TaskState.APPROVED)]) == []


def test_a_sequential_stage_is_asked_one_by_one() -> None:
    first = asked(0, 0, TaskState.WAITING, parallel=False)
    second = asked(0, 1, TaskState.WAITING, parallel=False)

    assert next_asked([second, first]) == [UUID(int=0)]
    assert next_asked([asked(0, 0, TaskState.ASKED, parallel=False), second]) == []
    assert next_asked([asked(0, 0, TaskState.APPROVED, parallel=False), second]) == [UUID(int=1)]


@pytest.mark.parametrize(
    ("agreement", "again"),
    [
        (Agreement(TaskState.APPROVED, False, False), False),
        (Agreement(TaskState.REMARKS, False, False), False),
        (Agreement(TaskState.REMARKS, True, False), True),
        (Agreement(TaskState.REWORK, False, False), True),
        (Agreement(TaskState.STOPPED, False, True), True),
        (Agreement(TaskState.APPROVED, False, False, (False,)), True),
        (Agreement(TaskState.APPROVED, False, False, (True,)), True),
        (Agreement(TaskState.APPROVED, False, True, (True, True)), False),
        (Agreement(TaskState.APPROVED, False, True, (True, False)), True),
    ],
)
def test_who_is_asked_again(agreement: Agreement, again: bool) -> None:
    assert is_asked_again(agreement, everybody=False) is again
    assert is_asked_again(agreement, everybody=True)
