"""Options that verbs of connectors share: how a partner is reached, and how one is played."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sed_tui.i18n import _

Stdin = Annotated[bool, typer.Option("--stdin", help=_("Read the token from standard input."))]
Authority = Annotated[
    Path | None,
    typer.Option("--authority", help=_("The certificate of the authority of the server.")),
]
Refusal = Annotated[
    str | None, typer.Option("--refuse", help=_("Refuse every letter for this reason."))
]
Copies = Annotated[
    int, typer.Option("--copies", min=1, max=10, help=_("Write every answer so many times."))
]
Shuffled = Annotated[bool, typer.Option("--shuffle", help=_("Write answers in any order."))]
Broken = Annotated[
    int, typer.Option("--broken", min=0, max=100, help=_("So many packages nobody can read."))
]
Seed = Annotated[int, typer.Option("--seed", help=_("The same seed, the same answers."))]
