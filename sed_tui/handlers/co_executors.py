"""Co-executors and observers of an assignment: set, and changed to other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlmodel import col

from sed_tui.storage.tables.assignment_people import CoExecutorTable, ObserverTable

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sed_tui.handlers.work import Work

Helpers = type[CoExecutorTable] | type[ObserverTable]


def helpers_of(work: Work, assignment_id: UUID, table: Helpers) -> list[UUID]:
    """Return who helps or observes, in a stable order."""
    query = select(col(table.employee_id)).where(col(table.assignment_id) == assignment_id)
    return list(work.db.scalars(query.order_by(col(table.employee_id))))


def change_helpers(
    work: Work, assignment_id: UUID, table: Helpers, wanted: Collection[UUID]
) -> None:
    """Set who helps or observes; who stays keeps what he has contributed."""
    there = set(helpers_of(work, assignment_id, table))
    gone = there.difference(wanted)
    if gone:
        work.db.execute(
            delete(table).where(
                col(table.assignment_id) == assignment_id, col(table.employee_id).in_(gone)
            )
        )
    add_helpers(work, assignment_id, table, [who for who in wanted if who not in there])


def add_helpers(work: Work, assignment_id: UUID, table: Helpers, people: Collection[UUID]) -> None:
    """Add people who are not among the helpers or observers yet."""
    rows = [
        {
            "assignment_id": assignment_id,
            "employee_id": person,
            "organization_id": work.organization_id,
        }
        for person in people
    ]
    if rows:
        work.db.execute(insert(table), rows)
