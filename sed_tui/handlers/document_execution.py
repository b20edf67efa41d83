"""The axes of a document that follow from its assignments: execution and control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlmodel import col

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.flows import Control, Execution, Lifecycle
from sed_tui.errors.assignments import DocumentCancelled
from sed_tui.handlers.approval_following import follow_route
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work


def lock_for_assignments(work: Work, document_id: UUID) -> None:
    """Hold the card until the end of the transaction. Raises `DocumentCancelled`."""
    lifecycle = work.db.scalar(
        select(col(DocumentTable.lifecycle))
        .where(col(DocumentTable.id) == document_id)
        .with_for_update()
    )
    if lifecycle == Lifecycle.CANCELLED:
        raise DocumentCancelled(field="document")


def follow_assignments(work: Work, document_id: UUID) -> None:
    """Set execution and control as the document's assignments stand now, then go on.

    A route that waits for a control to end goes on with the next stage.

    The card's row is locked first: of two last reports accepted at once, the second
    must see the first.
    """
    before = work.db.execute(
        select(col(DocumentTable.execution), col(DocumentTable.control))
        .where(col(DocumentTable.id) == document_id)
        .with_for_update()
    ).one()
    still_open, on_control, executed = _counted(work, document_id)
    execution = Execution.IN_WORK
    if not still_open:
        execution = Execution.EXECUTED if executed else Execution.STOPPED
    control = _control(Control(before.control), watched=on_control > 0)
    if (execution, control) != (before.execution, before.control):
        after = {"execution": execution.value, "control": control.value}
        work.db.execute(
            update(DocumentTable)
            .where(col(DocumentTable.id) == document_id)
            .values(version=col(DocumentTable.version) + 1, **after)
        )
        work.record("execution", "document", document_id, dict(before._mapping), after)
    follow_route(work, document_id)


def _control(before: Control, *, watched: bool) -> Control:
    if watched:
        return before if before is Control.SPECIAL else Control.CONTROL
    return Control.NONE if before is Control.NONE else Control.RELEASED


def _counted(work: Work, document_id: UUID) -> tuple[int, int, int]:
    """Return how many assignments are open, how many of these on control, how many executed."""
    is_open = col(AssignmentTable.closed_at).is_(None)
    row = work.db.execute(
        select(
            func.count().filter(is_open),
            func.count().filter(is_open, col(AssignmentTable.control).in_(("control", "special"))),
            func.count().filter(col(AssignmentTable.state) == AssignmentState.EXECUTED.value),
        ).where(col(AssignmentTable.document_id) == document_id)
    ).one()
    return row[0], row[1], row[2]
