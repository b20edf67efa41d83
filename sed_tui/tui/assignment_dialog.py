"""The card of an assignment over a screen, with the steps that are possible on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from sed_tui.domain.link_address import LinkAddress, Target
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.tui import equivalents
from sed_tui.tui.assignment_steps import chosen_step, said_possible, step_bindings
from sed_tui.tui.assignment_tasks import task_of
from sed_tui.tui.assignment_text import assignment_text
from sed_tui.tui.commands_dialog import CommandsDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.tui.app import SedApp


class AssignmentDialog(ModalScreen[bool]):
    """Everything about an assignment; the answer tells whether a step was taken."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "leave", N_("Close"), id="assignment.close"),
        *step_bindings(),
        Binding(both_layouts("t"), "tree", N_("Tree"), id="assignments.tree"),
        Binding(both_layouts("d"), "document", N_("Document"), id="assignments.document"),
        Binding(both_layouts("colon,f6"), "commands", N_("Command"), id="screen.commands"),
        Binding(both_layouts("y"), "copy", N_("Copy the number"), id="assignment.copy"),
        Binding(both_layouts("L"), "copy_link", N_("Copy the link"), show=False, id="screen.link"),
    ]

    def __init__(self, gateway: Gateway, card: AssignmentCard) -> None:
        super().__init__()
        self._gateway, self._card = gateway, card
        self._changed = self._reading = False

    def compose(self) -> ComposeResult:
        """Put the text over the keys."""
        with Vertical(classes="dialog tall"):
            yield Label(classes="dialog-title", id="assignment-title", markup=False)
            with VerticalScroll():
                yield Static(id="assignment-text", markup=False)
            yield Label(id="possible", classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """Show the card."""
        self._show()

    def _show(self) -> None:
        card = self._card
        self.query_one("#assignment-title", Label).update(card.document_number or card.short_id)
        self.query_one("#assignment-text", Static).update(assignment_text(card))
        others = [_("t tree"), _("d document") if card.document_id else "", _("Esc closes")]
        keys = " · ".join(filter(None, [said_possible(card.steps), *others]))
        self.query_one("#possible", Label).update(keys)
        self.refresh_bindings()

    @property
    def sed_app(self) -> SedApp:
        """Return the application by its own type."""
        return cast("SedApp", self.app)

    def is_reading(self, key: str) -> bool:
        """Tell whether the card is being read again: keys wait for it."""
        return self._reading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the possible steps alone."""
        if action == "step":
            return chosen_step(str(parameters[0]), self._card.steps) is not None
        if action == "document":
            return self._card.document_id is not None
        return super().check_action(action, parameters)

    def action_step(self, name: str) -> None:
        """Ask for what the step needs, and take it."""
        if (step := chosen_step(name, self._card.steps)) is not None:
            task = task_of(self._gateway, self._card, step)
            self.app.push_screen(EntryDialog(self._gateway, task), self._done)

    def _done(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self._changed = True
        self._reading = True  # after a refusal as well: it may have been changed meanwhile
        self._read()

    @work(exclusive=True, group="assignment")
    async def _read(self) -> None:
        request = ShowAssignment(assignment=str(self._card.id))
        try:
            self._card = await asyncio.to_thread(self._gateway.call, SHOW, request)
        except SedError as error:  # redirected: it may be out of sight now
            self.notify(explanation(error), severity="warning", markup=False)
            self.dismiss(self._changed)
        else:
            self._show()
        finally:
            self._reading = False

    def action_leave(self) -> None:
        """Close, and tell whether anything was done."""
        self.dismiss(self._changed)

    def action_tree(self) -> None:
        """Show the tree that the assignment stands in."""
        from sed_tui.tui.screens.assignment_tree import AssignmentTreeScreen  # for this key alone

        self.app.push_screen(AssignmentTreeScreen(self._gateway, str(self._card.id)))

    def action_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        self.app.push_screen(DocumentCardScreen(self._gateway, str(self._card.document_id)))

    def action_commands(self) -> None:
        """Show what can be done here as commands, to copy one."""
        commands = equivalents.of_assignment(self._card, self._card.steps)
        self.app.push_screen(CommandsDialog(commands, self.sed_app.root_options))

    def action_copy_link(self) -> None:
        """Copy the link to the assignment."""
        self.sed_app.copy_link(LinkAddress(Target.TASK, self._card.id))

    def action_copy(self) -> None:
        """Copy the number of the document, or of the assignment where there is none."""
        self.sed_app.copy(self._card.document_number or self._card.short_id)
