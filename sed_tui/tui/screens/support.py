"""Support: the tickets of this machine, which way each went, what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.binding import Binding

from sed_tui.i18n import N_, _
from sed_tui.support.making import Complaint, make_ticket
from sed_tui.support.sending import synchronize
from sed_tui.support.settings import support_settings
from sed_tui.support.tickets import TICKET_TITLES, Ticket, tickets
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, explanation
from widgets.keyboard import both_layouts
from widgets.rows import Column, FixedRows, Row
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class SupportScreen(SedScreen[None]):
    """The list of tickets; it is read from this machine and needs no network."""

    PLACE = "more"
    AUTO_FOCUS = "#tickets"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("n,insert,f7"), "new", N_("New"), id="support.new"),
        Binding(both_layouts("s,f8"), "synchronize", N_("Synchronize"), id="support.sync"),
        Binding("escape,backspace", "leave", N_("Back"), id="support.leave"),
    ]

    def content(self) -> ComposeResult:
        """List the tickets."""
        columns = (
            Column(_("Ticket"), 13, copied=True),
            Column(_("Number"), 10),
            Column(_("State"), 22),
            Column(_("Summary"), 20, share=1),
        )
        empty = _("No tickets. n tells the support what went wrong.")
        yield VirtualTable(columns, empty=empty, explain=explanation, id="tickets")

    def on_mount(self) -> None:
        """Read the tickets."""
        self.say_title(_("Support"))
        self.say_counts("")
        self.action_reload()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands that do the same."""
        return [
            Equivalent(_("New ticket"), ("support", "new", "--summary", "…")),
            Equivalent(_("Synchronize"), ("support", "sync")),
        ]

    def action_reload(self) -> None:
        """Read the tickets again, of this machine alone."""
        self.do(tickets, self._show, group="tickets")

    def _show(self, found: list[Ticket]) -> None:
        rows = [
            Row(one.id, (one.id, one.number or "", _state(one), one.summary), data=one)
            for one in found
        ]
        self.query_one(VirtualTable).show(FixedRows(rows))
        self.say_counts(_("found {count}").format(count=amount(len(rows))))

    def action_new(self) -> None:
        """Ask what went wrong, and send it with the last failure and the check of the machine."""
        self.app.push_screen(LineDialog(_("What went wrong?"), ""), self._send)

    def _send(self, summary: str | None) -> None:
        if summary is None:
            return
        session = self.sed_app.session
        complaint = Complaint(summary, organization=session.organization if session else None)
        self.notify(_("The ticket is being sent…"), timeout=5)
        self.do(lambda: make_ticket(complaint, self.sed_app.profile), self._told, group="send")

    def _told(self, ticket: Ticket) -> None:
        way = ticket.number or ticket.letter or ticket.message_id or ticket.trouble or ""
        self.notify(f"{_state(ticket)}: {way}", title=ticket.id, markup=False, timeout=10)
        self.action_reload()

    def action_synchronize(self) -> None:
        """Send what waits and read the answers."""

        def job() -> list[Ticket]:
            settings = support_settings(self.sed_app.profile)
            return [synchronize(one, settings, self.sed_app.profile) for one in tickets()]

        self.do(job, self._show, group="tickets")

    def action_leave(self) -> None:
        """Go back to More."""
        self.dismiss(None)

    @on(VirtualTable.Opened)
    def open_ticket(self, event: VirtualTable.Opened) -> None:
        """Show a ticket with its answers."""
        ticket = cast("Ticket", event.row.data)
        self.app.push_screen(TextDialog(ticket.id, _text(ticket)))


def _state(ticket: Ticket) -> str:
    return ticket.status or _(TICKET_TITLES[ticket.state])


def _text(ticket: Ticket) -> Text:
    text = Text(f"{ticket.summary}\n", "bold")
    lines = [ticket.description, _state(ticket), ticket.number, ticket.message_id, ticket.letter]
    for line in filter(None, [*lines, ticket.trouble]):
        text.append(f"{line}\n", "")
    for answer in ticket.answers:
        text.append(f"\n{answer['at']}\n", "dim").append(f"{answer['text']}\n")
    return text
