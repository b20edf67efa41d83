"""What hangs on a card: addressees, files, assignments."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, or_, select
from sqlmodel import col

from sed_tui.handlers.assignment_rows import assignment_rows, visible_text
from sed_tui.operations.document import CardAssignment, CardFile
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.link import LinkTable
from sed_tui.storage.tables.participant import AddresseeTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from sed_tui.handlers.work import Work


def hanging_on(document_id: ColumnElement[UUID]) -> list[ColumnElement[bool]]:
    """Return columns that tell of each part whether there is one: a look into an index each."""
    link = LinkTable
    there = {
        "has_files": [col(FileTable.document_id) == document_id],
        "has_assignments": [col(AssignmentTable.document_id) == document_id],
        "has_links": [col(link.source_id) == document_id, col(link.target_id) == document_id],
    }
    return [or_(*(exists().where(one) for one in ones)).label(name) for name, ones in there.items()]


def addressees_of(work: Work, document_id: UUID) -> list[str]:
    """Return the names of the outside addressees in their order."""
    return list(work.db.scalars(_addressees(), {"on_document": document_id}))


def files_of(work: Work, document_id: UUID) -> list[CardFile]:
    """Return every version of every file, main ones first."""
    rows = work.db.execute(_files(), {"on_document": document_id}).mappings()
    return [CardFile.model_validate(dict(row)) for row in rows]


def assignments_of(work: Work, document_id: UUID) -> list[CardAssignment]:
    """Return the assignments issued on the document, in the order of issue."""
    return [
        CardAssignment(
            id=row.id,
            text=visible_text(work, row),
            author=row.author,
            executor=row.executor,
            due=row.due,
            state=row.state,
        )
        for row in work.db.execute(_assignments(), {"on_document": document_id})
    ]


# each query is built once: making them anew was half of what a card cost
@cache
def _addressees() -> Select[str]:
    return (
        select(col(CorrespondentTable.name))
        .join(AddresseeTable, col(AddresseeTable.correspondent_id) == col(CorrespondentTable.id))
        .where(col(AddresseeTable.document_id) == bindparam("on_document"))
        .order_by(col(AddresseeTable.position))
    )


@cache
def _files() -> Select[*tuple[Any, ...]]:
    table = FileTable
    return (
        select(
            *map(col, (table.id, table.role, table.name, table.version, table.size)),
            *map(col, (table.media_type, table.sha256, table.text_state)),
        )
        .where(col(table.document_id) == bindparam("on_document"))
        .order_by(col(table.role).desc(), col(table.name), col(table.version))
    )


@cache
def _assignments() -> Select[*tuple[Any, ...]]:
    return (
        assignment_rows()
        .where(col(AssignmentTable.document_id) == bindparam("on_document"))
        .order_by(col(AssignmentTable.issued_at), col(AssignmentTable.id))
    )
