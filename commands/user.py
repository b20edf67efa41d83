"""`sedctl user`: people, their logins and roles."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import user_identity, user_signing, user_substitution
from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.access import Role, Sight
from sed_tui.domain.contacts import Language
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("People, their logins and roles."))

user_substitution.add_to(app)
user_signing.add_to(app)
user_identity.add_to(app)

COLUMNS = ("login", "full_name", "position", "unit", "roles", "state", "organization")

Who = Annotated[str, typer.Argument(help=_("A login, a name or an id."), metavar="PERSON")]
Position = Annotated[str | None, typer.Option("--position", help=_("The position held."))]
Unit = Annotated[str | None, typer.Option("--unit", help=_("The code or name of the unit."))]
OsUser = Annotated[
    str | None,
    typer.Option("--os-user", help=_("The operating-system user who is this person.")),
]
Email = Annotated[str | None, typer.Option("--email", help=_("The e-mail address."))]
Spoken = Annotated[
    Language | None, typer.Option("--language", help=_("The language of letters to the person."))
]
Phone = Annotated[str | None, typer.Option("--phone", help=_("The telephone."))]


@verb(app, "add", Sort.WRITE, N_("Take a person on."))
def add(
    session: Session,
    login: Annotated[str, typer.Argument(help=_("The login, unique in the database."))],
    name: Annotated[str, typer.Option("--name", help=_("Surname, name and patronymic."))],
    position: Position = None,
    unit: Unit = None,
    role: Annotated[
        list[Role] | None, typer.Option("--role", help=_("A role; may be repeated."))
    ] = None,
    os_user: OsUser = None,
    email: Email = None,
    phone: Phone = None,
    language: Spoken = None,
    clearance: Annotated[
        bool, typer.Option("--clearance", help=_("May see official-use-only cards."))
    ] = False,
) -> None:
    from sed_tui.operations.employee import ADD, AddEmployee

    request = AddEmployee(
        login=login,
        full_name=name,
        position=position,
        unit=unit,
        roles=tuple(role or ()),
        os_user=os_user,
        email=email,
        phone=phone,
        language=language,
        clearance=clearance,
    )
    session.show(session.call(ADD, request))


@verb(app, "edit", Sort.WRITE, N_("Change fields of a person; an empty text empties one."))
def edit(
    session: Session,
    person: Who,
    name: Annotated[
        str | None, typer.Option("--name", help=_("Surname, name and patronymic."))
    ] = None,
    position: Position = None,
    unit: Unit = None,
    os_user: OsUser = None,
    email: Email = None,
    phone: Phone = None,
    language: Spoken = None,
    clearance: Annotated[
        bool | None,
        typer.Option("--clearance/--no-clearance", help=_("May see official-use-only cards.")),
    ] = None,
    version: Seen = None,
) -> None:
    from sed_tui.operations.employee import EDIT, EditEmployee

    given = {
        "full_name": name,
        "position": position,
        "unit": unit,
        "os_user": os_user,
        "email": email,
        "phone": phone,
        "language": language,
        "clearance": clearance,
    }
    changes = {field: value for field, value in given.items() if value is not None}
    session.show(
        session.call(EDIT, EditEmployee(employee=person, changes=changes, version=version))
    )


@verb(app, "list", Sort.LIST, N_("List people and their roles."))
def list_(
    session: Session,
    query: Annotated[str, typer.Argument(help=_("Parts of a name or login."))] = "",
    all_states: Annotated[bool, typer.Option("--all", help=_("Dismissed people as well."))] = False,
) -> None:
    from sed_tui.operations.employee import LIST, ListEmployees

    request = ListEmployees(
        query=query, all_states=all_states, guests=True, limit=session.limit, after=session.after
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)


@verb(app, "show", Sort.READ, N_("Show a person."))
def show(session: Session, person: Who) -> None:
    from sed_tui.operations.employee import SHOW, ShowEmployee

    session.show(session.call(SHOW, ShowEmployee(employee=person)))


@verb(app, "role", Sort.WRITE, N_("Grant and revoke roles in the organization of the call."))
def role(
    session: Session,
    person: Who,
    grant: Annotated[
        list[Role] | None, typer.Option("--grant", help=_("A role; may be repeated."))
    ] = None,
    revoke: Annotated[
        list[Role] | None, typer.Option("--revoke", help=_("A role; may be repeated."))
    ] = None,
    scope: Annotated[
        Sight | None,
        typer.Option(
            "--scope", help=_("How far what is granted sees: all, the department, one's own.")
        ),
    ] = None,
    clearance: Annotated[
        bool | None,
        typer.Option(
            "--clearance/--no-clearance",
            help=_("Of somebody who works elsewhere: may see official-use-only cards here."),
        ),
    ] = None,
) -> None:
    from sed_tui.operations.employee_access import ROLES, ChangeRoles

    request = ChangeRoles(
        employee=person,
        grant=tuple(grant or ()),
        revoke=tuple(revoke or ()),
        scope=scope,
        clearance=clearance,
    )
    session.show(session.call(ROLES, request))


@verb(app, "disable", Sort.DESTROY, N_("Dismiss a person"))
def disable(session: Session, person: Who) -> None:
    from sed_tui.operations.employee_access import DISABLE, DisableEmployee

    session.show(session.call(DISABLE, DisableEmployee(employee=person)))


@verb(app, "enable", Sort.WRITE, N_("Take a dismissed person back."))
def enable(session: Session, person: Who) -> None:
    from sed_tui.operations.employee_access import ENABLE, EnableEmployee

    session.show(session.call(ENABLE, EnableEmployee(employee=person)))
