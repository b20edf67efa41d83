"""The sheet of an acquaintance over a screen: who has read, who has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import Group
from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from sed_tui.domain.acquaintance import KIND_TITLES, STATE_TITLES, AcquaintanceState, ReadingState
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.tui.acquaintance_tasks import again, commands_of, name_of, signature, stop
from sed_tui.tui.card_text import two_columns
from sed_tui.tui.commands_dialog import CommandsDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.wording import long_day, short_name
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.acquaintance import Acquaintance
    from sed_tui.tui.app import SedApp

_TASKS = {"again": again, "stop": stop, "signature": signature}
_NEEDED = {"again": "acquaintance.start", "signature": "acquaintance.confirm"}


class AcquaintanceDialog(ModalScreen[bool]):
    """A sheet; the answer tells whether anything was changed."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", N_("Close"), id="sheet.close"),
        Binding(both_layouts("z,f7"), "take('signature')", N_("Enter a signature"), id="sheet.in"),
        Binding(both_layouts("n"), "take('again')", N_("Once more"), id="sheet.again"),
        Binding(both_layouts("s"), "take('stop')", N_("Stop"), id="sheet.stop"),
        Binding(both_layouts("colon,f6"), "commands", N_("Command"), id="screen.commands"),
    ]

    def __init__(self, gateway: Gateway, sheet: Acquaintance) -> None:
        super().__init__()
        self._gateway, self._sheet = gateway, sheet

    def compose(self) -> ComposeResult:
        """Put the sheet over the keys."""
        title = _("Acquaintance with {name}").format(name=name_of(self._sheet))
        keys = {
            "signature": _("z enter a signature"),
            "again": _("n once more"),
            "stop": _("s stop"),
        }
        offered = [text for name, text in keys.items() if self._is_offered(name)]
        with Vertical(classes="dialog tall"):
            yield Label(title, classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(_sheet_text(self._sheet), markup=False)
            hint = " · ".join([*offered, _("Esc closes")])
            yield Label(hint, classes="dialog-hint", markup=False)

    def _is_offered(self, name: str) -> bool:
        sheet, app = self._sheet, cast("SedApp", self.app)
        if not app.may(_NEEDED.get(name, f"acquaintance.{name}")):
            return False
        is_running = sheet.state is AcquaintanceState.RUNNING
        if name == "signature":
            return is_running and sheet.kind == "signature"
        return is_running if name == "stop" else not sheet.is_current

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now."""
        if action == "take":
            return self._is_offered(str(parameters[0]))
        return super().check_action(action, parameters)

    def action_take(self, name: str) -> None:
        """Ask for what a step needs, and take it."""
        dialog = EntryDialog(self._gateway, _TASKS[name](self._sheet))
        self.app.push_screen(dialog, self._done)

    def _done(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.dismiss(True)

    def action_leave(self) -> None:
        """Close: nothing was changed."""
        self.dismiss(False)

    def action_commands(self) -> None:
        """Show what can be done here as commands, to copy one."""
        app = cast("SedApp", self.app)
        self.app.push_screen(CommandsDialog(commands_of(self._sheet), app.root_options))


def _sheet_text(sheet: Acquaintance) -> Group:
    count = _("{count} of {total}").format(count=sheet.acquainted, total=sheet.total)
    version = "" if sheet.is_current else " · " + _("! the files have changed since")
    late = "! " if sheet.is_overdue else ""
    rows = [
        (label("subject"), sheet.subject),
        (label("state"), f"{_(STATE_TITLES[sheet.state])}, {_(KIND_TITLES[sheet.kind])}"),
        (label("acquainted"), count),
        (_("Term"), late + long_day(sheet.due) if sheet.due else ""),
        (label("started_by"), sheet.started_by),
        (label("text"), sheet.text or ""),
        (_("Files"), ", ".join(f"{f.name} v{f.version}" for f in sheet.files) + version),
    ]
    people = Text()
    # those who have not read first: they are what is looked for
    for row in sorted(sheet.sheet, key=lambda one: one.state is not ReadingState.WAITING):
        has_read = row.state is ReadingState.ACQUAINTED
        when = f"✓ {long_day(row.acquainted_on)}" if has_read else "· " + _("has not read")
        others = [row.position, row.department, row.note]
        if row.entered_by:
            others.append(_("entered by {name}").format(name=short_name(row.entered_by)))
        tail = ", ".join(filter(None, others))
        people.append(f"{when:<16} ", "" if has_read else "bold").append(f"{row.name}  ")
        people.append(f"{tail}\n", "dim")
    return Group(two_columns(row for row in rows if row[1]), Text(), people)
