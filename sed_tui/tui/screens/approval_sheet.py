"""The approval sheet of a document: who agreed to which version, what was answered, who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.tui.approval_text import sheet_text
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.sheet_saving import SheetSaving
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.approval import ApprovalSheet


class ApprovalSheetScreen(SheetSaving):
    """One sheet, to be read and saved."""

    PLACE = "documents"
    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("s,f2"), "save_sheet", N_("Save"), id="sheet.save"),
        Binding("escape,backspace", "leave", N_("Back"), id="sheet.leave"),
    ]

    def __init__(self, gateway: Gateway, sheet: ApprovalSheet) -> None:
        super().__init__(gateway)
        self._sheet = sheet

    @property
    def sheet(self) -> ApprovalSheet | None:
        """Return the sheet that is shown."""
        return self._sheet

    def content(self) -> ComposeResult:
        """Show the whole sheet."""
        with VerticalScroll(id="text"):
            yield Static(sheet_text(self._sheet), markup=False)

    def on_mount(self) -> None:
        """Name the document."""
        name = self._sheet.number or self._sheet.short_id
        self.say_title(_("Approval sheet: {number}").format(number=name))
        version = _("version {number}").format(number=self._sheet.version)
        self.say_counts(version)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands that show and write the sheet."""
        name = self._sheet.number or self._sheet.short_id
        return [
            Equivalent(_("The approval sheet"), ("approval", "show", name)),
            Equivalent(_("Save"), ("approval", "sheet", name, "-o", "sheet.pdf")),
        ]
