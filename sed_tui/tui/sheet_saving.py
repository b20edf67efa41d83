"""The approval sheet saved from a screen: PDF to be printed and kept, JSON for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.errors.approvals import NeverApproved
from sed_tui.errors.files import FileExists
from sed_tui.i18n import _
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.line_dialog import LineDialog

if TYPE_CHECKING:
    from sed_tui.operations.approval import ApprovalSheet


class SheetSaving(SedScreen["object | None"]):
    """What a screen with an approval sheet does to save it."""

    @property
    def sheet(self) -> ApprovalSheet | None:
        """Return the sheet that is shown."""
        raise NotImplementedError

    def action_save_sheet(self) -> None:
        """Ask where to, and write the sheet there; the suffix says in which form."""
        sheet = self.sheet
        if sheet is None:
            self.fail(NeverApproved())
            return
        name = _("approval-sheet")
        place = Path.cwd() / f"{name}-{sheet.short_id}.pdf"
        title = _("Save the approval sheet as .pdf, .json, .xlsx, .html or .csv")

        def save(answer: str | None) -> None:
            if answer is not None:
                target = Path(answer).expanduser()
                self.do(lambda: write_sheet(sheet, target), self._sheet_saved, group="sheet")

        self.app.push_screen(LineDialog(title, str(place)), save)

    def _sheet_saved(self, path: Path) -> None:
        self.notify(str(path), title=_("Saved"), markup=False)


def write_sheet(sheet: ApprovalSheet, target: Path) -> Path:
    """Write a sheet to a place where there is none yet. Blocks; raises `FileExists`."""
    from sed_tui.rendering.approval import sheet_printout
    from sed_tui.rendering.printout import form_of, write
    from sed_tui.rendering.saved import replaced

    if target.exists():
        raise FileExists(field="path", path=str(target))
    if target.suffix.lower() == ".json":
        with replaced(target) as file:
            file.write(f"{sheet.model_dump_json(indent=2)}\n".encode())
        return target
    form = form_of(target)
    printout = sheet_printout(sheet, with_remarks=target.suffix.lower() != ".csv")
    with replaced(target) as file:
        write(printout, form, file)
    return target
