"""`sedctl document mark`: a copy of a signed PDF with the mark of its signatures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.signature import SignatureRow
    from sed_tui.rendering.signature_mark import Mark


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group of documents."""
    verb(
        app, "mark", Sort.READ, N_("Write a copy of a signed PDF with the mark of its signatures.")
    )(mark)


def mark(
    session: Session,
    document: Annotated[
        str,
        typer.Argument(
            help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"
        ),
    ],
    name: Annotated[
        str | None, typer.Argument(help=_("The name, if there are several."), metavar="NAME")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=_("Where to write the copy."))
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("Replace a file that is there."))
    ] = False,
) -> None:
    """Verify the signatures anew, and mark a copy of the file that they sign."""
    from sed_tui.errors.files import FileExists
    from sed_tui.operations.file import GET, GetFile
    from sed_tui.operations.signature import VERIFY, VerifyDocument
    from sed_tui.rendering.saved import replaced
    from sed_tui.rendering.signature_mark import EDITION, write_marked

    rows = session.call(VERIFY, VerifyDocument(document=document)).rows
    rows = _proven(rows, name)
    request = GetFile(document=document, name=rows[0].file, version=rows[0].file_version)
    file = session.call(GET, request)
    path = output or Path(f"{Path(file.name).stem}.marked.pdf")
    if path.exists() and not overwrite:
        raise FileExists(field="output", path=str(path))
    copy = io.BytesIO()
    with session.gateway.fetch(file.sha256) as original:
        write_marked(original, _marks(rows), copy, file.name)
    with replaced(path) as target:
        target.write(copy.getvalue())
    session.show_record({"file": file.name, "path": str(path), "signatures": len(rows)})
    said = _("The mark follows {edition}; the signed original is unchanged.")
    session.say(said.format(edition=EDITION))


def _proven(rows: list[SignatureRow], name: str | None) -> list[SignatureRow]:
    """Return the valid signatures of the file that is meant, of one version of it.

    Raises `NotProvenSigned`, and `SeveralFiles` where it is not clear which file is.
    """
    from sed_tui.errors.files import SeveralFiles
    from sed_tui.errors.signing import NotProvenSigned

    valid = [row for row in rows if row.result == "valid" and row.file and row.signer]
    named = [row for row in valid if name in {None, row.file}]
    if name is None:
        named = [row for row in named if str(row.file).lower().endswith(".pdf")] or named
    if not named:
        raise NotProvenSigned(name=name or _("The document"))
    names = list(dict.fromkeys(str(row.file) for row in named))
    if len(names) > 1:
        raise SeveralFiles(field="name", names=", ".join(names))
    last = max(row.file_version or 0 for row in named)
    return [row for row in named if row.file_version == last]


def _marks(rows: list[SignatureRow]) -> list[Mark]:
    from sed_tui.domain.clock import office_day
    from sed_tui.rendering.signature_mark import Mark

    return [
        Mark(
            serial=row.signer.serial,
            owner=row.signer.subject,
            since=office_day(row.valid_since),
            until=office_day(row.valid_until),
            is_test=row.is_test,
        )
        for row in rows
        if row.signer is not None and row.valid_since is not None and row.valid_until is not None
    ]
