"""Copy as command: what can be done on a screen, as `sedctl` would do it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.tui.app import SedApp


@dataclass(frozen=True, slots=True)
class Equivalent:
    """An action of a screen: its title, and the words of its command after `sedctl`."""

    title: str
    words: tuple[str, ...]


def command_line(options: Sequence[str], *words: Any) -> str:
    """Return a command as a shell reads it, whatever the words hold."""
    return shlex.join(["sedctl", *options, *map(str, words)])


class CommandsDialog(ModalScreen[None]):
    """The commands of a screen; Enter copies one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", N_("Close"), id="commands.close"),
    ]

    def __init__(self, equivalents: Sequence[Equivalent], options: Sequence[str]) -> None:
        super().__init__()
        self._lines = [(item.title, command_line(options, *item.words)) for item in equivalents]

    def compose(self) -> ComposeResult:
        """List the commands, each under its title."""
        with Vertical(classes="dialog"):
            yield Label(_("Copy as command"), classes="dialog-title", markup=False)
            if not self._lines:
                yield Label(_("Nothing here has a command yet."), markup=False)
            yield OptionList(
                *(
                    Option(Content.assemble((title, "bold"), "\n", line), id=str(number))
                    for number, (title, line) in enumerate(self._lines)
                ),
                markup=False,
            )
            yield Label(_("Enter copies, Esc closes."), classes="dialog-hint", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Copy the chosen command."""
        _title, line = self._lines[event.option_index]
        cast("SedApp", self.app).copy(line)
        self.dismiss()
