"""The calendar of terms: how many assignments end on each day of a month or a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_days import DAYS, CountByDay, TermDay, TermDays
from sed_tui.tui.calendar_days import day_cells, month_name, told_day
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.screens.assignments import SCOPES
from sed_tui.tui.screens.day_assignments import DayAssignmentsScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, day, explanation, long_day
from widgets.day_grid import DayGrid
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.assignment_list import Scope

_PATIENCE = 0.15


class TermCalendarScreen(SedScreen[None]):
    """Open terms by day; Enter lists those of the day under the cursor."""

    PLACE = "assignments"
    AUTO_FOCUS = "#days"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("v,f3"), "switch", N_("Month or week"), id="terms.switch"),
        Binding("tab,f4", "scope(1)", N_("Whose"), id="terms.scope"),
        Binding("shift+tab", "scope(-1)", N_("Previous scope"), show=False, id="terms.back"),
        Binding(both_layouts("home,g"), "today", N_("Today"), id="terms.today"),
        Binding("escape,backspace", "leave", N_("Back"), id="terms.leave"),
    ]

    def __init__(self, gateway: Gateway, scope: Scope) -> None:
        super().__init__(gateway)
        self._scope = scope
        self._today = office_day(SystemClock().now())
        self._read: TermDays | None = None
        self._asked: tuple[Scope, date, date] | None = None

    def content(self) -> ComposeResult:
        """Put what is known of a day under the days."""
        yield DayGrid(self._today, id="days")
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Read the present month."""
        self._ask()

    @property
    def grid(self) -> DayGrid:
        """Return the days."""
        return self.query_one(DayGrid)

    def action_reload(self) -> None:
        """Read the counts again."""
        self._asked = None
        self._ask()

    @on(DayGrid.Moved)
    def follow_cursor(self) -> None:
        """Tell of the day under the cursor, and read the days that came into sight."""
        self._ask()

    def _ask(self) -> None:
        days = self.grid.days
        wanted = (self._scope, days[0], days[-1])
        if wanted != self._asked:
            self._asked, self._read = wanted, None
            self._detail.remove_class("wrong")
            self.grid.show({})
            self.set_timer(_PATIENCE, self._say_it_is_slow)
            request = CountByDay(scope=self._scope, since=days[0], until=days[-1])
            self.call(DAYS, request, self._show, otherwise=self._show_failure)
        self._tell()

    def _show(self, found: TermDays) -> None:
        self._read = found
        if found.today != self._today:  # the office's day, whatever this machine's clock says
            before, self._today = self._today, found.today
            if self.grid.cursor == before:
                self.grid.cursor = found.today
        self.grid.show(day_cells(found))
        self._tell()

    def _show_failure(self, error: SedError) -> None:
        self._detail.add_class("wrong")
        self._detail.update(explanation(error) + "\n" + _("r tries again."))

    def _say_it_is_slow(self) -> None:
        if self._read is None and not self._detail.content:
            self._say(_("Counting the terms… Esc goes back."))

    @property
    def _detail(self) -> Static:
        return self.query_one("#detail", Static)

    def _say(self, text: str) -> None:
        self._detail.update(text, layout=False)

    def _tell(self) -> None:
        here, found = self.grid.cursor, self._read
        self.say_title(f"{_('Terms')}: {month_name(here)} · {_(SCOPES[self._scope])}")
        row = self._row(here)
        self._say("" if row is None else told_day(row, self._today))
        counted = [] if found is None else found.days
        late = sum(row.overdue for row in counted)
        text = _("in sight: {open}, overdue: {late}")
        text = text.format(open=amount(sum(row.open for row in counted)), late=amount(late))
        self.say_counts(text if counted else "")

    def _row(self, wanted: date) -> TermDay | None:
        rows = self._read.days if self._read is not None else []
        return next((row for row in rows if row.day == wanted), None)

    def action_switch(self) -> None:
        """Show a week instead of a month, or the other way round."""
        self.grid.is_week = not self.grid.is_week

    def action_scope(self, step: int) -> None:
        """Count somebody else's."""
        scopes = list(SCOPES)
        self._scope = scopes[(scopes.index(self._scope) + step) % len(scopes)]
        self._ask()

    def action_today(self) -> None:
        """Go back to the present day."""
        self.grid.cursor = self._today

    def action_leave(self) -> None:
        """Go back to the list."""
        self.dismiss()

    def action_explain(self) -> None:
        """Tell everything about the day under the cursor."""
        if (row := self._row(self.grid.cursor)) is not None:
            told = told_day(row, self._today).replace(" · ", "\n")
            self.app.push_screen(TextDialog(long_day(row.day), told))

    @on(DayGrid.Opened)
    def open_day(self, event: DayGrid.Opened) -> None:
        """List the assignments that end on a day."""
        screen = DayAssignmentsScreen(self.gateway, self._scope, event.day)
        self.app.push_screen(screen, lambda _: self.action_reload())

    def equivalents(self) -> list[Equivalent]:
        """Return the commands that count by day, and that list the day under the cursor."""
        days, here = self.grid.days, self.grid.cursor
        since, until = days[0].isoformat(), days[-1].isoformat()
        scope = ("--scope", self._scope.value)
        counted = ("assignment", "days", "--since", since, "--until", until, *scope)
        title = _("Terms of {day}").format(day=day(here))
        listed = ("assignment", "list", *scope, "--due", here.isoformat())
        return [Equivalent(_("These days"), counted), Equivalent(title, listed)]
