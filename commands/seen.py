"""The option that says which version of a thing was seen."""

from __future__ import annotations

from typing import Annotated

import typer

from sed_tui.i18n import _

Seen = Annotated[
    int | None,
    typer.Option("--version", min=0, help=_("Refuse if it changed since: the version you saw.")),
]
