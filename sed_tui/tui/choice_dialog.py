"""Asks which of several things is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class ChoiceDialog(ModalScreen["object | None"]):
    """A title and a list; Enter answers with the value of a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", N_("Leave"), id="choice.leave"),
    ]

    def __init__(
        self, title: str, choices: Sequence[tuple[object, str]], hint: str | None = None
    ) -> None:
        super().__init__()
        self._title, self._choices = title, list(choices)
        self._hint = _("Enter opens it, Esc leaves.") if hint is None else hint

    def compose(self) -> ComposeResult:
        """List the choices."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="dialog-title", markup=False)
            yield OptionList(*(Option(line) for _value, line in self._choices), markup=False)
            yield Label(self._hint, classes="dialog-hint", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the choice."""
        self.dismiss(self._choices[event.option_index][0])
