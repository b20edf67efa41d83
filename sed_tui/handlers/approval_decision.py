"""A decision of one person about the version he saw, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, literal, select, update
from sqlmodel import col

from sed_tui.domain.approval_flow import (
    AnswerState,
    Question,
    TaskState,
    TaskStep,
    task_transition,
)
from sed_tui.domain.text import clean, optional
from sed_tui.errors.approvals import NotAnApprover
from sed_tui.errors.drafts import VersionOutdated
from sed_tui.handlers.approval_run import Run, hold_run
from sed_tui.handlers.assignment_steps import login_of
from sed_tui.handlers.draft_version import versions_of
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.references import find_document
from sed_tui.handlers.whole_files import require_whole
from sed_tui.storage.tables.approval import ApprovalRemarkTable, ApprovalTaskTable
from sed_tui.storage.tables.draft import DraftTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.work import Work
    from sed_tui.operations.approval import Decision, RemarkGiven

_TASK = ApprovalTaskTable
_REMARK = ApprovalRemarkTable
TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was taken: the approval, and the question it answered."""

    run: Run
    task: Any
    comment: str | None


def decide(
    work: Work,
    request: Decision,
    step: TaskStep,
    *,
    comment: str | None = None,
    remarks: Sequence[RemarkGiven] = (),
    to_check: bool = False,
) -> Decided:
    """Take a decision about the version seen, with its remarks.

    Raises `NotAnApprover`, `VersionOutdated`, and what the flow of a question refuses.
    """
    run = hold_run(work, find_document(work, request.document))
    task = _question(work, run, request.on_behalf_of)
    text = optional(comment, "comment", limit=TEXT_LIMIT, multiline=True)
    question = Question(
        TaskState(task.state), task.employee_id, run.initiator_id, task.is_mandatory
    )
    said = text or next((one.text for one in remarks if one.text.strip()), None)
    row = task_transition(step, question, work.actor.employee_id, said)
    settle(work, task, row.target, request.version, comment=text, to_check=to_check)
    if row.needs_comment:
        store_remarks(work, task, remarks or only_comment(text))
    record(work, run, task, row.target, request.version, text)
    return Decided(run, task, text)


def require_seen(work: Work, request: Decision) -> None:
    """Refuse a decision about bytes that are there no more. Raises `FileLost`, `FileDamaged`.

    Files are read before the decision is taken, so that no writer waits meanwhile.
    """
    document = find_document(work, request.document)
    for version in versions_of(work, document.id):
        if version.number == request.version:
            require_whole(work, document, version.files)


def settle(
    work: Work,
    task: Any,
    target: TaskState,
    version: int,
    *,
    comment: str | None,
    to_check: bool = False,
) -> None:
    """Write a decision where the version seen is still the last. Raises `VersionOutdated`."""
    last = (
        select(col(DraftTable.version))
        .where(col(DraftTable.document_id) == task.document_id)
        .scalar_subquery()
    )
    settled = work.db.execute(
        update(_TASK)
        .where(
            col(_TASK.id) == task.id,
            col(_TASK.state) == TaskState.ASKED.value,
            last == version,
        )
        .values(
            state=target.value,
            decided_by=work.actor.employee_id,
            decided_at=work.now,
            decided_on=work.today,
            draft_version=version,
            comment=comment,
            to_check=to_check,
        )
    )
    if settled.rowcount == 0:
        current = work.db.scalar(select(last))
        raise VersionOutdated(field="version", seen=version, current=current)


def record(
    work: Work, run: Run, task: Any, target: TaskState, version: int, comment: str | None
) -> None:
    """Put a decision into the trail, on whose behalf it was taken as well."""
    behalf = task.employee_id if task.employee_id != work.actor.employee_id else None
    after = {
        "state": target.value,
        "version": version,
        "round": task.round,
        "stage": task.stage_name,
        "comment": comment,
    }
    before = {"state": TaskState.ASKED.value}
    login = login_of(work, behalf)
    document = run.document.id
    work.record("approval_decision", "document", document, before, after, on_behalf_of=login)


def _question(work: Work, run: Run, on_behalf_of: str | None) -> Any:
    """Return the question that the actor may answer: his own before that of an absent one."""
    me = work.actor.employee_id
    people = [me, *sorted(work.actor.approves_for)]
    if on_behalf_of is not None:
        absent: UUID = find_colleague(work, on_behalf_of, "on_behalf_of").id
        people = [absent] if absent in people else []
    rows = work.db.execute(
        select(_TASK.__table__)  # type: ignore[attr-defined]
        .where(
            col(_TASK.run_id) == run.id,
            col(_TASK.round) == run.round,
            col(_TASK.employee_id).in_(people),
        )
        .order_by(col(_TASK.stage), col(_TASK.place))
    ).all()
    if not rows:
        raise NotAnApprover(name=work.actor.name)

    def rank(row: Any) -> tuple[bool, int]:
        return row.state != TaskState.ASKED.value, people.index(row.employee_id)

    return min(rows, key=rank)


def only_comment(text: str | None) -> Sequence[RemarkGiven]:
    """Return a comment as the one remark that it is."""
    from sed_tui.operations.approval import RemarkGiven

    return [RemarkGiven(text=text)] if text else []


def store_remarks(work: Work, task: Any, remarks: Sequence[RemarkGiven]) -> None:
    """Store remarks, numbered on within the document; the approval is held meanwhile."""
    columns = _REMARK.__table__.c  # type: ignore[attr-defined]
    for remark in remarks:
        row = {
            "id": uuid4(),
            "organization_id": work.organization_id,
            "document_id": task.document_id,
            "task_id": task.id,
            "text": clean(remark.text, "remarks", limit=TEXT_LIMIT, multiline=True),
            "clause": optional(remark.clause, "clause", limit=200),
            "answer_state": AnswerState.OPEN.value,
        }
        numbered = (
            select(
                *(literal(value, columns[name].type) for name, value in row.items()),
                func.coalesce(func.max(col(_REMARK.number)), 0) + 1,
            )
            .select_from(_REMARK)
            .where(col(_REMARK.document_id) == task.document_id)
        )
        work.db.execute(insert(_REMARK).from_select([*row, "number"], numbered))
