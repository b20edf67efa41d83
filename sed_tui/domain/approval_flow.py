"""The flow of an approval: decisions of people, rounds, and what a new version voids.

Sources: rules §1.12. A step that is not in `TASK_FLOW` is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors.approvals import (
    AlreadyDecided,
    CommentWanted,
    MandatoryApprover,
    NotAskedYet,
    OwnApproval,
    TaskOver,
)
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


class RunState(StrEnum):
    """How far an approval is."""

    RUNNING = "running"
    REWORK = "rework"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"
    """What follows the approval is done as well: signed, registered, dispatched …"""


class TaskState(StrEnum):
    """What became of the question to one person in one round."""

    WAITING = "waiting"
    """His turn has not come."""
    ASKED = "asked"
    APPROVED = "approved"
    REMARKS = "approved_with_remarks"
    REWORK = "sent_back"
    REDIRECTED = "redirected"
    STOPPED = "stopped"
    """The round ended before he decided."""
    SKIPPED = "skipped_late"
    """He was late, and need not be waited for."""


class TaskStep(StrEnum):
    """What happens to a question."""

    ASK = "ask"
    APPROVE = "approve"
    REMARK = "remark"
    REWORK = "rework"
    REDIRECT = "redirect"
    REPLACE = "replace"
    """The initiator names another in place of one who has left."""
    STOP = "stop"
    SKIP = "skip"


class ApprovalScope(StrEnum):
    """Whose questions are listed."""

    MINE = "mine"
    SUBSTITUTED = "substituted"
    STARTED = "started"
    """Those about documents that one put on approval."""


class AnswerState(StrEnum):
    """What the initiator does about a remark."""

    OPEN = "open"
    ACCEPTED = "taken"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TaskTransition:
    """One row of the flow of a question."""

    step: TaskStep
    source: TaskState
    target: TaskState
    rule: str
    needs_comment: bool = False


_S = TaskState
_T = TaskStep
TASK_FLOW = (
    TaskTransition(_T.ASK, _S.WAITING, _S.ASKED, "the turn of the stage and of the person"),
    TaskTransition(_T.APPROVE, _S.ASKED, _S.APPROVED, "the version seen is the last"),
    TaskTransition(_T.REMARK, _S.ASKED, _S.REMARKS, "a comment is obligatory", True),
    TaskTransition(_T.REWORK, _S.ASKED, _S.REWORK, "a comment is obligatory", True),
    TaskTransition(_T.REDIRECT, _S.ASKED, _S.REDIRECTED, "never by a mandatory approver"),
    TaskTransition(_T.REPLACE, _S.ASKED, _S.REDIRECTED, "the approver has left"),
    TaskTransition(_T.SKIP, _S.ASKED, _S.SKIPPED, "late, and not obligatory"),
    TaskTransition(_T.STOP, _S.WAITING, _S.STOPPED, "the round is over"),
    TaskTransition(_T.STOP, _S.ASKED, _S.STOPPED, "the round is over"),
)
AGREED = frozenset({TaskState.APPROVED, TaskState.REMARKS})
UNDECIDED = frozenset({TaskState.WAITING, TaskState.ASKED})


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a person, as far as the flow asks."""

    state: TaskState
    employee: UUID
    initiator: UUID
    is_mandatory: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a round as the turn needs it; `place` orders it within its stage."""

    key: UUID
    stage: int
    place: int
    state: TaskState
    is_parallel: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a person last decided, and what may void it.

    `later_versions` tells of each version since whether it is immaterial.
    """

    state: TaskState
    to_check: bool
    keeps_immaterial: bool
    later_versions: tuple[bool, ...] = ()


def task_transition(
    step: TaskStep, question: Question, actor: UUID, comment: str | None
) -> TaskTransition:
    """Return the row that a decision takes.

    Raises `OwnApproval`, `AlreadyDecided`, `NotAskedYet`, `TaskOver`, `CommentWanted`,
    `MandatoryApprover`.
    """
    row = next((r for r in TASK_FLOW if (r.step, r.source) == (step, question.state)), None)
    if row is None:
        raise _refused(question.state)
    is_own = question.initiator in {actor, question.employee}
    if step in DECISIONS and is_own:
        raise OwnApproval
    if row.needs_comment and not comment:
        raise CommentWanted(field="comment")
    if step in {TaskStep.REDIRECT, TaskStep.SKIP} and question.is_mandatory:
        raise MandatoryApprover
    return row


def next_asked(questions: Iterable[Asked]) -> list[UUID]:
    """Return whose turn comes: a whole parallel stage at once, a sequential one by one.

    Nothing, while somebody of the stage still has to decide in turn, or when all is decided.
    """
    undecided = [one for one in questions if one.state in UNDECIDED]
    if not undecided:
        return []
    stage = min(one.stage for one in undecided)
    here = sorted((one for one in undecided if one.stage == stage), key=lambda one: one.place)
    waiting = [one.key for one in here if one.state is TaskState.WAITING]
    if here[0].is_parallel:
        return waiting
    return [] if any(one.state is TaskState.ASKED for one in here) else waiting[:1]


def is_asked_again(last: Agreement, *, everybody: bool) -> bool:
    """Tell whether a person is asked in the next round.

    Those who did not agree, those whose remarks are to be checked, all when the initiator
    says so; and those whose agreement a later version voided: any that is not immaterial,
    and in stages that keep nothing any at all.
    """
    if everybody or last.state not in AGREED:
        return True
    if last.state is TaskState.REMARKS and last.to_check:
        return True
    kept = last.keeps_immaterial
    return any(not (kept and is_immaterial) for is_immaterial in last.later_versions)


def _refused(state: TaskState) -> Exception:
    if state is TaskState.WAITING:
        return NotAskedYet()
    is_over = state in {TaskState.STOPPED, TaskState.SKIPPED}
    return TaskOver() if is_over else AlreadyDecided()


DECISIONS = (TaskStep.APPROVE, TaskStep.REMARK, TaskStep.REWORK, TaskStep.REDIRECT)
RUN_TITLES = {
    RunState.RUNNING: N_("on approval"),
    RunState.REWORK: N_("on rework"),
    RunState.APPROVED: N_("is approved"),
    RunState.WITHDRAWN: N_("withdrawn"),
    RunState.COMPLETED: N_("has gone its whole way"),
}
TASK_TITLES = {
    TaskState.WAITING: N_("waits for its turn"),
    TaskState.ASKED: N_("is asked"),
    TaskState.APPROVED: N_("agreed"),
    TaskState.REMARKS: N_("agreed with remarks"),
    TaskState.REWORK: N_("sent back for rework"),
    TaskState.REDIRECTED: N_("redirected"),
    TaskState.STOPPED: N_("not decided"),
    TaskState.SKIPPED: N_("skipped as late"),
}
ANSWER_TITLES = {
    AnswerState.OPEN: N_("not answered"),
    AnswerState.ACCEPTED: N_("taken into account"),
    AnswerState.REJECTED: N_("rejected"),
}
