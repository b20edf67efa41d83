"""A resolution over a screen, with what can be decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from sed_tui.domain.resolution import DraftStep
from sed_tui.i18n import N_, _
from sed_tui.tui.commands_dialog import CommandsDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.resolution_tasks import commands_of, decision, name_of
from sed_tui.tui.resolution_text import resolution_text
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.tui.app import SedApp
    from sed_tui.tui.resolution_tasks import Reading

_KEYS = (
    ("a", DraftStep.APPROVE, N_("Approve")),
    ("w", DraftStep.RETURN, N_("Return")),
    ("m", DraftStep.EDIT, N_("Mend")),
    ("X", DraftStep.WITHDRAW, N_("Withdraw")),
)


class ResolutionDialog(ModalScreen[bool]):
    """Everything about a resolution; the answer tells whether a step was taken."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", N_("Close"), id="resolution.close"),
        *(
            Binding(both_layouts(key), f"step('{step}')", title, id=f"resolution.{step}")
            for key, step, title in _KEYS
        ),
        Binding(both_layouts("colon,f6"), "commands", N_("Command"), id="screen.commands"),
    ]

    def __init__(self, gateway: Gateway, reading: Reading) -> None:
        super().__init__()
        self._gateway, self._reading = gateway, reading

    def compose(self) -> ComposeResult:
        """Put the text over the keys."""
        card = self._reading.card
        title = _("Resolution on {name}").format(name=name_of(card))
        keys = [f"{key} {_(name)}" for key, step, name in _KEYS if step.value in card.steps]
        with Vertical(classes="dialog tall"):
            yield Label(title, classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(resolution_text(card, self._reading.absences), markup=False)
            hint = " · ".join([*keys, _("Esc closes")])
            yield Label(hint, classes="dialog-hint", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the possible steps alone."""
        if action == "step":
            return str(parameters[0]) in self._reading.card.steps
        return super().check_action(action, parameters)

    def action_step(self, name: str) -> None:
        """Ask for what a decision needs, or open the form of the draft."""
        from sed_tui.tui.screens.resolution_form import ResolutionScreen  # for this key alone

        step, card = DraftStep(name), self._reading.card
        if step is DraftStep.EDIT:
            self.app.push_screen(ResolutionScreen.mending(self._gateway, card), self._done)
        else:
            self.app.push_screen(EntryDialog(self._gateway, decision(card, step)), self._done)

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
        self.app.push_screen(CommandsDialog(commands_of(self._reading.card), app.root_options))
