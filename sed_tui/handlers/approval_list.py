"""Queues of approval: what waits for one's decision, and what is late."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, tuple_, update
from sqlmodel import col

from sed_tui.domain.approval_flow import ApprovalScope, TaskState
from sed_tui.handlers.approval_following import reference_of
from sed_tui.handlers.approval_lateness import days_late, tell_late
from sed_tui.handlers.approval_run import advance, hold_run
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.approval_list import (
    ApprovalPage,
    ApprovalRow,
    EscalateApprovals,
    Escalated,
    ListApprovals,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.approval import ApprovalRunTable, ApprovalTaskTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.draft import DraftTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from sed_tui.handlers.work import Work

_RUN, _TASK = ApprovalRunTable, ApprovalTaskTable
_EMPLOYEES: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
_APPROVER, _INITIATOR = map(_EMPLOYEES.alias, ("approver", "initiator"))


def list_approvals(work: Work, request: ListApprovals) -> ApprovalPage:
    """Return a page of questions that wait for a decision, the first asked first."""
    key = (col(_TASK.asked_at), col(_TASK.id))
    query = _rows().where(
        col(_TASK.organization_id) == work.organization_id,
        col(_TASK.state) == TaskState.ASKED.value,
        _of(work, request.scope),
    )
    if request.after is not None:
        place: Any = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) > place)
    rows = work.db.execute(query.order_by(*key).offset(request.skip).limit(request.limit + 1)).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return ApprovalPage(
        rows=[_row(work, row) for row in rows[: request.limit]],
        next=encode_cursor(last.asked_at, last.task_id) if last else None,
    )


def escalate_approvals(work: Work, request: EscalateApprovals) -> Escalated:
    """Write of stages that late to whom the route says, else to heads; once for each."""
    told = tell_late(work, request.days)
    skipped = sum(_skip(work, row) for row in _overdue(work))
    return Escalated(
        late=told.late, letters=told.letters, without_address=len(told.unheard), skipped=skipped
    )


def _skip(work: Work, row: Any) -> bool:
    """Go on without an approver who is later than his stage waits; never an obligatory one."""
    if row.skip_after is None or row.is_mandatory or days_late(work, row.due) <= row.skip_after:
        return False
    run = hold_run(work, reference_of(work, row.document_id))
    skipped = work.db.execute(
        update(_TASK)
        .where(col(_TASK.id) == row.id, col(_TASK.state) == TaskState.ASKED.value)
        .values(state=TaskState.SKIPPED.value, decided_at=work.now)
    )
    if skipped.rowcount == 0:
        return False
    after = {"employee_id": row.employee_id, "result": TaskState.SKIPPED.value, "round": run.round}
    work.record("approval_skip", "document", row.document_id, None, after)
    advance(work, run)
    return True


def _rows() -> Select[*tuple[Any, ...]]:
    document = DocumentTable
    return (
        select(
            col(_TASK.id).label("task_id"),
            *map(col, (_TASK.document_id, _TASK.kind, _TASK.round, _TASK.asked_at, _TASK.due)),
            col(_TASK.stage_name).label("stage"),
            *map(col, (document.flow, document.subject)),
            col(DraftTable.version),
            _APPROVER.c.full_name.label("approver"),
            _INITIATOR.c.full_name.label("initiator"),
        )
        .join(_RUN, col(_RUN.id) == col(_TASK.run_id))
        .join(document, col(document.id) == col(_TASK.document_id))
        .join(DraftTable, col(DraftTable.document_id) == col(_TASK.document_id))
        .join(_APPROVER, _APPROVER.c.id == col(_TASK.employee_id))
        .join(_INITIATOR, _INITIATOR.c.id == col(_RUN.initiator_id))
    )


def _of(work: Work, scope: ApprovalScope) -> ColumnElement[bool]:
    match scope:
        case ApprovalScope.MINE:
            return col(_TASK.employee_id) == work.actor.employee_id
        case ApprovalScope.SUBSTITUTED:
            return col(_TASK.employee_id).in_(sorted(work.actor.approves_for))
        case ApprovalScope.STARTED:
            return col(_RUN.initiator_id) == work.actor.employee_id


def _row(work: Work, row: Any) -> ApprovalRow:
    is_overdue = row.due is not None and row.due < work.today
    return ApprovalRow(**row._mapping, short_id=short_id(row.document_id), is_overdue=is_overdue)


def _overdue(work: Work) -> list[Any]:
    return list(
        work.db.execute(
            select(
                *map(col, (_TASK.id, _TASK.document_id, _TASK.employee_id, _TASK.due)),
                *map(col, (_TASK.skip_after, _TASK.is_mandatory)),
            )
            .where(
                col(_TASK.organization_id) == work.organization_id,
                col(_TASK.state) == TaskState.ASKED.value,
                col(_TASK.due) < work.today,
            )
            .order_by(col(_TASK.due), col(_TASK.id))
        )
    )
