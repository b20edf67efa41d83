"""What is asked and told when a card is registered: a duplicate, and the number given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sed_tui.domain.flows import Flow
from sed_tui.i18n import _
from sed_tui.operations.values import FLOWS
from widgets.keyboard import both_layouts
from widgets.one_line import OneLineInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors.registration import AlreadyRegistered
    from sed_tui.operations.registration import Registered

_BOX = """
{0} {{ align: center middle; }}
{0} > Vertical {{
    width: 72; max-width: 95%; height: auto; max-height: 90%;
    border: round {1}; background: $surface; padding: 0 1;
}}
{0} OptionList {{ height: auto; border: none; margin-top: 1; }}
{0} Static {{ height: auto; }}
"""


class Answer(StrEnum):
    """What to do with a letter that is registered already."""

    OPEN = "open"
    LINK = "link"
    FORCE = "force"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class DuplicateAnswer:
    """The choice, and the reason that forcing needs."""

    answer: Answer
    reason: str | None = None


class DuplicateDialog(ModalScreen[DuplicateAnswer]):
    """The letter is registered already: look at it, register it as a duplicate, or insist."""

    CSS = _BOX.format("DuplicateDialog", "$warning")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, error: AlreadyRegistered) -> None:
        super().__init__()
        self._error = error
        self._reason = OneLineInput(placeholder=_("The reason; Enter registers"), compact=True)

    def compose(self) -> ComposeResult:
        """Lay the parts out."""
        with Vertical():
            yield Static(str(self._error), markup=False)
            yield OptionList(
                Option(_("Open the registered document"), Answer.OPEN),
                Option(_("Register as a duplicate of it"), Answer.LINK),
                Option(_("Register anyway, giving a reason"), Answer.FORCE),
                Option(_("Back to the form"), Answer.CANCEL),
            )
            yield self._reason

    def on_mount(self) -> None:
        """Begin with the first thing to do."""
        self._reason.display = False
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        answer = Answer(str(event.option.id))
        if answer is Answer.FORCE:
            self._reason.display = True
            self._reason.focus()
        else:
            self.dismiss(DuplicateAnswer(answer))

    @on(Input.Submitted)
    def _on_reason(self, event: Input.Submitted) -> None:
        reason = event.value.strip()
        if reason:
            self.dismiss(DuplicateAnswer(Answer.FORCE, reason))

    def action_cancel(self) -> None:
        """Go back to the form."""
        self.dismiss(DuplicateAnswer(Answer.CANCEL))


class Next(StrEnum):
    """What comes after a registration."""

    ANOTHER = "another"
    OPEN = "open"
    CLOSE = "close"


class RegisteredDialog(ModalScreen[Next]):
    """The number, the stamp to copy, and what the registrar should look at."""

    CSS = _BOX.format("RegisteredDialog", "$success")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding(both_layouts("y"), "copy_number", show=False),
        Binding(both_layouts("s"), "copy_stamp", show=False),
        Binding(both_layouts("n"), "another", show=False),
        Binding(both_layouts("o"), "open", show=False),
    ]

    def __init__(self, result: Registered) -> None:
        super().__init__()
        self._result = result

    def compose(self) -> ComposeResult:
        """Lay the parts out."""
        result = self._result
        with Vertical():
            yield Static(
                _("Registered: {number} of {day}").format(
                    number=result.number, day=f"{result.registered_on:%d.%m.%Y}"
                ),
                markup=False,
                id="number",
            )
            yield Static(_("Stamp: {stamp}").format(stamp=result.stamp), markup=False, id="stamp")
            for warning in result.warnings:
                yield Static(f"! {warning}", markup=False, classes="warning")
            yield OptionList(
                Option(_("n  Register the next one"), "another"),
                Option(_("y  Copy the number"), "copy_number"),
                Option(_("s  Copy the stamp"), "copy_stamp"),
                Option(_("o  Open the document"), "open"),
                Option(_("Esc  Close"), "close"),
            )

    def on_mount(self) -> None:
        """Begin with the first thing to do."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    async def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        await self.run_action(str(event.option.id))

    def action_copy_number(self) -> None:
        """Copy the number."""
        self._copy(self._result.number)

    def action_copy_stamp(self) -> None:
        """Copy the text of the stamp."""
        self._copy(self._result.stamp)

    def action_another(self) -> None:
        """Go on with an empty form."""
        self.dismiss(Next.ANOTHER)

    def action_open(self) -> None:
        """Open the card of the document."""
        self.dismiss(Next.OPEN)

    def action_close(self) -> None:
        """Close the form as well."""
        self.dismiss(Next.CLOSE)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(_("Copied: {text}").format(text=text), markup=False)


class FlowDialog(ModalScreen[Flow | None]):
    """Which flow the document belongs to."""

    CSS = _BOX.format("FlowDialog", "$primary")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self._flow = flow

    def compose(self) -> ComposeResult:
        """Lay the parts out."""
        with Vertical():
            yield OptionList(*(Option(_(FLOWS[flow]), flow) for flow in Flow))

    def on_mount(self) -> None:
        """Begin with the first thing to do."""
        choices = self.query_one(OptionList)
        choices.highlighted = list(Flow).index(self._flow)
        choices.focus()

    @on(OptionList.OptionSelected)
    def _on_chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(Flow(str(event.option.id)))
