"""What hangs on a card: addressees, files, assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.handlers.assignment_rows import assignment_rows, visible_text
from sed_tui.operations.document import CardAssignment, CardFile
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.participant import AddresseeTable

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
    rows = work.db.execute(
        assignment_rows()
        .where(col(AssignmentTable.document_id) == document_id)
        .order_by(col(AssignmentTable.issued_at), col(AssignmentTable.id))
    )
    return [
        CardAssignment(
            id=row.id,
            text=visible_text(work, row),
            author=row.author,
            executor=row.executor,
            due=row.due,
            state=row.state,
        )
        for row in rows
    ]
