"""`sedctl certificate`: what is trusted, whose certificates are known, what computes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("Certificates, trust and cryptography."))
OWNED = ("id", "owner", "bearer", "serial", "valid_since", "valid_until", "days_left", "is_test")
_MANY = 10
_LARGEST, _NOTHING_COMPUTES = 1 << 16, 7
TRUSTED = ("id", "kind", "name", "serial", "since", "until", "is_test")


@verb(app, "trust", Sort.WRITE, N_("Trust roots, authorities and revocation lists of files."))
def trust(
    session: Session,
    files: Annotated[
        list[Path], typer.Argument(help=_("Files .cer, .crt, .pem or .crl."), metavar="FILE…")
    ],
) -> None:
    from sed_tui.gateway.disk_files import opened
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


@verb(app, "add", Sort.WRITE, N_("Enter whose a certificate is."))
def add(
    session: Session,
    person: Annotated[str, typer.Argument(help=_("A login or a name."), metavar="PERSON")],
    file: Annotated[Path, typer.Argument(help=_("A file .cer, .crt or .pem."), metavar="FILE")],
) -> None:
    from base64 import b64encode

    from sed_tui.gateway.disk_files import opened
    from sed_tui.operations.certificate import ADD, AddCertificate

    with opened(file) as source:
        content = source.read(_LARGEST)
    text = content.decode() if content.startswith(b"-----") else b64encode(content).decode()
    added = session.call(ADD, AddCertificate(employee=person, content=text))
    session.show(added, OWNED)
    for warning in added.warnings if not session.format.is_json else ():
        session.say(f"! {warning}")


@verb(app, "list", Sort.READ, N_("List certificates of employees, those that end first first."))
def list_certificates(
    session: Session,
    person: Annotated[
        str | None, typer.Argument(help=_("A login or a name."), metavar="PERSON")
    ] = None,
    expiring: Annotated[
        int | None, typer.Option("--expiring", min=0, help=_("Ending within so many days."))
    ] = None,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help=_("Withdrawn ones as well."))
    ] = False,
) -> None:
    from sed_tui.operations.certificate import LIST, ListCertificates

    request = ListCertificates(employee=person, ends_within=expiring, withdrawn=withdrawn)
    session.show_rows(session.call(LIST, request).rows, OWNED)


@verb(app, "withdraw", Sort.DESTROY, N_("Let a certificate sign no more; what it signed stays."))
def withdraw(
    session: Session,
    which: Annotated[
        str, typer.Argument(help=_("A serial number, or the id in the list."), metavar="ID")
    ],
) -> None:
    from sed_tui.operations.certificate import WITHDRAW, WithdrawCertificate

    session.show(session.call(WITHDRAW, WithdrawCertificate(certificate=which)), OWNED)


@verb(app, "check", Sort.READ, N_("Test what computes signatures here, and how fast it is."))
def check(session: Session) -> None:
    from sed_tui.errors.signatures import ProviderUnavailable
    from sed_tui.gost.providers.choice import every_provider, provider_named

    try:
        chosen = provider_named(session.settings.cryptography).name
    except ProviderUnavailable:
        chosen = None
    rows = [
        {
            "provider": state.name,
            "version": state.version,
            "is_chosen": state.name == chosen,
            "self_test": state.problem is None,
            "hashed": round(state.speed.hashed, 2) if state.speed else None,
            "signed": _rate(state.speed.signed) if state.speed else None,
            "verified": _rate(state.speed.verified) if state.speed else None,
            "problem": state.problem,
        }
        for state in every_provider()
    ]
    session.show_records(rows, tuple(rows[0]))
    session.say(_("None of them is a certified tool: a qualified signature is made by a command."))
    if chosen is None:
        raise typer.Exit(_NOTHING_COMPUTES)


def _rate(times: float) -> float:
    """Return how often a second; what is slow with the fractions that tell it from never."""
    return round(times) if times >= _MANY else round(times, 2)
