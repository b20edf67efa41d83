"""What an assignment has brought about: documents of the organization, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.file_name import checked_name
from sed_tui.domain.flows import Confidentiality
from sed_tui.errors import NotFound
from sed_tui.errors.files import SeveralFiles
from sed_tui.errors.registration import OfficialUseFile
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.references import find_document
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_result import GetResult, ResultFile
from sed_tui.storage.tables.assignment_outcome import AssignmentResultTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work
    from sed_tui.operations.file import FileContent


def attach_results(
    work: Work, current: Current, documents: Iterable[str], files: Sequence[FileContent]
) -> dict[str, Any]:
    """Store results and return what the audit trail tells of them.

    Raises what `find_document` raises, `BadFileName`, `NothingStaged`, and
    `OfficialUseFile` for a file to a document for official use.
    """
    found = [find_document(work, text, "results") for text in documents]
    if files:
        _require_open_document(work, current.document_id)
    rows: list[dict[str, Any]] = [{"document_id": one.id} for one in found]
    for file in files:
        content = work.files.staged(file.token)
        rows.append(
            {
                "name": checked_name(file.name),
                "sha256": content.sha256,
                "size": content.size,
                "media_type": content.description.media_type,
            }
        )
        work.keep(content)
    for row in rows:
        _insert(work, current.id, row)
    told = [one.number or str(one.id) for one in found] + [
        row["name"] for row in rows[len(found) :]
    ]
    return {"results": told} if told else {}


def get_result(work: Work, request: GetResult) -> ResultFile:
    """Return the file that is meant, the last of its name.

    Raises `NotFound` and `SeveralFiles`.
    """
    current = find_assignment(work, request.assignment)
    rows = [row for row in results_of(work, current.id) if row.sha256 is not None]
    named = [row for row in rows if request.name in {None, row.name}]
    if not named:
        raise NotFound(field="name", kind=_(N_("File")), key=request.name or "")
    if len({row.name for row in named}) > 1:
        raise SeveralFiles(field="name", names=", ".join(sorted({row.name for row in named})))
    row = named[-1]
    return ResultFile(
        name=row.name,
        size=row.size,
        media_type=row.media_type,
        sha256=row.sha256,
        added_at=row.added_at,
    )


def results_of(work: Work, assignment_id: UUID) -> list[Row[*tuple[Any, ...]]]:
    """Return the rows of all results, the first first, with numbers of documents the actor sees."""
    result, seen = AssignmentResultTable, visible_documents(work.actor)
    return list(
        work.db.execute(
            select(
                *map(col, (result.name, result.size, result.media_type, result.sha256)),
                *map(col, (result.added_at, DocumentTable.number)),
                col(DocumentTable.id).label("document_id"),
                col(EmployeeTable.full_name).label("added_by"),
            )
            .join(EmployeeTable, col(EmployeeTable.id) == col(result.added_by))
            .outerjoin(DocumentTable, (col(DocumentTable.id) == col(result.document_id)) & seen)
            .where(col(result.assignment_id) == assignment_id)
            .order_by(col(result.added_at), col(result.id))
        )
    )


def _insert(work: Work, assignment_id: UUID, row: dict[str, Any]) -> None:
    work.db.execute(
        insert(AssignmentResultTable).values(
            id=uuid4(),
            organization_id=work.organization_id,
            assignment_id=assignment_id,
            added_at=work.now,
            added_by=work.actor.employee_id,
            **row,
        )
    )


def _require_open_document(work: Work, document_id: UUID | None) -> None:
    if document_id is None:
        return
    query = select(col(DocumentTable.confidentiality)).where(col(DocumentTable.id) == document_id)
    if work.db.scalar(query) != Confidentiality.NONE:
        raise OfficialUseFile(field="files")
