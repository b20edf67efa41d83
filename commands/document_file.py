"""`sedctl document file`: add, list and get the files of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.save_options import FileName, SaveOptions, write_out
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.files import FileRole, role_by_name
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.operations.file import FileContent

COLUMNS = ("role", "name", "version", "size", "media_type", "text_state", "added_at", "added_by")

files = typer.Typer(rich_markup_mode=None, help=_("The files of a document."))

Which = Annotated[
    str,
    typer.Argument(help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"),
]


def add_to(app: typer.Typer) -> None:
    """Add the group of files to the group of documents."""
    app.add_typer(files, name="file")


@verb(files, "add", Sort.WRITE, N_("Add files; a name that is there gets its next version."))
def add(
    session: Session,
    document: Which,
    paths: Annotated[list[Path], typer.Argument(help=_("Files."), metavar="FILE…")],
    role: Annotated[
        FileRole | None, typer.Option("--role", help=_("What they are to the document."))
    ] = None,
) -> None:
    """Send files and store them with the document."""
    from sed_tui.operations.file import ADD, AddFile

    added = session.call(ADD, AddFile(document=document, files=staged(session, paths, role)))
    for warning in added.warnings:
        session.say(warning)
    session.show_rows(added.rows, COLUMNS)


@verb(files, "list", Sort.READ, N_("List the files of a document with their versions."))
def list_files(session: Session, document: Which) -> None:
    """Print the files."""
    from sed_tui.operations.file import LIST, ListFiles

    session.show_rows(session.call(LIST, ListFiles(document=document)).rows, COLUMNS)


@verb(files, "get", Sort.READ, N_("Write a file of a document to disk, or to standard output."))
def get(
    session: Session,
    document: Which,
    options: SaveOptions,
    name: FileName = None,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help=_("Not the last version."))
    ] = None,
    der: Annotated[
        bool, typer.Option("--der", help=_("A signature in DER, whatever form it came in."))
    ] = False,
) -> None:
    """Fetch a file, checking its bytes on the way."""
    from commands.saved_file import in_der, told_by_name
    from sed_tui.operations.file import GET, GetFile

    row = session.call(GET, GetFile(document=document, name=name, version=version))
    with told_by_name(document, row.name), session.gateway.fetch(row.sha256) as kept:
        content, sha256 = in_der(kept, row.sha256) if der else (kept, row.sha256)
        write_out(session, content, sha256, row, options)


def staged(
    session: Session, paths: Iterable[Path], role: FileRole | None = None
) -> tuple[FileContent, ...]:
    """Send files to where operations run, checked as far as can be seen from here.

    Unless a role is given, the first is the main one, the others annexes or signatures.
    """
    from sed_tui.domain.file_name import checked_name
    from sed_tui.gateway.disk_files import opened
    from sed_tui.operations.file import FileContent

    chosen = [(path, checked_name(path.name)) for path in paths]
    contents = []
    for place, (path, name) in enumerate(chosen):
        with opened(path) as source:
            token = session.gateway.stage(source)
        own_role = role or role_by_name(name, is_first=place == 0)
        contents.append(FileContent(name=name, token=token, role=own_role))
    return tuple(contents)
