"""The assignments whose term is one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import AssignmentFilter
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.assignment_rows import assignment_columns, assignment_rows
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.wording import explanation, long_day
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.assignment_list import Scope


class DayAssignmentsScreen(AssignmentListScreen):
    """The open assignments of a day of the calendar, with every step on them."""

    PLACE = "assignments"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", N_("Back"), id="day.leave"),
    ]

    def __init__(self, gateway: Gateway, scope: Scope, day: date) -> None:
        super().__init__(gateway)
        self._wanted = AssignmentFilter(scope=scope, due_on=day)
        self._day = day

    def content(self) -> ComposeResult:
        """Put the text of the row under the list."""
        yield VirtualTable(
            assignment_columns(self._wanted.scope),
            assignment_rows(self.gateway, self._wanted),
            empty=_("No open assignment ends on this day. Esc goes back."),
            explain=explanation,
            id="assignments",
        )
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Name the day."""
        self.say_title(_("Terms of {day}").format(day=long_day(self._day)))
        self.say_counts("")

    @property
    def scope(self) -> Scope:
        """Return whose assignments are listed."""
        return self._wanted.scope

    def action_reload(self) -> None:
        """Read the list again."""
        self.table.show(assignment_rows(self.gateway, self._wanted))

    def action_leave(self) -> None:
        """Go back to the calendar."""
        self.dismiss()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and for the assignment under the cursor."""
        scope = ("--scope", self._wanted.scope.value)
        listed = ("assignment", "list", *scope, "--due", self._day.isoformat())
        return [Equivalent(_("This list"), listed), *super().equivalents()]
