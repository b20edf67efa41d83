"""`sedctl demo`: fill an empty database with the example administration."""

from __future__ import annotations

import getpass

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_

app = typer.Typer(rich_markup_mode=None)


@verb(app, "demo", Sort.FOUND, N_("Fill an empty database with the example administration."))
def demo(session: Session) -> None:
    from sed_tui.gateway.example import make_example
    from sed_tui.gateway.setup import rehearsed

    with rehearsed(session.settings, dry_run=session.dry_run) as settings:
        session.show(make_example(settings, getpass.getuser(), reason=session.reason))
