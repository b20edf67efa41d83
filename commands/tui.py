"""`sedctl tui`: open the full-screen interface."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from commands.session import Session
from sed_tui.errors.installation import NoDatabase
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.domain.link_address import LinkAddress

app = typer.Typer(rich_markup_mode=None)


@app.command("tui", help=_("Open the full-screen interface."))
def tui(ctx: typer.Context) -> None:
    session: Session = ctx.obj
    start(session)


def start(session: Session, link: LinkAddress | None = None) -> None:
    """Open the interface, on what a link leads to if there is one."""
    _require_file(session.settings)
    from sed_tui.gateway.deferred import DeferredGateway
    from sed_tui.linking.running import socket_path
    from sed_tui.tui.app import SedApp  # 130 ms of Textual, for this command alone

    interface = SedApp(
        DeferredGateway(lambda: session.gateway),
        profile=session.settings.profile,
        root_options=_root_options(session),
        cryptography=session.settings.cryptography,
        link_base=session.settings.link_base,
        link=link,
        listens_at=socket_path(session.settings),
    )
    interface.greets = True
    # hours of work are to come: what was imported stays, the rest is looked through again
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    interface.run()
    if interface.failure is not None:
        raise interface.failure
    if interface.return_code:
        raise typer.Exit(interface.return_code)


def _require_file(settings: Settings) -> None:
    # before the screen is taken: the first run asks its questions on a plain terminal
    path = settings.database.removeprefix("sqlite:///")
    if path != settings.database and not Path(path).exists():
        raise NoDatabase(database=path)


def _root_options(session: Session) -> list[str]:
    given = {
        "--profile": session.profile,
        "--database": session.database,
        "--server": session.server,
        "--ca-file": session.ca_file,
        # to a server the environment does not tell who acts
        "--as": session.person if session.settings.server else session.login,
        "--org": session.organization,
    }
    return [word for name, value in given.items() if value for word in (name, value)]
