"""`sedctl joining people | list-person | take-off | consent | withdraw-consent`: who gets in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.access import Role
from sed_tui.i18n import N_, _

_Login = Annotated[str, typer.Argument(help=_("The login."), metavar="LOGIN")]
_Of = Annotated[
    str | None,
    typer.Option("--of", help=_("The organization: a code or an OGRN; one's own by default.")),
]
_COLUMNS = (
    "login",
    "full_name",
    "position",
    "roles",
    "owns_signature",
    "consent_on",
    "has_account",
)


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "people", Sort.READ, N_("Show who is to have an account, with consents."))(_people)
    verb(app, "list-person", Sort.WRITE, N_("Put a person on the list of accounts."))(_list_person)
    verb(app, "take-off", Sort.WRITE, N_("Take a person without an account off the list."))(
        _take_off
    )
    verb(app, "consent", Sort.WRITE, N_("Record a person's consent, with its file."))(_consent)
    verb(app, "first-password", Sort.WRITE, N_("Give the first password of a new administrator."))(
        _first_password
    )
    verb(
        app, "withdraw-consent", Sort.DESTROY, N_("A consent is withdrawn: the account is closed")
    )(_withdraw)


def _first_password(session: Session, login: _Login, of: _Of = None) -> None:
    from sed_tui.operations.joining_password import GIVE, GiveFirstPassword

    given = session.call(GIVE, GiveFirstPassword(application=of, login=login))
    session.show(given, ("login", "full_name", "valid_until", "password"))
    if not session.as_json:
        told = _("It is shown this once. Its owner signs in and sets his own: sedctl user password")
        lost = _("It was shown before and is kept nowhere: give another one.")
        session.say(told if given.password else lost)


def _people(session: Session, of: _Of = None) -> None:
    from sed_tui.operations.joining_people import PEOPLE, ListListedPeople

    session.show_rows(session.call(PEOPLE, ListListedPeople(application=of)).rows, _COLUMNS)


def _list_person(
    session: Session,
    login: _Login,
    name: Annotated[str, typer.Option("--name", help=_("Surname, name, patronymic."))],
    of: _Of = None,
    position: Annotated[str | None, typer.Option("--position", help=_("The position."))] = None,
    email: Annotated[str | None, typer.Option("--email", help=_("The e-mail."))] = None,
    role: Annotated[
        list[Role] | None, typer.Option("--role", help=_("A role; may be repeated."))
    ] = None,
    owns_signature: Annotated[
        bool, typer.Option("--owns-signature", help=_("Owns an electronic signature."))
    ] = False,
) -> None:
    from sed_tui.operations.joining_people import LIST_PERSON, ListPerson

    request = ListPerson(
        application=of,
        login=login,
        full_name=name,
        position=position,
        email=email,
        roles=tuple(role or ()),
        owns_signature=owns_signature,
    )
    session.show(session.call(LIST_PERSON, request), _COLUMNS)


def _take_off(session: Session, login: _Login, of: _Of = None) -> None:
    from sed_tui.operations.joining_people import TAKE_OFF, TakeOffList

    rows = session.call(TAKE_OFF, TakeOffList(application=of, login=login)).rows
    session.show_rows(rows, _COLUMNS)


def _consent(
    session: Session,
    login: _Login,
    of: _Of = None,
    on: Annotated[
        str | None, typer.Option("--on", help=_("The day on the paper, today by default."))
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help=_("The scan of the consent."))] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.gateway.disk_files import opened
    from sed_tui.operations.joining_people import CONSENT, RecordConsent

    token = None
    if file is not None:
        with opened(file) as source:
            token = session.gateway.stage(source)
    request = RecordConsent(
        application=of,
        login=login,
        consent_on=day(on, "consent_on"),
        name=file.name if file else None,
        token=token,
    )
    session.show(session.call(CONSENT, request), _COLUMNS)


def _withdraw(
    session: Session,
    login: _Login,
    of: _Of = None,
    on: Annotated[
        str | None, typer.Option("--on", help=_("The day on the paper, today by default."))
    ] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.joining_people import WITHDRAW_CONSENT, WithdrawConsent

    request = WithdrawConsent(application=of, login=login, withdrawn_on=day(on, "withdrawn_on"))
    session.show(session.call(WITHDRAW_CONSENT, request), (*_COLUMNS, "open_work"))
