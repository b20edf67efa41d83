"""`sedctl connector conformance URL`: what a partner's server does with what it is handed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from commands.partner_options import Authority
from commands.passwords import password_from
from commands.session import Format
from sed_tui.i18n import _

if TYPE_CHECKING:
    from commands.session import Session

_FAILED = 3


@dataclass(frozen=True)
class Access:
    """Who asks a server, and whom."""

    own_uid: Annotated[
        str | None, typer.Option("--own-uid", help=_("The identifier that a server knows us by."))
    ] = None
    uid: Annotated[
        str | None, typer.Option("--uid", help=_("The identifier of whom the server belongs to."))
    ] = None
    stdin: Annotated[
        bool, typer.Option("--stdin", help=_("Read the token from standard input."))
    ] = False
    authority: Authority = None


def check(session: Session, address: str, access: Access) -> None:
    """Print a verdict on each check; end with status 3 where one has failed."""
    from sed_tui.domain.exchange_partner import checked_uid
    from sed_tui.gateway.exchange_conformance import check_server
    from sed_tui.gateway.exchange_http import open_server
    from sed_tui.partner_access import PartnerAccess
    from sed_tui.rendering.cells import printable

    own, theirs = checked_uid(access.own_uid or "", "own_uid"), checked_uid(access.uid or "", "uid")
    command = "sedctl connector conformance"
    example = f"{command} URL --stdin < FILE"
    token = password_from(stdin=access.stdin, command=command, example=example).strip()
    authority = str(access.authority.absolute()) if access.authority else None
    server = open_server(address, PartnerAccess(token, address, authority))
    try:
        results = list(check_server(server, own, theirs))
    finally:
        server.close()
    if session.format is Format.TABLE:
        for one in results:
            line = f"{'+' if one.is_passed else 'x'} {one.check}  {one.detail}"
            sys.stdout.write(f"{printable(line.rstrip())}\n")
    else:
        rows = [
            {"check": one.check, "passed": one.is_passed, "detail": one.detail} for one in results
        ]
        session.show_records(rows, ("check", "passed", "detail"))
    failed = sum(not one.is_passed for one in results)
    session.say(_("Checks: {all}, failed: {failed}.").format(all=len(results), failed=failed))
    if failed:
        raise typer.Exit(_FAILED)
