"""The stages after approvals as they are shown: on the sheet, and in a person's queue."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlmodel import col

from sed_tui.domain.route_following import StepState
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.approval import StepRow
from sed_tui.operations.approval_steps import ListSteps, NextStep, NextSteps
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.approval import (
    ApprovalRunTable,
    ApprovalStepPersonTable,
    ApprovalStepTable,
)
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_RUN, _STEP, _PERSON = ApprovalRunTable, ApprovalStepTable, ApprovalStepPersonTable


def list_steps(work: Work, request: ListSteps) -> NextSteps:
    """Return a page of stages in which one is to act, or whom one stands in for."""
    key = (col(_STEP.opened_at), col(_STEP.id))
    mine = select(col(_PERSON.step_id)).where(
        col(_PERSON.employee_id).in_([work.actor.employee_id, *sorted(work.actor.approves_for)])
    )
    query = _rows().where(
        col(_STEP.organization_id) == work.organization_id,
        col(_STEP.state) == StepState.OPEN.value,
        col(_STEP.id).in_(mine),
    )
    if request.after is not None:
        place: Any = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) > place)
    rows = work.db.execute(query.order_by(*key).offset(request.skip).limit(request.limit + 1)).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return NextSteps(
        rows=[_row(work, row) for row in rows[: request.limit]],
        next=encode_cursor(last.opened_at, last.step_id) if last else None,
    )


def steps_of(work: Work, run_id: UUID) -> list[StepRow]:
    """Return the stages after an approval in their order, given up ones as well."""
    rows = work.db.execute(
        select(_STEP.__table__)  # type: ignore[attr-defined]
        .where(col(_STEP.run_id) == run_id)
        .order_by(col(_STEP.round), col(_STEP.place))
    ).all()
    people = _people(work, [row.id for row in rows])
    named = ("kind", "state", "opened_at", "due", "finished_at", "note")
    return [
        StepRow(
            stage=row.name,
            people=people.get(row.id, []),
            **{name: getattr(row, name) for name in named},
        )
        for row in rows
    ]


def _people(work: Work, steps: list[UUID]) -> dict[UUID, list[str]]:
    person = EmployeeTable
    rows = work.db.execute(
        select(col(_PERSON.step_id), col(person.full_name))
        .join(person, col(person.id) == col(_PERSON.employee_id))
        .where(col(_PERSON.step_id).in_(steps))
        .order_by(col(person.folded_name))
    )
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.step_id, []).append(row.full_name)
    return found


def _rows() -> Any:
    document = DocumentTable
    return (
        select(
            col(_STEP.id).label("step_id"),
            *map(col, (_STEP.document_id, _STEP.kind, _STEP.opened_at, _STEP.due, _STEP.note)),
            col(_STEP.name).label("stage"),
            *map(col, (document.flow, document.subject, document.number)),
            col(EmployeeTable.full_name).label("initiator"),
        )
        .join(_RUN, col(_RUN.id) == col(_STEP.run_id))
        .join(document, col(document.id) == col(_STEP.document_id))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_RUN.initiator_id))
    )


def _row(work: Work, row: Any) -> NextStep:
    is_overdue = row.due is not None and row.due < work.today
    return NextStep(**row._mapping, short_id=short_id(row.document_id), is_overdue=is_overdue)
