"""Rows of a workbook sent to the imports that every table goes through."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from sed_tui.errors import NotPermitted, SedError
from sed_tui.operations import imports
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import BeginImport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sed_tui.gateway.directum.answers import SheetLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.operations.file import FileContent
    from sed_tui.operations.imports import ImportRows, RowResult

_OPERATIONS: dict[Noun, tuple[Any, type[ImportRows]]] = {
    Noun.DOCUMENTS: (imports.DOCUMENTS, imports.ImportDocuments),
    Noun.CORRESPONDENTS: (imports.CORRESPONDENTS, imports.ImportCorrespondents),
    Noun.PEOPLE: (imports.PEOPLE, imports.ImportPeople),
}


class Ready(NamedTuple):
    """A row in the columns of an import: its number, its values, its staged files."""

    row: int
    values: Mapping[str, str]
    files: tuple[FileContent, ...] = ()


def send(
    office: Office, load: SheetLoad, noun: Noun, columns: Sequence[str], rows: Sequence[Ready]
) -> dict[int, RowResult]:
    """Store rows in one transaction and take their answers; returns them by row."""
    if not rows:
        return {}
    operation, request = _OPERATIONS[noun]
    sheet = load.sheet
    asked = request(
        columns=tuple(columns),
        numbers=tuple(row.row for row in rows),
        rows=tuple(tuple(row.values.get(name, "") for name in columns) for row in rows),
        files={row.row: row.files for row in rows if row.files},
        begin=BeginImport(
            noun=noun, source=f"{sheet.path.name} · {sheet.name}"[:255], fingerprint=_print(rows)
        ),
    )
    try:
        answer = office.call(operation, asked, f"{sheet.name}/{rows[0].row}")
    except NotPermitted as error:
        refuse(load, rows, error)
        return {}
    for result in answer.results:
        load[result.row].take(result)
    return {result.row: result for result in answer.results}


def refuse(load: SheetLoad, rows: Iterable[Any], error: SedError) -> None:
    """Refuse rows for one and the same reason."""
    for row in rows:
        load[row[0] if isinstance(row, tuple) else row.number].refuse(error)


def _print(rows: Sequence[Ready]) -> str:
    made_of = "\n".join(f"{row.row} {sorted(row.values.items())}" for row in rows)
    return hashlib.sha256(made_of.encode("utf-8", "replace")).hexdigest()
