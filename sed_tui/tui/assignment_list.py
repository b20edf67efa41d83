"""A list of assignments with what can be done about one, for each screen that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.domain.link_address import LinkAddress, Target
from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.assignment_list import AssignmentRow, Scope
from sed_tui.tui import equivalents
from sed_tui.tui.assignment_steps import (
    MASS_KEYS,
    STEP_KEYS,
    chosen_step,
    is_conceivable,
    operation_of,
    said_possible,
    step_bindings,
    step_named,
)
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, long_day
from widgets.keyboard import both_layouts
from widgets.paged_view import State
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.binding import BindingType

    from sed_tui.tui.commands_dialog import Equivalent

_FIRST = 4  # steps that stand before the tree and the document in the line of actions


class AssignmentListScreen(SedScreen[None]):
    """A screen around a table `#assignments` and the line `#detail`."""

    AUTO_FOCUS = "#assignments"
    ACTS_ON_MARKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *step_bindings()[:_FIRST],
        Binding(both_layouts("t"), "tree", N_("Tree"), id="assignments.tree"),
        Binding(both_layouts("d"), "document", N_("Document"), id="assignments.document"),
        *step_bindings()[_FIRST:],
    ]

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#assignments", VirtualTable)

    @property
    def assignment(self) -> AssignmentRow | None:
        """Return the assignment under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, AssignmentRow) else None

    @property
    def scope(self) -> Scope:
        """Return whose assignments are listed."""
        return Scope.ALL

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
        # two lines at any length
        self.query_one("#detail", Static).update(self.detail(), layout=False)
        self.refresh_bindings()

    def detail(self) -> str:
        """Return what is said under the list of the row under the cursor."""
        row = self.assignment
        return "" if row is None else _detail(row)

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        self.open_assignment()  # by its name: what @on marks cannot be replaced by a subclass

    def open_assignment(self) -> None:
        """Show everything about the assignment."""
        if (row := self.assignment) is not None:
            self.open(SHOW, ShowAssignment(assignment=str(row.id)), self._show)

    def _show(self, card: AssignmentCard) -> None:
        from sed_tui.tui.assignment_dialog import AssignmentDialog  # 20 ms of every step's models

        self.app.push_screen(AssignmentDialog(self.gateway, card), self._came_back)

    def _came_back(self, changed: bool | None) -> None:
        if changed:
            self.action_reload()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the assignment under the cursor."""
        return equivalents.of_assignment(self.assignment) if self.assignment is not None else []

    def link_address(self) -> LinkAddress | None:
        """Return the link to the assignment under the cursor."""
        row = self.assignment
        return LinkAddress(Target.TASK, row.id) if row is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the key of a step answer wherever there is an assignment, if only with why not."""
        row = self.assignment
        match action:
            case "step":
                return row is not None
            case "document":
                return row is not None and row.document_id is not None
            case "tree":
                return row is not None
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        """Name the steps that the state of the assignment and the roles of the user allow."""
        name, row = step_named(action), self.assignment
        if name is None or row is None:
            return super().offers(action)
        if self.table.marks:
            return name in MASS_KEYS and self._may(name)
        return is_conceivable(name, row.state, self.scope) and self._may(name)

    def _may(self, name: str) -> bool:
        return any(self.sed_app.may(operation_of(step)) for step in STEP_KEYS[name][2])

    def action_explain(self) -> None:
        """Explain the term: the card holds it line by line."""
        self.open_assignment()

    def action_step(self, name: str) -> None:
        """Ask for what a step needs: on the assignment, or on all that are marked."""
        if not self._may(name):
            self.sed_app.say_not_permitted()
        elif self.table.marks and name not in MASS_KEYS:
            text = _("This is done to one assignment at a time. Esc takes the marks away.")
            self.notify(text, severity="warning")
        elif self.table.marks:
            self._begin_many(name)
        elif (row := self.assignment) is not None:
            self.open(
                SHOW, ShowAssignment(assignment=str(row.id)), lambda card: self._begin(name, card)
            )

    def _begin(self, name: str, card: AssignmentCard) -> None:
        from sed_tui.tui.assignment_tasks import task_of

        step = chosen_step(name, card.steps)
        if step is None:
            text = _("Not possible now. Possible: {keys}").format(keys=said_possible(card.steps))
            self.notify(text, severity="warning", markup=False)
            return
        self.app.push_screen(
            EntryDialog(self.gateway, task_of(self.gateway, card, step)), self._done
        )

    def _done(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.action_reload()

    def _begin_many(self, name: str) -> None:
        from sed_tui.tui.mass_dialog import MOST, MassDialog

        table = self.table
        if table.chosen > MOST:
            text = _("At most {most} at once; {count} are marked.")
            text = text.format(most=amount(MOST), count=amount(table.chosen))
            self.notify(text, severity="warning", markup=False)
            return
        step = STEP_KEYS[name][2][0]

        def ask(rows: list[AssignmentRow]) -> None:
            self.app.push_screen(MassDialog(self.gateway, step, rows), self._many_done)

        def read() -> list[AssignmentRow]:
            return [cast("AssignmentRow", row.data) for row in table.marks.rows(table.source, MOST)]

        self._opening = self.do(read, ask, group="marked")

    def _many_done(self, result: object) -> None:
        from sed_tui.tui.mass_dialog import Outcomes, outcomes_text

        if not isinstance(result, Outcomes):
            return
        done = {row.key for row in result.rows if row.done}
        self.table.marks.drop(done)  # what was refused may be tried with something else
        title = _("Done: {done} of {total}")
        title = title.format(done=len(done), total=len(result.rows) + result.left)
        self.app.push_screen(TextDialog(title, outcomes_text(result)))
        self.action_reload()

    def action_tree(self) -> None:
        """Show the tree that the assignment stands in."""
        from sed_tui.tui.screens.assignment_tree import AssignmentTreeScreen  # for this key alone

        if (row := self.assignment) is not None:
            self.app.push_screen(
                AssignmentTreeScreen(self.gateway, str(row.id)), lambda _: self.action_reload()
            )

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
    shifts = ngettext("term moved {count} time", "term moved {count} times", row.shifts).format(
        count=row.shifts
    )
    moved = shifts if row.shifts else ""
    return " · ".join(part for part in (row.text, people, controller, issued, moved) if part)
