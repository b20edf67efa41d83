"""The options with which a file is written to the user's disk, or to standard output.

A verb takes them as a parameter of the class, which `verb` unfolds into options.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from sed_tui.i18n import _

if TYPE_CHECKING:
    from typing import Any

    from commands.session import Session

FileName = Annotated[
    str | None, typer.Argument(help=_("The name, if there are several."), metavar="NAME")
]


class Kept(Protocol):
    """A row of a file whose bytes the gateway fetches."""

    @property
    def name(self) -> str:
        """Return how the file is called."""

    @property
    def sha256(self) -> str:
        """Return the digest of its bytes."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """Return its fields."""


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


def hand_out(session: Session, row: Kept, options: SaveOptions) -> None:
    """Write the bytes of a file where they are wanted, and show its row with the path."""
    from commands.saved_file import copy_out, save

    with session.gateway.fetch(row.sha256) as content:
        if options.output == "-":
            copy_out(content, row.sha256)
            return
        path = save(content, row.sha256, row.name, options.output, overwrite=options.overwrite)
    session.show_record({**row.model_dump(mode="json"), "path": str(path)})
