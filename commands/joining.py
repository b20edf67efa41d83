"""`sedctl joining`: an organization joins the system, from its application to the act."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import (
    joining_evidence,
    joining_papers,
    joining_people,
    joining_steps,
    joining_upkeep,
)
from commands.imports import loader
from commands.joining_fields import ApplicationFields
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.joining import JoiningState, RegisterState, Side, Subsystem
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.joining import Application

app = typer.Typer(rich_markup_mode=None, help=_("Organizations join the system, step by step."))
joining_steps.add_to(app)
joining_papers.add_to(app)
joining_people.add_to(app)
joining_evidence.add_to(app)
joining_upkeep.add_to(app)
COLUMNS = ("application", "name", "joining", "waits_for", "due", "delay_days", "subsystem")
_Which = Annotated[
    str | None,
    typer.Argument(help=_("A code, an OGRN or an id; one's own by default."), metavar="CODE"),
]
_File = Annotated[
    Path | None, typer.Option("--file", help=_("A .toml, .json, .xlsx or .csv file."))
]


@verb(app, "form", Sort.READ, N_("Write an empty application to fill in, a TOML file."))
def form(
    session: Session,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=_("A file; standard output otherwise."))
    ] = None,
) -> None:
    from commands.joining_fields import blank_form

    if output is None:
        sys.stdout.write(blank_form())
        return
    from sed_tui.rendering.saved import replaced

    with replaced(output) as place:
        place.write(blank_form().encode())


@verb(app, "apply", Sort.WRITE, N_("Begin an application; the operator names a new organization."))
def apply(
    session: Session,
    fields: ApplicationFields,
    organization: Annotated[
        str | None,
        typer.Argument(help=_("The code of a new organization."), metavar="CODE"),
    ] = None,
    file: _File = None,
) -> None:
    from commands.joining_fields import given_fields
    from sed_tui.operations.joining import APPLY, ApplyForJoining

    told = given_fields(fields, file)
    request = ApplyForJoining(organization=organization or told.code, fields=told.fields)
    show_card(session, session.call(APPLY, request))


verb(app, "import", Sort.WRITE, N_("Enter the register of organizations from a table."))(
    loader("organizations")
)


@verb(app, "edit", Sort.WRITE, N_("Fill in an application that is with the applicant."))
def edit(
    session: Session,
    fields: ApplicationFields,
    application: _Which = None,
    file: _File = None,
) -> None:
    from commands.joining_fields import given_fields
    from sed_tui.operations.joining import EDIT, EditApplication

    told = given_fields(fields, file).fields
    request = EditApplication(application=application, fields=told)
    show_card(session, session.call(EDIT, request))


@verb(app, "check-register", Sort.WRITE, N_("Record what the state register says."))
def check_register(
    session: Session,
    application: Annotated[
        str, typer.Argument(help=_("A code, an OGRN or an id."), metavar="CODE")
    ],
    state: Annotated[RegisterState, typer.Option("--state", help=_("What it says."))],
    checked_on: Annotated[
        str | None, typer.Option("--on", help=_("The day of the extract, today by default."))
    ] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.joining import CHECK_REGISTER, CheckRegister

    request = CheckRegister(
        application=application, register_state=state, checked_on=day(checked_on, "checked_on")
    )
    show_card(session, session.call(CHECK_REGISTER, request))


@verb(app, "list", Sort.LIST, N_("List applications, the most urgent first."))
def list_(
    session: Session,
    words: Annotated[
        list[str] | None, typer.Argument(help=_("Words of the name, a code, an OGRN."))
    ] = None,
    state: Annotated[
        list[JoiningState] | None, typer.Option("--state", help=_("In these states alone."))
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Those connected and ended too."))
    ] = False,
    subsystem: Annotated[
        Subsystem | None, typer.Option("--subsystem", help=_("Of one subsystem."))
    ] = None,
    waits_for: Annotated[
        Side | None, typer.Option("--waits-for", help=_("Whose turn it is."))
    ] = None,
    late: Annotated[bool, typer.Option("--late", help=_("Whose term is over."))] = False,
) -> None:
    from sed_tui.operations.joining_list import LIST, ListApplications

    request = ListApplications(
        joining=tuple(state or ()),
        all_states=everything,
        subsystem=subsystem,
        waits_for=waits_for,
        late=late,
        query=" ".join(words or ()),
        limit=session.limit,
        after=session.after,
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)


@verb(
    app, "show", Sort.READ, N_("Show an application: what is done, what is missing, who does it.")
)
def show(session: Session, application: _Which = None) -> None:
    from sed_tui.operations.joining import SHOW, ShowApplication

    show_card(session, session.call(SHOW, ShowApplication(application=application)))


def show_card(session: Session, card: Application) -> None:
    """Print an application; in a table its conditions and papers stand as lines of words."""
    from commands.joining_card import show_application

    show_application(session, card)
