"""`sedctl init`: make a database with its first organization."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.first_run import os_user
from commands.once import show_once
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None)


@verb(app, "init", Sort.WRITE, N_("Make a database with its first organization."))
def init(
    session: Session,
    organization: Annotated[
        str, typer.Option("--organization", help=_("The name of the organization."))
    ],
    admin: Annotated[str, typer.Option("--admin", help=_("The login of the administrator."))],
    code: Annotated[
        str | None, typer.Option("--code", help=_("The code of the organization, 01 by default."))
    ] = None,
    full_name: Annotated[
        str | None, typer.Option("--full-name", help=_("The administrator's full name."))
    ] = None,
) -> None:
    from sed_tui.gateway.setup import initialize, rehearsed
    from sed_tui.operations.organization import InitializeOrganization

    request = InitializeOrganization(
        name=organization,
        code=code,
        login=admin,
        full_name=full_name,
        os_user=os_user(),
    )

    def make() -> dict[str, Any]:
        with rehearsed(session.local_settings, dry_run=session.dry_run) as settings:
            return initialize(settings, request, reason=session.reason).model_dump(mode="json")

    show_once(session, "organization.initialize", request, make)
    if session.local_settings.is_file and not session.as_json:
        session.say(_("Whoever can read the database file holds everything in it."))
