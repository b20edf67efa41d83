"""`sedctl document dispatch`: letters that go out."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.document_draft import Which
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

COLUMNS = ("correspondent", "delivery", "postal_number", "sent_on", "sent_by")
# how the receiver has judged what went by the exchange
WENT = (*COLUMNS, "exchange_state", "their_number", "trouble")
# the number is the receiver's here, and not that of a letter that came
CALLED = {"their_number": N_("Receiver's number")}


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of documents."""
    verb(app, "dispatch", Sort.WRITE, N_("Enter that a registered letter has gone out."))(dispatch)
    verb(app, "dispatches", Sort.READ, N_("List when a document was sent, and to whom."))(
        dispatches
    )


def dispatch(
    session: Session,
    document: Which,
    to: Annotated[
        list[str] | None, typer.Option("--to", help=_("One of its addressees; all by default."))
    ] = None,
    delivery: Annotated[
        str | None, typer.Option("--delivery", help=_("How it goes, as on the card by default."))
    ] = None,
    postal_number: Annotated[
        str | None, typer.Option("--postal-number", help=_("The number of the postal item."))
    ] = None,
    sent_on: Annotated[
        str | None, typer.Option("--on", help=_("The day of dispatch, today by default."))
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help=_("Also to those whom it has gone to already."))
    ] = False,
) -> None:
    """Enter a dispatch."""
    from commands.arguments import day
    from sed_tui.operations.dispatch import DISPATCH, DispatchDocument

    request = DispatchDocument(
        document=document,
        addressees=tuple(to or ()),
        delivery=delivery,
        postal_number=postal_number,
        sent_on=day(sent_on, "on"),
        again=again,
    )
    rows = session.call(DISPATCH, request).rows
    session.show_rows(rows, COLUMNS)
    for row in rows:
        if row.delivery is None and row.exchange_state is None and not row.reply:
            text = _("{name}: not by the exchange. Tell how it goes: --delivery TEXT")
            session.say("! " + text.format(name=row.correspondent))


def dispatches(session: Session, document: Which) -> None:
    """Print the dispatches."""
    from sed_tui.operations.dispatch import LIST, ListDispatches

    session.show_rows(
        session.call(LIST, ListDispatches(document=document)).rows, WENT, called=CALLED
    )
