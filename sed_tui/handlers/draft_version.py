"""Versions of a draft: immutable, numbered, each the exact bytes of its files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.draft_flow import DraftStep, Stage
from sed_tui.domain.text import optional
from sed_tui.domain.text_difference import text_difference
from sed_tui.errors.drafts import (
    NoSuchVersion,
    NoSuchVersionFile,
    NothingDrafted,
    SameVersion,
    VersionOutdated,
)
from sed_tui.handlers.draft_standing import find_draft, move, require_own_draft
from sed_tui.handlers.file import attach_files
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.handlers.whole_files import require_whole
from sed_tui.operations.draft_version import (
    AddVersion,
    DifferingFile,
    DifferingLine,
    DiffVersions,
    FileText,
    ListVersions,
    ReadVersion,
    VersionAdded,
    VersionDiff,
    VersionFile,
    VersionList,
    VersionRow,
    VersionText,
)
from sed_tui.storage.tables.draft import DraftTable, DraftVersionFileTable, DraftVersionTable
from sed_tui.storage.tables.file import FileTable, FileTextTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work
    from sed_tui.operations.file import FileContent

_COMMENT = 2000
_VERSION = DraftVersionTable
_HELD = DraftVersionFileTable


def add_version(work: Work, request: AddVersion) -> VersionAdded:
    """Make the next version of a draft.

    Raises `VersionOutdated`, `SameVersion`, `NoSuchVersionFile`, and what storing files raises.
    """
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    if request.seen is not None and request.seen != draft.version:
        raise VersionOutdated(field="seen", seen=request.seen, current=draft.version)
    move(work, draft, DraftStep.ADD_VERSION)
    kept = {file.name: file for file in _files(work, draft.id)[draft.version]}
    for name in request.remove:
        if kept.pop(name, None) is None:
            raise NoSuchVersionFile(field="remove", name=name, names=", ".join(kept) or "—")
    warnings = _make(
        work,
        draft.reference,
        kept,
        request.files,
        comment=request.comment,
        is_immaterial=request.is_immaterial,
    )
    if draft.standing.stage is Stage.ON_APPROVAL:
        from sed_tui.handlers.approval_run import void_agreements  # during an approval alone

        void_agreements(work, draft.reference)
    reindex_document(work, draft.reference)
    return VersionAdded(version=versions_of(work, draft.id)[0], warnings=warnings)


def first_version(
    work: Work,
    document: DocumentReference,
    files: Sequence[FileContent],
    comment: str | None,
) -> list[str]:
    """Make version 1 of a new draft and return what to look at."""
    return _make(work, document, {}, files, comment=comment, is_immaterial=False)


def list_versions(work: Work, request: ListVersions) -> VersionList:
    """Return the versions, the newest first."""
    return VersionList(rows=versions_of(work, find_draft(work, request.document).id))


def read_version(work: Work, request: ReadVersion) -> VersionText:
    """Return what stands in the files of a version. Raises `FileLost`, `FileDamaged`."""
    draft = find_draft(work, request.document)
    number = _known(draft, request.number or draft.version)
    [version] = [row for row in versions_of(work, draft.id) if row.number == number]
    require_whole(work, draft.reference, version.files)
    files = [FileText(name=f.name, role=f.role, text=_text(work, f)) for f in version.files]
    return VersionText(number=number, digest=version.digest, files=files)


def diff_versions(work: Work, request: DiffVersions) -> VersionDiff:
    """Compare the files of two versions, and their texts where they have any.

    Raises `NoSuchVersionFile`.
    """
    draft = find_draft(work, request.document)
    new = _known(draft, request.new or draft.version)
    old = _known(draft, request.old or max(new - 1, 1))
    held = _files(work, draft.id)
    before, after = ({file.name: file for file in held[number]} for number in (old, new))
    names = [name for name in dict.fromkeys([*before, *after]) if request.name in {None, name}]
    if not names:
        known = ", ".join(dict.fromkeys([*before, *after]))
        raise NoSuchVersionFile(field="name", name=request.name, names=known)
    found = [
        _compared(work, draft.reference, name, before.get(name), after.get(name)) for name in names
    ]
    return VersionDiff(old=old, new=new, files=[file for file in found if file is not None])


def versions_of(work: Work, document_id: UUID) -> list[VersionRow]:
    """Return the versions of a draft with their files, the newest first."""
    files = _files(work, document_id)
    table = _VERSION
    rows = work.db.execute(
        select(
            *map(col, (table.number, table.made_at, table.comment, table.is_immaterial)),
            col(table.digest),
            col(EmployeeTable.full_name).label("made_by"),
        )
        .join(EmployeeTable, col(EmployeeTable.id) == col(table.made_by))
        .where(col(table.document_id) == document_id)
        .order_by(col(table.number).desc())
    )
    return [VersionRow(**row._mapping, files=files.get(row.number, [])) for row in rows]


def _make(
    work: Work,
    document: DocumentReference,
    kept: dict[str, VersionFile],
    files: Sequence[FileContent],
    *,
    comment: str | None,
    is_immaterial: bool,
) -> list[str]:
    warnings = attach_files(work, document, files)
    given = dict.fromkeys(file.name for file in files)
    held = {**kept, **{file.name: file for file in _stored(work, document.id, list(given))}}
    if not held:
        raise NothingDrafted(field="files")
    number = work.db.execute(
        update(DraftTable)
        .where(col(DraftTable.document_id) == document.id)
        .values(version=DraftTable.version + 1)
        .returning(col(DraftTable.version))
    ).scalar_one()
    ordered = sorted(held.values(), key=lambda file: (file.role != "main", file.name))
    row: dict[str, Any] = {
        "number": number,
        "digest": version_digest(ordered),
        "is_immaterial": is_immaterial,
        "comment": optional(comment, "comment", limit=_COMMENT, multiline=True),
    }
    _require_another(work, document.id, number, row["digest"])
    common = {"document_id": document.id, "organization_id": work.organization_id}
    work.db.execute(
        insert(_VERSION).values(**common, **row, made_by=work.actor.employee_id, made_at=work.now)
    )
    work.db.execute(
        insert(_HELD), [{**common, "number": number, "file_id": file.id} for file in ordered]
    )
    names = [f"{file.name} ({file.version})" for file in ordered]
    work.record("add_version", "document", document.id, None, {**row, "files": names})
    return warnings


def version_digest(files: Sequence[VersionFile]) -> str:
    """Return the SHA-256 that stands for the exact bytes of a version."""
    lines = "".join(f"{file.role}\t{file.name}\t{file.sha256}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def _require_another(work: Work, document_id: UUID, number: int, digest: str) -> None:
    last = work.db.scalar(
        select(col(_VERSION.digest)).where(
            col(_VERSION.document_id) == document_id, col(_VERSION.number) == number - 1
        )
    )
    if last == digest:
        raise SameVersion(version=number - 1)


def _columns() -> list[Any]:
    table = FileTable
    plain = (table.id, table.role, table.name, table.version, table.size, table.media_type)
    return [*map(col, plain), col(table.sha256)]


def _stored(work: Work, document_id: UUID, names: list[str]) -> list[VersionFile]:
    """Return the last version of each named file."""
    rows = work.db.execute(
        select(*_columns())
        .where(col(FileTable.document_id) == document_id, col(FileTable.name).in_(names))
        .order_by(col(FileTable.version))
    )
    last = {row.name: VersionFile(**row._mapping) for row in rows}
    return list(last.values())


def _files(work: Work, document_id: UUID) -> dict[int, list[VersionFile]]:
    rows = work.db.execute(
        select(*_columns(), col(_HELD.number))
        .join(FileTable, col(FileTable.id) == col(_HELD.file_id))
        .where(col(_HELD.document_id) == document_id)
        .order_by(col(_HELD.number), col(FileTable.role).desc(), col(FileTable.name))
    )
    found: dict[int, list[VersionFile]] = {}
    for row in rows:
        found.setdefault(row.number, []).append(VersionFile.model_validate(dict(row._mapping)))
    return found


def _known(draft: StoredDraft, number: int) -> int:
    if number > draft.version:
        raise NoSuchVersion(field="version", version=number, last=draft.version)
    return number


def _compared(
    work: Work,
    document: DocumentReference,
    name: str,
    old: VersionFile | None,
    new: VersionFile | None,
) -> DifferingFile | None:
    if old is not None and new is not None and old.sha256 == new.sha256:
        return None
    change = "changed" if old and new else "added" if new else "removed"
    files = [file for file in (old, new) if file is not None]
    require_whole(work, document, files)
    texts = [_text(work, file) for file in files]
    if any(text is None for text in texts):
        return DifferingFile(name=name, change=change, has_text=False, lines=[])
    lines = text_difference(
        (texts[0] or "") if old is not None else "", (texts[-1] or "") if new is not None else ""
    )
    return DifferingFile(
        name=name,
        change=change,
        has_text=True,
        lines=[DifferingLine(sign=n.sign, old=n.old, new=n.new, text=n.text) for n in lines],
    )


def _text(work: Work, file: VersionFile) -> str | None:
    query = select(col(FileTextTable.text)).where(col(FileTextTable.file_id) == file.id)
    return work.db.scalar(query)
