"""`sedctl export`: write cards, correspondents and people to a file."""

from __future__ import annotations

import os
import sys
import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.errors.causes import system_cause
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sed_tui.operations.export import ExportedRows, ExportRows
    from sed_tui.operations.registry import Operation

app = typer.Typer(
    rich_markup_mode=None, help=_("Write cards, correspondents and people to a file.")
)

File = Annotated[
    str, typer.Argument(help=_("A .csv, .xlsx or .jsonl file, or - for output."), metavar="FILE")
]
MOVED = {"originals": N_("Contents of files")}
Overwrite = Annotated[bool, typer.Option("--overwrite", help=_("Replace a file that is there."))]


@verb(app, "documents", Sort.READ, N_("Write registered cards, the oldest first."))
def documents(
    session: Session,
    file: File,
    query: Annotated[
        str, typer.Option("--query", help=_("Which ones, in the language of the prompt."))
    ] = "",
    overwrite: Overwrite = False,
) -> None:
    from sed_tui.operations.export import DOCUMENTS, ExportDocuments

    _write(
        session, file, DOCUMENTS, lambda after: ExportDocuments(query=query, after=after), overwrite
    )


@verb(app, "correspondents", Sort.READ, N_("Write correspondents."))
def correspondents(session: Session, file: File, overwrite: Overwrite = False) -> None:
    from sed_tui.operations.export import CORRESPONDENTS, ExportCorrespondents

    _write(
        session, file, CORRESPONDENTS, lambda after: ExportCorrespondents(after=after), overwrite
    )


@verb(app, "people", Sort.READ, N_("Write the people of the organization with their roles."))
def people(session: Session, file: File, overwrite: Overwrite = False) -> None:
    from sed_tui.operations.export import PEOPLE, ExportPeople

    _write(session, file, PEOPLE, lambda after: ExportPeople(after=after), overwrite)


@verb(app, "organization", Sort.READ, N_("Write everything of the organization to a folder."))
def organization(
    session: Session,
    folder: Annotated[
        Path, typer.Argument(help=_("A folder that is not there yet."), metavar="FOLDER")
    ],
) -> None:
    from dataclasses import asdict

    from sed_tui.gateway.organization_transfer import export_organization

    moved = asdict(export_organization(session.local_settings, folder))
    session.show_record(moved, called=MOVED)


def _write(
    session: Session,
    file: str,
    operation: Operation[Any, ExportedRows],
    request: Callable[[str | None], ExportRows],
    overwrite: bool,
) -> None:
    """Write page after page; a file appears whole or not at all."""
    pages = _pages(session, operation, request)
    if file == "-":
        _print(session, pages)
        return
    from sed_tui.errors.files import FileExists
    from sed_tui.errors.installation import ReadOnlyStorage
    from sed_tui.spreadsheet.writing import open_writer

    path = Path(file)
    if path.exists() and not overwrite:
        raise FileExists(field="file", path=file)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".sedctl-")
        os.close(handle)
        draft, count = Path(name), 0
        try:
            first = next(pages)
            writer = open_writer(path, first.columns, draft)
            for page in chain([first], pages):
                writer.write(page.rows)
                count += len(page.rows)
            writer.close()
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise ReadOnlyStorage(place=str(path), reason=system_cause(error)) from error
    session.show_record({"file": str(path), "rows": count})


def _pages(
    session: Session,
    operation: Operation[Any, ExportedRows],
    request: Callable[[str | None], ExportRows],
) -> Iterator[ExportedRows]:
    page = session.call(operation, request(None))
    yield page
    while page.next is not None:
        page = session.call(operation, request(page.next))
        yield page


def _print(session: Session, pages: Iterator[ExportedRows]) -> None:
    from sed_tui.spreadsheet.writing import CsvWriter, JsonLinesWriter, Writer

    writer: Writer | None = None
    for page in pages:
        if writer is None:
            kind = JsonLinesWriter if session.format.is_json else CsvWriter
            writer = kind(sys.stdout, page.columns)
        writer.write(page.rows)
