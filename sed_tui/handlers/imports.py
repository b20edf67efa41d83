"""Imports: runs that are begun, fed with rows in batches, finished, undone and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, tuple_, update
from sqlmodel import col

from sed_tui.errors.imports import ImportOvertaken
from sed_tui.handlers.importing.batch import import_rows
from sed_tui.handlers.importing.gaps import gaps_of_run
from sed_tui.handlers.importing.run import open_run
from sed_tui.handlers.importing.undo import undo_run
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import (
    BeginImport,
    FinishedImport,
    FinishImport,
    ImportCorrespondents,
    ImportDocuments,
    ImportedRows,
    ImportOrganizations,
    ImportPage,
    ImportPeople,
    ImportRun,
    ListImports,
    UndoImport,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.import_run import ImportRunTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sqlalchemy import Row

    from sed_tui.handlers.work import Work


def begin_import(work: Work, request: BeginImport) -> ImportRun:
    """Go on with an unfinished run of the same file, or close it and open a new one."""
    unfinished = (
        col(ImportRunTable.organization_id) == work.organization_id,
        col(ImportRunTable.fingerprint) == request.fingerprint,
        col(ImportRunTable.noun) == request.noun,
        col(ImportRunTable.state) == "running",
    )
    if request.resume:
        found = work.db.execute(
            _runs().where(*unfinished).order_by(col(ImportRunTable.started_at).desc()).limit(1)
        ).one_or_none()
        if found is not None:
            return _run(found)
    for overtaken in work.db.scalars(
        update(ImportRunTable)
        .where(*unfinished)
        .values(state="overtaken", finished_at=work.now)
        .returning(col(ImportRunTable.id))
    ).all():
        work.record("overtake", "import", overtaken, {"state": "running"}, {"state": "overtaken"})
    return _run(_find(work, open_run(work, request)))


def import_documents(work: Work, request: ImportDocuments) -> ImportedRows:
    """Store a batch of registration cards."""
    from sed_tui.handlers.importing.documents import DocumentImporter  # tables of cards

    return import_rows(work, request, Noun.DOCUMENTS, DocumentImporter)


def import_correspondents(work: Work, request: ImportCorrespondents) -> ImportedRows:
    """Store a batch of correspondents."""
    from sed_tui.handlers.importing.directory import CorrespondentImporter

    return import_rows(work, request, Noun.CORRESPONDENTS, CorrespondentImporter)


def import_people(work: Work, request: ImportPeople) -> ImportedRows:
    """Store a batch of people."""
    from sed_tui.handlers.importing.people import PeopleImporter

    return import_rows(work, request, Noun.PEOPLE, PeopleImporter)


def import_organizations(work: Work, request: ImportOrganizations) -> ImportedRows:
    """Enter a batch of the register. Raises `NoOperator`, `OperatorOnly`."""
    from sed_tui.handlers.importing.organizations import OrganizationImporter

    return import_rows(work, request, Noun.ORGANIZATIONS, OrganizationImporter)


def finish_import(work: Work, request: FinishImport) -> FinishedImport:
    """Close a run and report the gaps in the numbers of the periods it filled.

    Raises `ImportOvertaken`.
    """
    closed = work.db.execute(
        update(ImportRunTable)
        .where(
            col(ImportRunTable.id) == request.run,
            col(ImportRunTable.organization_id) == work.organization_id,
            col(ImportRunTable.state).in_(("running", "finished")),
        )
        .values(state="finished", finished_at=work.now)
        .returning(col(ImportRunTable.id))
    ).one_or_none()
    if closed is None:
        raise ImportOvertaken(field="run", run=short_id(request.run), row=0)
    run = _run(_find(work, request.run))
    work.record("finish", "import", run.id, {"state": "running"}, _shown(run))
    return FinishedImport(**run.model_dump(), gaps=gaps_of_run(work, run.id))


def undo_import(work: Work, request: UndoImport) -> ImportRun:
    """Take back everything that a run stored. Raises `ImportDependedOn`, `ImportUndone`."""
    return _run(_find(work, undo_run(work, request.run)))


def list_imports(work: Work, request: ListImports) -> ImportPage:
    """Return runs, the newest first."""
    place = tuple_(col(ImportRunTable.started_at), col(ImportRunTable.id))
    query = (
        _runs()
        .where(col(ImportRunTable.organization_id) == work.organization_id)
        .order_by(col(ImportRunTable.started_at).desc(), col(ImportRunTable.id).desc())
        .limit(request.limit + 1)
        .offset(request.skip)
    )
    if request.after is not None:
        from datetime import datetime

        after = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(place < after)
    rows = work.db.execute(query).all()
    more = len(rows) > request.limit
    shown = [_run(row) for row in rows[: request.limit]]
    last = shown[-1] if more else None
    return ImportPage(
        rows=shown,
        next=encode_cursor(last.started_at.isoformat(), last.id) if last is not None else None,
    )


def _runs() -> Any:
    table = ImportRunTable
    return select(
        *map(col, (table.id, table.noun, table.source, table.state, table.last_row, table.read)),
        *map(col, (table.created, table.unchanged, table.duplicates, table.refused)),
        *map(col, (table.started_at, table.finished_at)),
        col(EmployeeTable.login).label("started_by"),
    ).join(EmployeeTable, col(EmployeeTable.id) == col(table.started_by))


def _find(work: Work, run: UUID) -> Row[*tuple[Any, ...]]:
    return work.db.execute(
        _runs().where(
            col(ImportRunTable.id) == run,
            col(ImportRunTable.organization_id) == work.organization_id,
        )
    ).one()


def _run(row: Row[*tuple[Any, ...]]) -> ImportRun:
    return ImportRun.model_validate(dict(row._mapping))


def _shown(run: ImportRun) -> dict[str, Any]:
    names = ("state", "read", "created", "unchanged", "duplicates", "refused")
    return {name: getattr(run, name) for name in names}
