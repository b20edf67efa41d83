"""Files of a document: versions of bytes under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, insert, literal, select
from sqlmodel import col

from sed_tui.domain.file_name import checked_name
from sed_tui.domain.files import FileRole, TextState
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.media_type import fits_extension
from sed_tui.errors import NotFound
from sed_tui.errors.files import SameFileTwice, SeveralFiles
from sed_tui.errors.registration import OfficialUseFile
from sed_tui.handlers.draft_standing import lifecycle_of, require_no_draft
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.i18n import N_, _
from sed_tui.operations.file import (
    AddFile,
    FileContent,
    FileList,
    FileRow,
    FilesAdded,
    GetFile,
    ListFiles,
)
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable, FileTextTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.work import Work
    from sed_tui.storage.files import StagedContent


def attach_files(
    work: Work, document: DocumentReference, files: Sequence[FileContent]
) -> list[str]:
    """Store files as versions of a document and return what to look at.

    The bytes are kept when nothing can be refused any more. The caller indexes the
    document afterwards: the texts of its files are found with it. Signatures among them
    are verified. Raises `OfficialUseFile`, `SameFileTwice`, `BadFileName`, `NothingStaged`.
    """
    warnings = store_files(work, document, files)
    if any(file.role is FileRole.SIGNATURE for file in files):
        # 100 ms of cryptography, for signatures alone
        from sed_tui.handlers.signature_arrival import examine_arrived

        warnings += examine_arrived(work, document.id, [file.token for file in files])
    return warnings


def store_files(work: Work, document: DocumentReference, files: Sequence[FileContent]) -> list[str]:
    """Store files as `attach_files` does, without looking into signatures.

    Raises `SameFileTwice`.
    """
    _lock(work, document)
    digests = _last_digests(work, document)
    warnings: list[str] = []
    for file in files:
        name = checked_name(file.name)
        content = work.files.staged(file.token)
        if content.sha256 in digests:
            raise SameFileTwice(field="files", name=name, other=digests[content.sha256])
        digests[content.sha256] = name
        _store(work, document, name, file.role, content)
        warnings += _doubts(name, content)
    return warnings


def add_file(work: Work, request: AddFile) -> FilesAdded:
    """Add files to a document that is there already."""
    document = find_document(work, request.document)
    require_no_draft(lifecycle_of(work, document.id), _("its text"))
    known = {row.id for row in _rows(work, document)}
    warnings = attach_files(work, document, request.files)
    reindex_document(work, document)
    rows = [row for row in _rows(work, document) if row.id not in known]
    return FilesAdded(rows=rows, warnings=warnings)


def list_files(work: Work, request: ListFiles) -> FileList:
    """Return every version of every file."""
    return FileList(rows=_rows(work, find_document(work, request.document)))


def get_file(work: Work, request: GetFile) -> FileRow:
    """Return the version that is meant. Raises `NotFound` and `SeveralFiles`."""
    rows = _rows(work, find_document(work, request.document))
    if request.name is None:
        rows = [row for row in rows if row.role is FileRole.MAIN] or rows
        if len({row.name for row in rows}) > 1:
            names = ", ".join(dict.fromkeys(row.name for row in rows))
            raise SeveralFiles(field="name", names=names)
    for row in rows:
        if request.name in {None, row.name} and request.version in {None, row.version}:
            return row
    version = f", {request.version}" if request.version else ""
    raise NotFound(field="name", kind=_(N_("File")), key=f"{request.name or ''}{version}")


def _lock(work: Work, document: DocumentReference) -> None:
    """Make others who add files to the document wait: a version number is given once."""
    confidentiality = work.db.scalar(
        select(col(DocumentTable.confidentiality))
        .where(
            col(DocumentTable.id) == document.id,
            col(DocumentTable.organization_id) == work.organization_id,
        )
        .with_for_update()
    )
    if confidentiality != Confidentiality.NONE:
        raise OfficialUseFile(field="files")


def _last_digests(work: Work, document: DocumentReference) -> dict[str, str]:
    """Return the digest of the last version of each file of a document, and its name."""
    rows = work.db.execute(
        select(col(FileTable.name), col(FileTable.sha256))
        .where(col(FileTable.document_id) == document.id)
        .order_by(col(FileTable.version))
    )
    last = {row.name: row.sha256 for row in rows}
    return {sha256: name for name, sha256 in last.items()}


def _store(
    work: Work, document: DocumentReference, name: str, role: FileRole, content: StagedContent
) -> None:
    row: dict[str, Any] = {
        "role": role.value,
        "name": name,
        "sha256": content.sha256,
        "size": content.size,
        "media_type": content.description.media_type,
        "text_state": content.description.text_state.value,
    }
    file_id = uuid4()
    version = _insert(
        work,
        {
            **row,
            "id": file_id,
            "organization_id": work.organization_id,
            "document_id": document.id,
            "added_at": work.now,
            "added_by": work.actor.employee_id,
        },
    )
    if content.description.text:
        work.db.execute(
            insert(FileTextTable).values(
                file_id=file_id,
                organization_id=work.organization_id,
                text=content.description.text,
            )
        )
    work.record("add_file", "document", document.id, None, {"file": {**row, "version": version}})
    work.keep(content)


def _insert(work: Work, row: dict[str, Any]) -> int:
    """Insert a row under the next version of its name, in one statement."""
    columns = FileTable.__table__.c  # type: ignore[attr-defined]
    next_version = (
        select(
            *(literal(value, columns[name].type) for name, value in row.items()),
            func.coalesce(func.max(col(FileTable.version)), 0) + 1,
        )
        .select_from(FileTable)
        .where(col(FileTable.document_id) == row["document_id"], col(FileTable.name) == row["name"])
    )
    return work.db.execute(
        insert(FileTable)
        .from_select([*row, "version"], next_version)
        .returning(col(FileTable.version))
    ).scalar_one()


def _rows(work: Work, document: DocumentReference) -> list[FileRow]:
    rows = work.db.execute(
        select(
            col(FileTable.id),
            col(FileTable.role),
            col(FileTable.name),
            col(FileTable.version),
            col(FileTable.size),
            col(FileTable.media_type),
            col(FileTable.sha256),
            col(FileTable.text_state),
            col(FileTable.added_at),
            col(EmployeeTable.full_name).label("added_by"),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(FileTable.added_by))
        .where(
            col(FileTable.document_id) == document.id,
            col(FileTable.organization_id) == work.organization_id,
        )
    ).mappings()
    found = [FileRow.model_validate(dict(row)) for row in rows]
    order = list(FileRole)
    return sorted(found, key=lambda row: (order.index(row.role), row.name, -row.version))


def _doubts(name: str, content: StagedContent) -> list[str]:
    found = content.description
    doubts = []
    if not fits_extension(name, found.media_type):
        doubts.append(
            _("{name}: by its content it is {media_type}, whatever its name says.").format(
                name=name, media_type=found.media_type
            )
        )
    if found.text_state is TextState.ENCRYPTED:
        doubts.append(_("{name}: it is protected by a password.").format(name=name))
    if found.text_state is TextState.FAILED:
        doubts.append(
            _("{name}: its text could not be read, search will not find it by its words.").format(
                name=name
            )
        )
    return doubts
