"""My work: what waits for me, what is late and what is due today first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import (
    SUMMARY,
    AssignmentFilter,
    AssignmentSummary,
    Scope,
    SummarizeAssignments,
    Waiting,
)
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.assignment_rows import assignment_columns, assignment_rows
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.tui.commands_dialog import Equivalent

_GROUPS = {
    Scope.TO_EXECUTE: N_("To execute"),
    Scope.TO_ACCEPT: N_("To accept"),
    Scope.ISSUED: N_("Issued by me"),
}
_WIDTH = 16


class MyWorkScreen(AssignmentListScreen):
    """The groups of what waits, and the assignments of one group by their terms."""

    PLACE = "work"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,tab,l"), "group(1)", N_("Next group"), id="work.next"),
        Binding(
            both_layouts("left,shift+tab,h"),
            "group(-1)",
            N_("Previous group"),
            show=False,
            id="work.previous",
        ),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._group = Scope.TO_EXECUTE
        self._summary: AssignmentSummary | None = None

    def content(self) -> ComposeResult:
        """Put the groups over the assignments of the chosen one."""
        yield Static(id="groups", markup=False)
        yield VirtualTable(assignment_columns(), empty="", explain=explanation, id="assignments")
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Ask what waits."""
        self.say_title(_("My work"))
        self.say_counts("")
        self.action_reload()

    def on_screen_resume(self) -> None:
        """Ask again when the user comes back: something may have been done meanwhile."""
        if self._summary is not None:
            self.action_reload()

    def action_reload(self) -> None:
        """Ask how much waits in each group, and read the chosen one."""
        self.table.show(assignment_rows(self.gateway, AssignmentFilter(scope=self._group)))
        self.call(SUMMARY, SummarizeAssignments(), self._show_summary, otherwise=self._no_summary)

    def _show_summary(self, summary: AssignmentSummary) -> None:
        first = self._summary is None
        self._summary = summary
        present = [scope for scope, _waiting in self._filled()]
        if first and present and self._group not in present:
            self._choose(present[0])
        self.table.empty = (
            _("Nothing in this group.")
            if present
            else _("Nothing waits for you. 2 opens the documents, 3 all assignments.")
        )
        self.table.refresh()
        self._draw_groups()
        self.refresh_bindings()

    def _no_summary(self, _error: SedError) -> None:
        # the list under it fails for the same reason and says why
        self.query_one("#groups", Static).update("")

    def _filled(self) -> Iterator[tuple[Scope, Waiting]]:
        for scope in _GROUPS:
            waiting: Waiting = getattr(self._summary, scope.value, Waiting())
            if waiting.total:
                yield scope, waiting

    def _draw_groups(self) -> None:
        text = Text(no_wrap=True, overflow="ellipsis")
        for scope, waiting in self._filled():
            here = scope is self._group
            if text:
                text.append("\n")
            text.append("▸ " if here else "  ")
            text.append(f"{_(_GROUPS[scope]):<{_WIDTH}} {waiting.total:>5}", "bold" if here else "")
            for sign, word, count in (
                ("!", _("overdue"), waiting.overdue),
                ("•", _("today"), waiting.today),
                (" ", _("in three days"), waiting.soon),
            ):
                if count:
                    text.append(f"   {sign} {word} {count}", "bold" if sign != " " else "")
        self.query_one("#groups", Static).update(text)

    def _choose(self, scope: Scope) -> None:
        self._group = scope
        self.table.marks.clear()
        self.table.cursor = 0
        self.table.show(assignment_rows(self.gateway, AssignmentFilter(scope=scope)))
        self._draw_groups()

    def action_group(self, step: int) -> None:
        """Go to another group that is not empty."""
        present = [scope for scope, _waiting in self._filled()]
        if not present:
            return
        place = present.index(self._group) + step if self._group in present else 0
        self._choose(present[place % len(present)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to change the group where there is another one."""
        if action == "group":
            return len(list(self._filled())) > 1
        return super().check_action(action, parameters)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the group and for the assignment under the cursor."""
        from sed_tui.tui.commands_dialog import Equivalent

        listing = Equivalent(_("This list"), ("assignment", "list", "--scope", self._group.value))
        return [listing, *super().equivalents()]
