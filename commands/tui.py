"""`sedctl tui`: open the full-screen interface."""

from __future__ import annotations

import typer

from commands.session import Session
from sed_tui.i18n import _

app = typer.Typer(rich_markup_mode=None)


@app.command("tui", help=_("Open the full-screen interface."))
def tui(ctx: typer.Context) -> None:
    from sed_tui.tui.app import SedApp  # 130 ms of Textual, for this command alone

    session: Session = ctx.obj
    interface = SedApp(
        session.gateway, profile=session.settings.profile, root_options=_root_options(session)
    )
    interface.run()
    if interface.return_code:
        raise typer.Exit(interface.return_code)


def _root_options(session: Session) -> list[str]:
    given = {
        "--profile": session.profile,
        "--database": session.database,
        "--as": session.login,
        "--org": session.organization,
    }
    return [word for name, value in given.items() if value for word in (name, value)]
