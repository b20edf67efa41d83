"""`sedctl user password | token | sessions`: who gets in over the network."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.passwords import current_password, password_from
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.identity import TOKEN_DAYS
from sed_tui.i18n import N_, _

TOKEN_COLUMNS = ("short_id", "login", "name", "allows", "expires_at", "used_at", "is_valid")
SESSION_COLUMNS = (*("short_id", "login", "client", "made_at", "expires_at", "used_at", "is_own"),)

Whose = Annotated[
    str | None, typer.Argument(help=_("A person; oneself when left out."), metavar="PERSON")
]
Past = Annotated[bool, typer.Option("--all", help=_("Expired and revoked ones as well."))]


def add_to(app: typer.Typer) -> None:
    """Add the verbs and the groups to the group of people."""
    verb(app, "password", Sort.WRITE, N_("Set a password for the server."))(_password)
    token = typer.Typer(rich_markup_mode=None, help=_("Tokens of programs."))
    verb(token, "add", Sort.WRITE, N_("Make a token; it is shown once."))(_add_token)
    verb(token, "list", Sort.READ, N_("List tokens."))(_list_tokens)
    verb(token, "revoke", Sort.DESTROY, N_("Make a token useless."))(_revoke_token)
    app.add_typer(token, name="token")
    sessions = typer.Typer(rich_markup_mode=None, help=_("Who is signed in from where."))
    verb(sessions, "list", Sort.READ, N_("List sessions."))(_list_sessions)
    verb(sessions, "revoke", Sort.DESTROY, N_("End a session, or all of them."))(_revoke_sessions)
    app.add_typer(sessions, name="sessions")


def _password(
    session: Session,
    person: Whose = None,
    stdin: Annotated[
        bool, typer.Option("--stdin", help=_("Read it from standard input, a line."))
    ] = False,
) -> None:
    from sed_tui.operations.password import SET, SetPassword

    # a server asks for the password of before; a database that is a file asks nobody
    current = None
    if session.settings.server and person is None:
        current = current_password(stdin=stdin)
    example = f"sedctl user password {person or ''} --stdin < FILE".replace("  ", " ")
    password = password_from(
        stdin=stdin, command="sedctl user password", example=example, twice=True
    )
    request = SetPassword(employee=person, password=password, current=current)
    session.show(session.call(SET, request))
    if session.settings.is_file:
        session.say(
            _(
                "The password is for the server. Whoever can read the database file holds "
                "everything in it: nothing but the rights to the file protects it."
            )
        )


def _add_token(
    session: Session,
    name: Annotated[str, typer.Option("--name", help=_("What the token is for."))],
    person: Annotated[
        str | None,
        typer.Option("--for", help=_("A system user; oneself when left out."), metavar="PERSON"),
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help=_("read, write, an operation, document.*; may be repeated.")),
    ] = None,
    days: Annotated[int, typer.Option("--days", help=_("How long it is valid."))] = TOKEN_DAYS,
) -> None:
    from sed_tui.operations.access_token import ADD, AddToken

    request = AddToken(name=name, employee=person, scopes=tuple(scope or ()), days=days)
    added = session.call(ADD, request)
    session.show(added, (*TOKEN_COLUMNS[:5], "secret"))
    if not session.as_json:
        told = _("The secret is shown this once. Put it into SED_TOKEN of the program.")
        lost = _("The secret was shown before and is kept nowhere: revoke this token.")
        session.say(told if added.secret else lost)


def _list_tokens(session: Session, person: Whose = None, past: Past = False) -> None:
    from sed_tui.operations.access_token import LIST, ListTokens

    rows = session.call(LIST, ListTokens(employee=person, past=past)).rows
    session.show_rows(rows, TOKEN_COLUMNS)


def _revoke_token(
    session: Session,
    token: Annotated[str, typer.Argument(help=_("The id of a token."), metavar="ID")],
) -> None:
    from sed_tui.operations.access_token import REVOKE, RevokeToken

    session.show(session.call(REVOKE, RevokeToken(token=token)), TOKEN_COLUMNS)


def _list_sessions(session: Session, person: Whose = None, past: Past = False) -> None:
    from sed_tui.operations.sign_in import LIST, ListSessions

    rows = session.call(LIST, ListSessions(employee=person, past=past)).rows
    session.show_rows(rows, SESSION_COLUMNS)


def _revoke_sessions(
    session: Session,
    person: Whose = None,
    one: Annotated[
        str | None,
        typer.Option("--session", help=_("The id of a session; all when left out."), metavar="ID"),
    ] = None,
) -> None:
    from sed_tui.operations.sign_in import REVOKE, RevokeSessions

    rows = session.call(REVOKE, RevokeSessions(session=one, employee=person)).rows
    session.show_rows(rows, SESSION_COLUMNS)
    session.say(_("Sessions ended: {count}").format(count=len(rows)))
