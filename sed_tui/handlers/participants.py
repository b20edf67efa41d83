"""Who takes part in a document, hence sees it whatever the role."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.participant import ParticipantTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from sed_tui.handlers.work import Work


def add_participants(
    work: Work, document_id: UUID, capacity: str, employees: Iterable[UUID | None]
) -> None:
    """Let people see a document in a capacity: registrar, addressee, executor, author."""
    add_to_document(work, document_id, {capacity: employees})


def add_to_document(
    work: Work, document_id: UUID, people: Mapping[str, Iterable[UUID | None]]
) -> None:
    """Let people see a document, each in his capacity."""
    rows = [
        {
            "document_id": document_id,
            "employee_id": employee,
            "capacity": capacity,
            "organization_id": work.organization_id,
        }
        for capacity, employees in people.items()
        for employee in dict.fromkeys(employees)
        if employee is not None
    ]
    if rows:
        _added(work.db.dialect.name).run_each(work.db, rows)


@cache
def _added(dialect: str) -> Prepared:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(ParticipantTable).on_conflict_do_nothing()
    return Prepared(statement, ("document_id", "employee_id", "capacity", "organization_id"))
