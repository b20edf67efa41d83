"""What hangs on an assignment: contributions, results, requests, history, its chain of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.handlers.assignment_result import results_of
from sed_tui.operations.assignment import (
    AssignmentEvent,
    AssignmentResult,
    Contribution,
    ExtensionRow,
    StatusRow,
    TermChange,
)
from sed_tui.storage.names import find_people
from sed_tui.storage.tables.assignment_event import AssignmentEventTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable
from sed_tui.storage.tables.assignment_request import ExtensionRequestTable, StatusRequestTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work


def contributions(work: Work, assignment_id: UUID) -> list[Contribution]:
    """Return the co-executors by name, with what they have handed in."""
    helps = CoExecutorTable
    rows: Any = work.db.execute(
        select(
            col(EmployeeTable.full_name).label("name"),
            col(EmployeeTable.login),
            col(helps.state),
            col(helps.report_text).label("text"),
            col(helps.reported_at),
        )
        .join(helps, col(helps.employee_id) == col(EmployeeTable.id))
        .where(col(helps.assignment_id) == assignment_id)
        .order_by(col(EmployeeTable.folded_name), col(EmployeeTable.id))
    ).mappings()
    return [Contribution.model_validate(dict(row)) for row in rows]


def results(work: Work, assignment_id: UUID) -> list[AssignmentResult]:
    """Return the documents and files that the assignment has brought about."""
    return [
        AssignmentResult(
            document_id=row.document_id,
            document_number=row.number,
            name=row.name,
            size=row.size,
            sha256=row.sha256,
            added_at=row.added_at,
            added_by=row.added_by,
        )
        for row in results_of(work, assignment_id)
    ]


def extensions(work: Work, assignment_id: UUID) -> list[ExtensionRow]:
    """Return every request for a later term, the first first."""
    table = ExtensionRequestTable
    rows = _all(work, table, col(table.assignment_id) == assignment_id, table.requested_at)
    people = ("requested_by", "decided_by")
    return [ExtensionRow.model_validate(row) for row in _with_names(work, rows, people)]


def status_requests(work: Work, assignment_id: UUID) -> list[StatusRow]:
    """Return every question in mid-term, the first first."""
    table = StatusRequestTable
    rows = _all(work, table, col(table.assignment_id) == assignment_id, table.asked_at)
    people = ("asked_by", "answered_by")
    return [StatusRow.model_validate(row) for row in _with_names(work, rows, people)]


def history(work: Work, assignment_id: UUID) -> list[AssignmentEvent]:
    """Return every step, the first first."""
    table = AssignmentEventTable
    rows = _all(work, table, col(table.assignment_id) == assignment_id, table.version)
    for row in rows:
        row["actor"], row["executor"] = row["actor_id"], row["executor_id"]
    people = ("actor", "executor", "on_behalf_of")
    return [AssignmentEvent.model_validate(row) for row in _with_names(work, rows, people)]


def terms_of(events: list[AssignmentEvent]) -> list[TermChange]:
    """Return every term that ever held: who set it, by which step, and why.

    A later term granted without a word of the giver's was given for the executor's reason.
    """
    changes: list[TermChange] = []
    asked: str | None = None
    for event in events:
        asked = event.text if event.event == Step.EXTEND else asked
        if changes and changes[-1].due == event.due:
            continue
        changes.append(
            TermChange(
                due=event.due,
                since=event.at,
                event=event.event,
                actor=event.actor,
                on_behalf_of=event.on_behalf_of,
                reason=event.text or (asked if event.event == Step.GRANT else None),
            )
        )
    return changes


def names_of(work: Work, people: Collection[UUID]) -> dict[UUID, str]:
    """Return the full names of people."""
    return {row.id: row.full_name for row in find_people(work.db, people)}


def _all(
    work: Work, table: Any, condition: ColumnElement[bool], order: Any
) -> list[dict[str, Any]]:
    query = select(table.__table__).where(condition).order_by(col(order), col(table.id))
    return [dict(row) for row in work.db.execute(query).mappings()]


def _with_names(
    work: Work, rows: list[dict[str, Any]], fields: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Put names in the place of the ids of people."""
    people = {row[field] for row in rows for field in fields} - {None}
    names = names_of(work, people)
    return [{**row, **{field: names.get(row[field]) for field in fields}} for row in rows]
