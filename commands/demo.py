"""`sedctl demo`: fill an empty database with the example administration."""

from __future__ import annotations

import getpass
from typing import Any

import typer

from commands.once import show_once
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_

app = typer.Typer(rich_markup_mode=None)


@verb(app, "demo", Sort.WRITE, N_("Fill an empty database with the example administration."))
def demo(session: Session) -> None:
    from sed_tui.gateway.example import make_example
    from sed_tui.gateway.setup import rehearsed

    def make() -> dict[str, Any]:
        with rehearsed(session.local_settings, dry_run=session.dry_run) as settings:
            made = make_example(settings, getpass.getuser(), reason=session.reason)
            return made.model_dump(mode="json")

    show_once(session, "demo", "", make)
