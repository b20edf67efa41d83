"""`sedctl document version`: versions of a draft."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.document_draft import VERSIONS, Comment, Files, Text, Which
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.draft_version import DifferingFile
    from sed_tui.operations.file import FileContent

versions = typer.Typer(rich_markup_mode=None, help=_("The versions of a draft."))
_SIGNS = {"same": "  ", "removed": "- ", "added": "+ ", "skipped": "… "}


def add_to(app: typer.Typer) -> None:
    """Add the group of versions to the group of documents."""
    app.add_typer(versions, name="version")


@verb(versions, "add", Sort.WRITE, N_("Make the next version: a file of the same name replaces."))
def add(
    session: Session,
    document: Which,
    file: Files = None,
    text: Text = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", help=_("A file to leave out."))
    ] = None,
    comment: Comment = None,
    immaterial: Annotated[
        bool, typer.Option("--immaterial", help=_("A misprint: what was agreed to stays."))
    ] = False,
    seen: Annotated[
        int | None, typer.Option("--seen", min=1, help=_("The version it was made from."))
    ] = None,
) -> None:
    """Make a version."""
    from sed_tui.operations.draft_version import ADD, AddVersion

    request = AddVersion(
        document=document,
        files=staged_version(session, file, text),
        remove=tuple(remove or ()),
        comment=comment,
        is_immaterial=immaterial,
        seen=seen,
    )
    added = session.call(ADD, request)
    for warning in added.warnings:
        session.say(f"! {warning}")
    session.show_rows([added.version], VERSIONS)


@verb(versions, "list", Sort.READ, N_("List the versions of a draft, the newest first."))
def list_versions(session: Session, document: Which) -> None:
    """Print the versions."""
    from sed_tui.operations.draft_version import LIST, ListVersions

    session.show_rows(session.call(LIST, ListVersions(document=document)).rows, VERSIONS)


@verb(versions, "read", Sort.READ, N_("Print what stands in a version."))
def read(
    session: Session,
    document: Which,
    number: Annotated[
        int | None, typer.Option("--version", min=1, help=_("The last version by default."))
    ] = None,
) -> None:
    """Print the texts of the files of a version."""
    from sed_tui.operations.draft_version import READ, ReadVersion

    found = session.call(READ, ReadVersion(document=document, number=number))
    if session.format.is_json:
        session.show(found)
        return
    from sed_tui.rendering.cells import printable

    for file in found.files:
        text = file.text if file.text is not None else _("(no text to read)")
        sys.stdout.write(printable(f"[{file.name}]\n{text}") + "\n")


@verb(versions, "diff", Sort.READ, N_("Show what changed from one version to another."))
def diff(
    session: Session,
    document: Which,
    old: Annotated[
        int | None, typer.Option("--from", min=1, help=_("The version before by default."))
    ] = None,
    new: Annotated[
        int | None, typer.Option("--to", min=1, help=_("The last version by default."))
    ] = None,
    name: Annotated[str | None, typer.Option("--file", help=_("One file alone."))] = None,
) -> None:
    """Print a comparison, as text or as data."""
    from sed_tui.operations.draft_version import DIFF, DiffVersions

    found = session.call(DIFF, DiffVersions(document=document, old=old, new=new, name=name))
    if session.format.is_json:
        session.show(found)
        return
    rows = [row for file in found.files for row in _lines(file)]
    session.show_records(rows, ("file", "sign", "text"))


def staged_version(
    session: Session, paths: list[Path] | None, text: str | None
) -> tuple[FileContent, ...]:
    """Send the files of a version; a text that was typed is a file of its own."""
    from commands.document_file import staged
    from sed_tui.domain.files import TEXT_FILE, FileRole
    from sed_tui.operations.file import FileContent

    contents = staged(session, paths or ())
    if text is None:
        return contents
    token = session.gateway.stage(io.BytesIO(text.encode()))
    return (FileContent(name=TEXT_FILE, token=token, role=FileRole.MAIN), *contents)


def _lines(file: DifferingFile) -> list[dict[str, str]]:
    if not file.has_text:
        text = _("(no text to compare)")
        return [{"file": file.name, "sign": _(_CHANGES[file.change]), "text": text}]
    return [
        {"file": file.name, "sign": _SIGNS[line.sign].strip(), "text": line.text}
        for line in file.lines
    ]


_CHANGES = {"changed": N_("changed"), "added": N_("added"), "removed": N_("removed")}
