"""`sedctl logout`: end the session of a profile."""

from __future__ import annotations

import typer

from commands.login import log_out
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_

app = typer.Typer(rich_markup_mode=None)


@verb(app, "logout", Sort.READ, N_("End the session on the server and forget its token."))
def logout(session: Session) -> None:
    log_out(session)
