"""A list of assignments with what can be done about one, for each screen that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.tui import assignment_tasks, equivalents
from sed_tui.tui.assignment_text import assignment_text
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, long_day
from widgets.keyboard import both_layouts
from widgets.paged_view import State
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.binding import BindingType

    from sed_tui.operations.assignment_list import AssignmentRow
    from sed_tui.tui.commands_dialog import Equivalent
    from sed_tui.tui.entry_dialog import Task


class AssignmentListScreen(SedScreen[None]):
    """A screen around a table `#assignments` and the line `#detail`."""

    AUTO_FOCUS = "#assignments"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("o,f2"), "report", N_("Report"), id="assignments.report"),
        Binding(both_layouts("a"), "accept", N_("Accept"), id="assignments.accept"),
        Binding(both_layouts("w"), "give_back", N_("Rework"), id="assignments.return"),
        Binding(both_layouts("d"), "document", N_("Document"), id="assignments.document"),
    ]

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#assignments", VirtualTable)

    @property
    def assignment(self) -> AssignmentRow | None:
        """Return the assignment under the cursor."""
        row = self.table.row
        return cast("AssignmentRow", row.data) if row is not None else None

    @property
    def counts(self) -> str:
        """Return the place in the list, and how many are marked."""
        table = self.table
        total = amount(table.total)
        if table.more:
            total = _("more than {count}").format(count=total)
        number = amount(table.cursor + 1 if table.total else 0)
        place = _("{number} of {total}").format(number=number, total=total)
        if not (marked := table.chosen):
            return place
        text = ngettext("{count} marked", "{count} marked", marked).format(count=amount(marked))
        return f"{place} · {text}"

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Show the assignment under the cursor whole."""
        self.say_counts(self.counts if self.table.state is State.READY else "")
        row = self.assignment
        detail = "" if row is None else _detail(row)
        self.query_one("#detail", Static).update(detail, layout=False)  # two lines at any length
        self.refresh_bindings()

    @on(VirtualTable.Opened)
    def open_assignment(self) -> None:
        """Show everything about the assignment."""
        if (row := self.assignment) is not None:
            self.open(SHOW, ShowAssignment(assignment=str(row.id)), self._show)

    def _show(self, card: AssignmentCard) -> None:
        title = card.document_number or card.short_id
        self.app.push_screen(TextDialog(title, assignment_text(card)))

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the assignment under the cursor."""
        return equivalents.of_assignment(self.assignment) if self.assignment is not None else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the steps that the state of the assignment allows."""
        row = self.assignment
        match action:
            case "report":
                return row is not None and row.state in {"in_work", "rework"}
            case "accept" | "give_back":
                return row is not None and row.state == "acceptance"
            case "document":
                return row is not None and row.document_id is not None
        return super().check_action(action, parameters)

    def action_explain(self) -> None:
        """Explain the term: the card holds it line by line."""
        self.open_assignment()

    def action_report(self) -> None:
        """Report execution."""
        if (row := self.assignment) is not None:
            self._do(assignment_tasks.report(row))

    def action_accept(self) -> None:
        """Accept the report."""
        if (row := self.assignment) is not None:
            self._do(assignment_tasks.accept(row))

    def action_give_back(self) -> None:
        """Return the report for rework."""
        if (row := self.assignment) is not None:
            self._do(assignment_tasks.give_back(row))

    def _do(self, task: Task) -> None:
        self.app.push_screen(EntryDialog(self.gateway, task), self._done)

    def _done(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.action_reload()

    def action_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        row = self.assignment
        if row is not None and row.document_id is not None:
            self.app.push_screen(DocumentCardScreen(self.gateway, str(row.document_id)))


def _detail(row: AssignmentRow) -> str:
    people = f"{row.author} → {row.executor}"
    controller = _("controller {name}").format(name=row.controller) if row.controller else ""
    issued = _("issued {day}").format(day=long_day(row.issued_on))
    return " · ".join(part for part in (row.text, people, controller, issued) if part)
