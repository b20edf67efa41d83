"""What hangs on a card: addressees, files, assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.operations.document import CardAssignment, CardFile
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import AddresseeTable, FileTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work


def addressees_of(work: Work, document_id: UUID) -> list[str]:
    """Return the names of the outside addressees in their order."""
    return list(
        work.db.scalars(
            select(col(CorrespondentTable.name))
            .join(
                AddresseeTable, col(AddresseeTable.correspondent_id) == col(CorrespondentTable.id)
            )
            .where(col(AddresseeTable.document_id) == document_id)
            .order_by(col(AddresseeTable.position))
        )
    )


def files_of(work: Work, document_id: UUID) -> list[CardFile]:
    """Return every version of every file, main ones first."""
    table = FileTable
    rows = work.db.execute(
        select(
            *map(col, (table.id, table.role, table.name, table.version, table.size)),
            *map(col, (table.media_type, table.sha256, table.text_state)),
        )
        .where(col(table.document_id) == document_id)
        .order_by(col(table.role).desc(), col(table.name), col(table.version))
    ).mappings()
    return [CardFile.model_validate(dict(row)) for row in rows]


def assignments_of(work: Work, document_id: UUID) -> list[CardAssignment]:
    """Return the assignments issued on the document, in the order of issue."""
    author, executor = (
        EmployeeTable.__table__.alias(name)  # type: ignore[attr-defined]
        for name in ("author", "executor")
    )
    table = AssignmentTable
    rows = work.db.execute(
        select(
            *map(col, (table.id, table.text, table.due, table.state)),
            author.c.full_name.label("author"),
            executor.c.full_name.label("executor"),
        )
        .join(author, author.c.id == col(table.author_id))
        .join(executor, executor.c.id == col(table.executor_id))
        .where(col(table.document_id) == document_id)
        .order_by(col(table.issued_at), col(table.id))
    ).mappings()
    return [CardAssignment.model_validate(dict(row)) for row in rows]
