"""The options with which a file is written to the user's disk, or to standard output.

A verb takes them as a parameter of the class, which `verb` unfolds into options.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from sed_tui.i18n import _

if TYPE_CHECKING:
    from typing import Any, Protocol

    from commands.session import Session
    from sed_tui.operations.file import KeptFile

    class KeptRow(KeptFile, Protocol):
        """A row of a file, with fields to show."""

        def model_dump(self, *, mode: str) -> dict[str, Any]:
            """Return its fields."""


FileName = Annotated[
    str | None, typer.Argument(help=_("The name, if there are several."), metavar="NAME")
]


@dataclass(frozen=True, slots=True)
class SaveOptions:
    """Where the bytes of a file go."""

    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help=_("A file, a folder, or - for standard output.")),
    ] = None
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("Replace a file that is there."))
    ] = False


def hand_out(session: Session, row: KeptRow, options: SaveOptions) -> None:
    """Write the bytes of a file where they are wanted, and show its row with the path."""
    with session.gateway.fetch(row.sha256) as content:
        write_out(session, content, row.sha256, row, options)


def write_out(
    session: Session, content: BinaryIO, sha256: str, row: KeptRow, options: SaveOptions
) -> None:
    """Write bytes of a digest under the name of a row, and show the row with the path."""
    from commands.saved_file import copy_out, save

    if options.output == "-":
        copy_out(content, sha256)
        return
    path = save(content, sha256, row.name, options.output, overwrite=options.overwrite)
    session.show_record({**row.model_dump(mode="json"), "path": str(path)})
