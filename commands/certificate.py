"""`sedctl certificate`: what is trusted, whose certificates are known, what computes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("Certificates, trust and cryptography."))
TRUSTED = ("id", "kind", "name", "serial", "since", "until", "is_test")


@verb(app, "trust", Sort.WRITE, N_("Trust roots, authorities and revocation lists of files."))
def trust(
    session: Session,
    files: Annotated[
        list[Path], typer.Argument(help=_("Files .cer, .crt, .pem or .crl."), metavar="FILE…")
    ],
) -> None:
    from commands.saved_file import opened
    from sed_tui.operations.trust import ADD, AddTrust

    tokens = []
    for path in files:
        with opened(path) as source:
            tokens.append(session.gateway.stage(source))
    session.show_rows(session.call(ADD, AddTrust(tokens=tuple(tokens))).rows, TRUSTED)


@verb(app, "trusted", Sort.READ, N_("List what signatures are verified by."))
def trusted(session: Session) -> None:
    from sed_tui.operations.trust import LIST, ListTrust

    session.show_rows(session.call(LIST, ListTrust()).rows, TRUSTED)


@verb(app, "distrust", Sort.DESTROY, N_("Trust a certificate or a list no more."))
def distrust(
    session: Session,
    which: Annotated[str, typer.Argument(help=_("The id in the list."), metavar="ID")],
) -> None:
    from sed_tui.operations.trust import REMOVE, RemoveTrust

    session.show(session.call(REMOVE, RemoveTrust(trust=which)), TRUSTED)
