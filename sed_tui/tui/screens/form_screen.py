"""What every screen with a form does: the draft, the command, the refusals, the keys."""

from __future__ import annotations

import asyncio
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer, Static

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.tui.drafts import Drafts
from sed_tui.tui.wording import explanation, moment
from widgets.completion import CompletionField
from widgets.form import Form
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.worker import Worker

    from sed_tui.gateway import Gateway

Outcome = TypeVar("Outcome")
_PAUSE = 0.3  # seconds of quiet before a draft is written
_PATIENCE = 0.15  # seconds after which a wait is worth a line


class FormScreen(Screen[Outcome]):
    """A screen around one form. A subclass makes the form and says what submitting does.

    `draft` is the name under which what was typed is kept.
    """

    CSS = """
    FormScreen #title { height: 1; text-style: bold; padding: 0 1; background: $panel; }
    FormScreen #message { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
    FormScreen #message.-wrong { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "copy_command", N_("Command"), key_display="F6", priority=True),
        Binding(both_layouts("colon"), "copy_command", show=False),
        Binding("f8", "start_anew", N_("Anew"), key_display="F8", priority=True),
        Binding("escape", "leave", N_("Back"), key_display="Esc"),
    ]
    title_text = ""

    def __init__(
        self,
        gateway: Gateway,
        draft: str,
        *,
        drafts: Drafts | None = None,
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self.gateway = gateway
        self.drafts = drafts or Drafts.of(gateway)
        self.draft = draft
        self.today = today or (lambda: office_day(SystemClock().now()))
        self.form = self.make_form()
        self._message = Static(id="message", markup=False)
        self._blank: dict[str, Any] = {}
        self._put_aside: dict[str, Any] | None = None
        self._busy = False
        _translate(self)

    def make_form(self) -> Form:
        """Return the form; it is made before the screen is shown."""
        raise NotImplementedError

    def command(self) -> Sequence[str]:
        """Return the words of the command that does what the form would do."""
        raise NotImplementedError

    def fill_defaults(self) -> None:
        """Put in what stands in a new form without being asked for."""

    def compose(self) -> ComposeResult:
        yield Static(self.title_text, id="title", markup=False)
        yield self.form
        yield self._message
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.start()
        if (kept := self.drafts.load(self.draft)) is not None:
            self.form.restore(kept.fields)
            self.say(
                _("The draft of {moment} is back. F8 starts anew.").format(
                    moment=moment(kept.saved_at)
                )
            )
        self.form.focus_first()

    def start(self) -> None:
        """Empty the form and fill in the defaults."""
        self.form.restore({})
        self.fill_defaults()
        self._blank = self.form.state

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Write a line above the footer."""
        self._message.update(text)
        self._message.set_class(wrong, "-wrong")

    def refuse(self, error: SedError) -> None:
        """Show a refusal under its field, or above the footer when no field is to blame."""
        self._busy = False
        if not self.form.complain(error):
            self.say(explanation(error), wrong=True)
        else:
            self.say(_("Nothing was saved."), wrong=True)

    def begin(self, text: str) -> bool:
        """Say that something is under way, soon if it lasts; False while something else is."""
        if self._busy:
            return False
        self._busy = True
        self.say("")
        self.set_timer(_PATIENCE, lambda: self.say(text) if self._busy else None)
        return True

    def end(self) -> None:
        """Say that it is over."""
        self._busy = False
        self.say("")

    def values(self) -> dict[str, Any] | None:
        """Return the values of the form, or show what is wrong and return None."""
        values = self.form.read()
        if values is None:
            self.say(_("Not saved: look at the marked fields."), wrong=True)
        return values

    def forget_draft(self) -> None:
        """Delete the draft, whatever save of it is still on its way."""
        ticket = self.drafts.ticket()
        self.run_worker(lambda: self.drafts.delete(self.draft, ticket), thread=True, group="draft")

    async def action_leave(self) -> None:
        """Leave; what was typed is kept and said to be."""
        state, ticket = self.form.state, self.drafts.ticket()
        if state == self._blank:
            await asyncio.to_thread(self.drafts.delete, self.draft, ticket)
        else:
            await asyncio.to_thread(self.drafts.save, self.draft, state, ticket)
            self.notify(_("The draft is kept; it comes back when you open the form again."))
        self.dismiss(self.outcome)

    @property
    def outcome(self) -> Outcome | None:
        """Return what leaving gives."""
        return None

    def action_start_anew(self) -> None:
        """Empty the form; once more brings back what was in it."""
        if self.form.state == self._blank and self._put_aside is not None:
            self.form.restore(self._put_aside)
            self._put_aside = None
            self.say("")
        else:
            self._put_aside = self.form.state
            self.start()
            self.say(_("The form is empty. F8 brings back what was in it."))
        self.form.focus_first()
        self.save_draft()

    def action_copy_command(self) -> None:
        """Copy the command line that does the same."""
        text = shlex.join(self.command())
        self.app.copy_to_clipboard(text)
        self.notify(text, title=_("Copied the command"), markup=False)

    @on(Form.Changed)
    def _on_changed(self, event: Form.Changed) -> None:
        event.stop()
        self.save_draft()

    def save_draft(self) -> None:
        """Write the draft when the typing pauses."""
        ticket = self.drafts.ticket()
        self.set_timer(_PAUSE, lambda: self._save_unless_newer(ticket))
        self._latest = ticket

    def _save_unless_newer(self, ticket: int) -> None:
        if ticket == self._latest:
            state = self.form.state
            self.run_worker(
                lambda: self.drafts.save(self.draft, state, ticket),
                thread=True,
                group="draft",
                exit_on_error=False,
            )

    @on(CompletionField.Failed)
    def _on_completion_failed(self, event: CompletionField.Failed) -> None:
        event.stop()
        self._show_failure(event.error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show a failure of a worker of this screen; one of ours ends the program."""
        if event.worker.error is not None:
            self._show_failure(event.worker.error)

    def _show_failure(self, error: BaseException) -> None:
        if isinstance(error, SedError):
            self.refuse(error)
        elif isinstance(error, OSError):
            self._busy = False
            self.say(str(error), wrong=True)
        else:
            raise error

    def on_descendant_focus(self) -> None:
        """Keep the line above the footer for what is not about the past."""


def _translate(screen: Screen[Any]) -> None:
    """Put descriptions of keys into the user's language, unknown at import, in their order."""
    found = screen._bindings.key_to_bindings
    ordered = sorted(found, key=lambda key: (len(key), key) if key != "escape" else (99, ""))
    screen._bindings.key_to_bindings = {
        key: [replace(each, description=_(each.description)) for each in found[key]]
        for key in ordered
    }
