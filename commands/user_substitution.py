"""`sedctl user substitute | substitutions | end-substitution`: who stands in for whom."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.arguments import day
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.substitution import Scope
from sed_tui.i18n import N_, _

COLUMNS = (
    *("short_id", "absent", "substitute", "starts_on", "ends_on", "scopes", "is_active"),
    *("is_cancelled", "note"),
)


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "substitute", Sort.WRITE, N_("Enter an absence and who stands in."))(_add)
    verb(app, "substitutions", Sort.READ, N_("List substitutions in force and to come."))(_list)
    verb(app, "end-substitution", Sort.WRITE, N_("End a substitution today."))(_end)


def _add(
    session: Session,
    absent: Annotated[
        str, typer.Argument(help=_("The absent person: a login, a name."), metavar="PERSON")
    ],
    starts_on: Annotated[str, typer.Option("--from", help=_("The first day."))],
    ends_on: Annotated[str, typer.Option("--to", help=_("The last day."))],
    substitute: Annotated[
        str | None, typer.Option("--by", help=_("Who stands in; nobody for an absence alone."))
    ] = None,
    scope: Annotated[
        list[Scope] | None,
        typer.Option("--scope", help=_("For which work; everything otherwise. May be repeated.")),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("Why: leave, illness."))] = None,
) -> None:
    from sed_tui.operations.substitution import ADD, AddSubstitution

    request = AddSubstitution(
        absent=absent,
        substitute=substitute,
        starts_on=day(starts_on, "starts_on"),
        ends_on=day(ends_on, "ends_on"),
        scopes=tuple(scope or ()),
        note=note,
    )
    result = session.call(ADD, request)
    session.show(result, COLUMNS)
    if not session.as_json:
        for warning in result.warnings:
            session.say(warning)


def _list(
    session: Session,
    person: Annotated[
        str | None, typer.Argument(help=_("Absent or standing in."), metavar="PERSON")
    ] = None,
    past: Annotated[bool, typer.Option("--all", help=_("Past and ended ones as well."))] = False,
) -> None:
    from sed_tui.operations.substitution import LIST, ListSubstitutions

    page = session.call(LIST, ListSubstitutions(person=person, past=past))
    session.show_rows(page.rows, COLUMNS, page.next)


def _end(
    session: Session,
    substitution: Annotated[str, typer.Argument(help=_("The id of a substitution."), metavar="ID")],
) -> None:
    from sed_tui.operations.substitution import END, EndSubstitution

    session.show(session.call(END, EndSubstitution(substitution=substitution)), COLUMNS)
