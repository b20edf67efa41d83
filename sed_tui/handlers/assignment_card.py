"""One assignment with its people, its term and its history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.term_explanation import tell
from sed_tui.errors.assignments import NotYourPart, OwnReport, ProofNeeded, WrongState
from sed_tui.handlers.assignment_rows import AUTHOR, CLERK, EXECUTOR, assignment_rows, shown_row
from sed_tui.handlers.assignment_steps import may_take
from sed_tui.operations.assignment import AssignmentCard, AssignmentEvent
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_event import AssignmentEventTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.assignment_steps import Current
    from sed_tui.handlers.work import Work

_A = AssignmentTable
_MORE = (
    _A.version,
    _A.co_due,
    _A.nominal_due,
    _A.term,
    _A.explanation,
    _A.report_text,
    _A.closed_at,
)


def assignment_card(work: Work, current: Current) -> AssignmentCard:
    """Return everything about an assignment that was found already."""
    row = work.db.execute(
        assignment_rows(
            *map(col, _MORE),
            AUTHOR.c.login.label("author_login"),
            EXECUTOR.c.login.label("executor_login"),
            CLERK.c.full_name.label("clerk"),
        )
        .join(CLERK, CLERK.c.id == col(_A.entered_by))
        .where(col(_A.id) == current.id)
    ).one()
    return AssignmentCard(
        **shown_row(work, row),
        version=row.version,
        author_login=row.author_login,
        executor_login=row.executor_login,
        entered_by=row.clerk,
        co_executors=_co_executors(work, current.id),
        co_due=row.co_due,
        nominal_due=row.nominal_due,
        term=row.term,
        explanation=tell(json.loads(row.explanation)),
        report_text=row.report_text,
        reported_on=row.reported_on,
        closed_at=row.closed_at,
        steps=_possible_steps(work, current),
        history=_history(work, current.id),
    )


def _possible_steps(work: Work, current: Current) -> list[str]:
    steps = []
    for step in (Step.REPORT, Step.ACCEPT, Step.RETURN):
        try:
            may_take(work, current, step)
        except (NotYourPart, OwnReport, ProofNeeded, WrongState):
            continue
        if work.actor.may(f"assignment.{step}"):
            steps.append(step.value)
    return steps


def _co_executors(work: Work, assignment_id: UUID) -> list[str]:
    query = (
        select(col(EmployeeTable.full_name))
        .join(CoExecutorTable, col(CoExecutorTable.employee_id) == col(EmployeeTable.id))
        .where(col(CoExecutorTable.assignment_id) == assignment_id)
        .order_by(col(EmployeeTable.folded_name), col(EmployeeTable.id))
    )
    return list(work.db.scalars(query))


def _history(work: Work, assignment_id: UUID) -> list[AssignmentEvent]:
    event = AssignmentEventTable
    rows: Any = work.db.execute(
        select(
            *map(col, (event.at, event.event, event.state, event.due, event.text)),
            col(EmployeeTable.full_name).label("actor"),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(event.actor_id))
        .where(col(event.assignment_id) == assignment_id)
        .order_by(col(event.version))
    ).mappings()
    return [AssignmentEvent.model_validate(dict(row)) for row in rows]
