"""`sedctl document mark`: a copy of a signed PDF with the mark of its signatures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group of documents."""
    verb(
        app,
        "mark",
        Sort.READ,
        N_("Write a copy of a signed PDF with the mark of signatures, by GOST R 7.0.97-2016."),
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
    from sed_tui.rendering.marked_copy import marked_copy
    from sed_tui.rendering.saved import replaced
    from sed_tui.rendering.signature_mark import EDITION

    if output is not None and output.exists() and not overwrite:
        raise FileExists(field="output", path=str(output))
    copy = marked_copy(session.gateway, document, name, session.options)
    path = output or Path(f"{Path(copy.file.name).stem}.marked.pdf")
    if path.exists() and not overwrite:
        raise FileExists(field="output", path=str(path))
    with replaced(path) as target:
        target.write(copy.content)
    session.show_record({"file": copy.file.name, "path": str(path), "signatures": copy.signatures})
    said = _(
        "The mark follows {edition}, {clause} ({successor} holds since {day:%d.%m.%Y}); "
        "the signed original is unchanged."
    )
    told = {"edition": EDITION.name, "clause": EDITION.clause, "successor": EDITION.successor}
    session.say(said.format(**told, day=EDITION.replaced_on))
