"""All assignments that one may see, by scope and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import AssignmentFilter, Scope
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.assignment_rows import assignment_columns, assignment_rows
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway

SCOPES = {
    Scope.ALL: N_("all"),
    Scope.OVERDUE: N_("overdue"),
    Scope.TO_EXECUTE: N_("to execute"),
    Scope.TO_CONTRIBUTE: N_("to contribute to"),
    Scope.TO_ACCEPT: N_("to accept"),
    Scope.ISSUED: N_("issued by me"),
    Scope.OBSERVED: N_("observed by me"),
    Scope.SUBSTITUTED: N_("for others, whom I stand in for"),
}


class AssignmentsScreen(AssignmentListScreen):
    """Assignments, filtered by whose they are and by words of their text."""

    PLACE = "assignments"
    is_live = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "scope(1)", N_("Whose"), id="assignments.scope"),
        Binding(
            both_layouts("left,h"),
            "scope(-1)",
            N_("Previous scope"),
            show=False,
            id="assignments.back",
        ),
        Binding(
            both_layouts("slash,ctrl+f,f3"),
            "find",
            N_("Find"),
            priority=True,
            id="assignments.find",
        ),
        Binding(both_layouts("b,f8"), "calendar", N_("Calendar"), id="assignments.calendar"),
        Binding("escape", "clear", N_("Clear the filter"), show=False, id="assignments.clear"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._scope = Scope.ALL

    def content(self) -> ComposeResult:
        """Put the filter over the list."""
        yield FilterBar(_("words of the assignment"))
        yield VirtualTable(
            assignment_columns(),
            assignment_rows(self.gateway, AssignmentFilter()),
            empty=_("No assignments yet. They are issued on a document: 2, then i."),
            explain=explanation,
            id="assignments",
        )
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Name the screen."""
        self._name_screen()
        self.say_counts("")

    @property
    def scope(self) -> Scope:
        """Return whose assignments are listed."""
        return self._scope

    @property
    def filter(self) -> FilterBar:
        """Return the filter."""
        return self.query_one(FilterBar)

    def _name_screen(self) -> None:
        self.say_title(_("Assignments") + ": " + _(SCOPES[self._scope]))

    @on(FilterBar.Asked)
    def show_matches(self, event: FilterBar.Asked) -> None:
        """Show the assignments in which the words occur."""
        self.table.marks.clear()
        self.table.cursor = 0
        self.table.highlight = words(event.query)
        self.table.is_filtered = bool(event.query)
        self.action_reload()

    @on(FilterBar.Left)
    def go_to_list(self) -> None:
        """Let the keys act on the list."""
        self.table.focus()

    def action_reload(self) -> None:
        """Read the list again."""
        query = self.filter.query_text
        if query:
            self.table.empty = _("Nothing found. Esc clears the filter.")
        elif self._scope is not Scope.ALL:
            self.table.empty = _("No assignments here. → shows others.")
        else:
            self.table.empty = _("No assignments yet. They are issued on a document: 2, then i.")
        wanted = AssignmentFilter(scope=self._scope, text=query or None)
        self.table.columns = tuple(assignment_columns(self._scope))
        self.table.show(assignment_rows(self.gateway, wanted))

    def action_find(self) -> None:
        """Go to the filter."""
        if self.focused is self.filter.line:
            raise SkipAction  # a letter of what is being typed
        # at once: over a slow line the next letter is in the same packet
        self.set_focus(self.filter.line)

    def action_clear(self) -> None:
        """Show everything again."""
        self._scope = Scope.ALL
        self._name_screen()
        self.filter.action_clear()
        self.action_reload()

    def action_scope(self, step: int) -> None:
        """Go to the next scope."""
        scopes = list(SCOPES)
        self._scope = scopes[(scopes.index(self._scope) + step) % len(scopes)]
        self._name_screen()
        self.table.marks.clear()
        self.table.cursor = 0
        self.action_reload()

    def action_calendar(self) -> None:
        """Show how many terms end on each day, of the same people."""
        from sed_tui.tui.screens.term_calendar import TermCalendarScreen  # for this key alone

        calendar = TermCalendarScreen(self.gateway, self._scope)
        self.app.push_screen(calendar, lambda _: self.action_reload())

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and for the assignment under the cursor."""
        text = ("--text", self.filter.query_text) if self.filter.query_text else ()
        words_of_list = ("assignment", "list", "--scope", self._scope.value, *text)
        return [Equivalent(_("This list"), words_of_list), *super().equivalents()]
