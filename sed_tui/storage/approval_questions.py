"""The questions that approvals put to people in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.storage.tables.approval import ApprovalRunTable, ApprovalTaskTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from sed_tui.domain.actor import Actor
    from sed_tui.storage.standing import People

_RUN, _TASK = ApprovalRunTable, ApprovalTaskTable
_EMPLOYEES: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
_APPROVER, _DECIDER, _INITIATOR = map(_EMPLOYEES.alias, ("approver", "decider", "initiator"))


def questions(
    actor: Actor, people: People, begin: datetime, end: datetime
) -> Select[*tuple[Any, ...]]:
    """Return the questions asked from `begin` to `end`, on documents that the actor sees."""
    task = (_TASK.id, _TASK.document_id, _TASK.round, _TASK.state, _TASK.asked_at, _TASK.due)
    decision = (_TASK.employee_id, _TASK.decided_by, _TASK.decided_at, _TASK.decided_on)
    document = (DocumentTable.number, DocumentTable.subject, DocumentTable.confidentiality)
    chosen = ((_TASK.employee_id, people.executors), (_RUN.initiator_id, people.authors))
    return (
        select(
            *map(col, (*task, *decision, *document)),
            col(_TASK.stage_name).label("stage"),
            col(_TASK.draft_version).label("seen"),
            _APPROVER.c.full_name.label("approver"),
            _DECIDER.c.full_name.label("decider"),
            _INITIATOR.c.full_name.label("initiator"),
        )
        .join(_RUN, col(_RUN.id) == col(_TASK.run_id))
        .join(DocumentTable, col(DocumentTable.id) == col(_TASK.document_id))
        .join(_APPROVER, _APPROVER.c.id == col(_TASK.employee_id))
        .outerjoin(_DECIDER, _DECIDER.c.id == col(_TASK.decided_by))
        .join(_INITIATOR, _INITIATOR.c.id == col(_RUN.initiator_id))
        .where(
            col(_TASK.organization_id) == actor.organization_id,
            visible_documents(actor),
            col(_TASK.asked_at).between(begin, end),
            *(col(key).in_(sorted(ids)) for key, ids in chosen if ids is not None),
        )
        .order_by(*map(col, (_TASK.asked_at, _TASK.document_id, _TASK.stage, _TASK.place)))
    )
