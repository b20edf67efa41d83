"""Dispatches of a card: to whom it went, and how far each letter of the exchange has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TabbedContent

from sed_tui.i18n import N_, _
from sed_tui.rendering.cells import printable
from sed_tui.tui.card_signatures import CardSignatures
from sed_tui.tui.exchange_rows import signed_state
from sed_tui.tui.wording import day, translated
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.dispatch import DispatchRow

_COLUMNS = (
    Column(N_("Date"), 10),
    Column(N_("Addressee"), 18, share=1),
    Column(N_("State"), 22),
    Column(N_("Receiver's number"), 12, optional=True, copied=True),
    Column(N_("What is wrong"), 12, share=1, optional=True),
)


class CardDispatches(CardSignatures):
    """What the screen of a card does with its dispatches."""

    def show_dispatches(self, found: Sequence[DispatchRow]) -> None:
        """Show to whom it and its replies went; the tab is there once one went to anybody."""
        self.table("dispatches").show(dispatch_rows(found))
        self.name_tab("dispatches", _("Dispatches"), len(found))
        if found:
            self.query_one("#tabs", TabbedContent).show_tab("dispatches")

    def open_dispatch(self, row: DispatchRow) -> None:
        """Open the message of the exchange that a letter went as."""
        from sed_tui.tui.screens.exchange_message import ExchangeMessageScreen  # for Enter alone

        if row.message is None:
            self.notify(_("It did not go by the exchange."))
        elif not self.sed_app.may("exchange.show"):
            self.sed_app.say_not_permitted()
        else:
            screen = ExchangeMessageScreen(self.gateway, str(row.message))
            self.app.push_screen(screen, lambda _done: self.action_reload())


def dispatch_columns() -> list[Column]:
    """Return the columns of dispatches."""
    return translated(_COLUMNS)


def dispatch_rows(found: Sequence[DispatchRow]) -> FixedRows:
    """Return the dispatches of a document and of its replies, in the order of sending."""
    return FixedRows([_row(row) for row in found])


def _row(row: DispatchRow) -> Row:
    went = row.delivery or ""
    state = signed_state(row.exchange_state) if row.exchange_state is not None else went
    theirs = " ".join(part for part in (row.their_number, day(row.their_date)) if part)
    whom = row.correspondent
    if row.reply:
        whom = _("{name}, reply {number}").format(name=whom, number=row.reply)
    cells = (day(row.sent_on), whom, state, theirs, row.trouble or "")
    told = tuple(printable(cell).replace("\n", " ") for cell in cells)
    return Row(str(row.id), told, "alarm" if row.trouble else "", row)
