"""Files and assignments of a card: looked at, opened with their programs, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.document import CardFile
from sed_tui.tui.file_opening import open_file, save_file_as
from sed_tui.tui.frame import SedScreen

if TYPE_CHECKING:
    from sed_tui.operations.assignment_list import AssignmentRow
    from widgets.virtual_table import VirtualTable


class CardFiles(SedScreen["bool | None"]):
    """What the screen of a card does with its rows."""

    def table(self, tab: str) -> VirtualTable:
        """Return the list of a tab."""
        raise NotImplementedError

    @property
    def file(self) -> CardFile | None:
        """Return the file under the cursor."""
        row = self.table("files").row
        return row.data if row is not None and isinstance(row.data, CardFile) else None

    def show_assignment(self, assignment: AssignmentRow) -> None:
        """Show everything about an assignment."""

        def show(card: AssignmentCard) -> None:
            from sed_tui.tui.assignment_dialog import AssignmentDialog  # for this key alone

            self.app.push_screen(AssignmentDialog(self.gateway, card), changed)

        def changed(is_changed: bool | None) -> None:
            if is_changed:
                self.action_reload()

        self.open(SHOW, ShowAssignment(assignment=str(assignment.id)), show)

    def open_file(self) -> None:
        """Open the file under the cursor with its program; without a desktop it is saved."""
        if (file := self.file) is not None:
            open_file(self, file)

    def action_save(self) -> None:
        """Ask where to, and save the file under the cursor."""
        if (file := self.file) is not None:
            save_file_as(self, file)
