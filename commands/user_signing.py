"""`sedctl user signing-right | signing-rights | end-signing-right`: who may sign what."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.arguments import day
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.flows import Flow
from sed_tui.domain.signing import Basis
from sed_tui.i18n import N_, _

COLUMNS = (*("id", "employee", "flow", "kind", "amount", "basis", "power", "starts_on", "ends_on"),)
CALLED = {"amount": N_("Up to a sum of")}


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "signing-right", Sort.WRITE, N_("Let somebody sign, by which ground and till when."))(
        _add
    )
    verb(app, "signing-rights", Sort.READ, N_("List who may sign what."))(_list)
    verb(app, "end-signing-right", Sort.WRITE, N_("End a right to sign now."))(_end)


def _add(
    session: Session,
    person: Annotated[str, typer.Argument(help=_("A login or a name."), metavar="PERSON")],
    basis: Annotated[
        Basis, typer.Option("--basis", help=_("The ground on which the person signs."))
    ] = Basis.DUTIES,
    flow: Annotated[Flow | None, typer.Option("--flow", help=_("Of one flow."))] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help=_("One kind of documents of the flow."))
    ] = None,
    amount: Annotated[
        int | None, typer.Option("--amount", min=0, help=_("The largest sum, in roubles."))
    ] = None,
    power: Annotated[
        str | None, typer.Option("--power", help=_("The power of attorney: number and date."))
    ] = None,
    starts_on: Annotated[
        str | None, typer.Option("--from", help=_("The first day, today by default."))
    ] = None,
    ends_on: Annotated[str | None, typer.Option("--to", help=_("The last day."))] = None,
) -> None:
    from sed_tui.operations.signing_right import ADD, AddSigningRight

    request = AddSigningRight(
        employee=person,
        basis=basis,
        flow=flow,
        kind=kind,
        amount=amount,
        power=power,
        starts_on=day(starts_on, "starts_on"),
        ends_on=day(ends_on, "ends_on"),
    )
    session.show(session.call(ADD, request), COLUMNS, CALLED)


def _list(
    session: Session,
    person: Annotated[
        str | None, typer.Argument(help=_("A login or a name."), metavar="PERSON")
    ] = None,
) -> None:
    from sed_tui.operations.signing_right import LIST, ListSigningRights

    rows = session.call(LIST, ListSigningRights(employee=person)).rows
    session.show_rows(rows, COLUMNS, called=CALLED)


def _end(
    session: Session,
    right: Annotated[str, typer.Argument(help=_("The id in the list."), metavar="ID")],
) -> None:
    from sed_tui.operations.signing_right import END, EndSigningRight

    session.show(session.call(END, EndSigningRight(right=right)), COLUMNS, CALLED)
