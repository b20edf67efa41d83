"""`sedctl document grant | revoke | access`: a document shown to who has no part in it."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.arguments import day
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

COLUMNS = ("employee", "login", "ends_on", "reason", "granted_by", "granted_at", "is_active")
_Document = Annotated[
    str,
    typer.Argument(help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"),
]
_Person = Annotated[str, typer.Argument(help=_("A login, a name or an id."), metavar="PERSON")]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of documents."""
    verb(app, "grant", Sort.WRITE, N_("Show a document to a person who has no part in it."))(_grant)
    verb(app, "revoke", Sort.WRITE, N_("Take an extra right to a document away."))(_revoke)
    verb(app, "access", Sort.READ, N_("List who has extra rights to a document."))(_access)


def _grant(
    session: Session,
    document: _Document,
    employee: _Person,
    until: Annotated[str | None, typer.Option("--until", help=_("The last day."))] = None,
) -> None:
    """Give the right; why is told by `--reason`."""
    from sed_tui.operations.access import GRANT, GrantAccess

    ends_on = day(until, "ends_on") if until else None
    request = GrantAccess(
        document=document, employee=employee, ends_on=ends_on, reason=session.reason or ""
    )
    session.show(session.call(GRANT, request), COLUMNS)


def _revoke(session: Session, document: _Document, employee: _Person) -> None:
    from sed_tui.operations.access import REVOKE, RevokeAccess

    request = RevokeAccess(document=document, employee=employee)
    session.show(session.call(REVOKE, request), (*COLUMNS, "revoked_at"))


def _access(
    session: Session,
    document: _Document,
    past: Annotated[bool, typer.Option("--all", help=_("Past and ended ones as well."))] = False,
) -> None:
    from sed_tui.operations.access import LIST, ListAccess

    session.show_rows(session.call(LIST, ListAccess(document=document, past=past)).rows, COLUMNS)
