"""Files and assignments of a card: looked at, opened with their programs, saved."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.document import CardFile
from sed_tui.tui.document_tasks import save_file
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.line_dialog import LineDialog

if TYPE_CHECKING:
    from sed_tui.errors import SedError
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
        """Open the file with its program; without a desktop it is saved instead."""
        file, program = self.file, viewer()
        if file is None:
            return
        if program is None:
            self.action_save()
            return

        def fetch() -> Path:
            place = Path(tempfile.mkdtemp(prefix="sed-tui-"))
            return save_file(self.gateway, file, place / file.name)

        def show(path: Path) -> None:
            subprocess.Popen(
                [*program, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self.notify(str(path), title=_("Opened"), markup=False)

        self.do(fetch, show, group="file")

    def action_save(self) -> None:
        """Ask where to, and save the file under the cursor."""
        if (file := self.file) is not None:
            title = _("Save {name} as").format(name=file.name)
            self.app.push_screen(LineDialog(title, str(Path.cwd() / file.name)), self._save)

    def _save(self, place: str | None) -> None:
        file = self.file
        if place is None or file is None:
            return
        target = Path(place).expanduser()
        self.do(
            lambda: save_file(self.gateway, file, target),
            self._saved,
            group="file",
            otherwise=self._not_saved,
        )

    def _not_saved(self, error: SedError) -> None:
        # the hint of the failure names options of the command line
        self.notify(str(error), title=_("Not done"), severity="error", markup=False)

    def _saved(self, path: Path) -> None:
        self.notify(str(path), title=_("Saved"), markup=False)


def viewer() -> list[str] | None:
    """Return the command that opens a file with its program, None without a desktop."""
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["cmd", "/c", "start", ""]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    return ["xdg-open"] if shutil.which("xdg-open") else None
