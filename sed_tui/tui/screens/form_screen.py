"""What every screen with a form does: the draft, the command, the refusals, the keys."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on, work
from textual.binding import Binding
from textual.widgets import Static
from textual.worker import WorkerState

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.tui.drafts import Drafts
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.wording import explanation, moment
from widgets.completion import CompletionField
from widgets.form import Form
from widgets.form_fields import LineInput
from widgets.keyboard import is_cyrillic

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


class FormScreen(SedScreen[Outcome]):
    """A screen around one form. A subclass makes the form and says what submitting does.

    `draft` is the name under which what was typed is kept.
    """

    AUTO_FOCUS = ""  # the form does it, when it is laid out and knows where to scroll
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "start_anew", N_("Start anew"), show=False, priority=True, id="form.anew"),
        Binding("escape", "leave", N_("Back"), id="form.leave"),
        # at once: what follows in the same packet of a slow line is for the next field
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("enter", "next_field", show=False, priority=True),
    ]

    def __init__(
        self,
        gateway: Gateway,
        draft: str,
        *,
        drafts: Drafts | None = None,
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__(gateway)
        self.drafts = drafts or Drafts.of(gateway)
        self.draft = draft
        self.today = today or (lambda: office_day(SystemClock().now()))
        self.form = self.make_form()
        self._message = Static(id="message", markup=False)
        self._blank: dict[str, Any] = {}
        self._put_aside: dict[str, Any] | None = None
        self._busy = False
        self._unsaved: tuple[int, dict[str, Any]] | None = None
        _put_in_order(self)

    @property
    def title_text(self) -> str:
        """Return what the form is, for the title line."""
        raise NotImplementedError

    def make_form(self) -> Form:
        """Return the form; it is made before the screen is shown."""
        raise NotImplementedError

    def command(self) -> Sequence[str]:
        """Return the words of the command that does what the form would do."""
        raise NotImplementedError

    def fill_defaults(self) -> None:
        """Put in what stands in a new form without being asked for."""

    def content(self) -> ComposeResult:
        """Put the form over the line of messages."""
        yield self.form
        yield self._message

    def on_mount(self) -> None:
        """Begin with the first thing to do."""
        self.open_form()

    def open_form(self) -> None:
        """Fill the form with the draft that was left, or with what is usual."""
        self.say_title(self.title_text)
        self.start()
        self.say("")
        self._put_aside = None
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
        self._unsaved = None
        self.form.restore({})
        self.fill_defaults()
        self._blank = self.form.state
        self.say_counts("")

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

    def is_reading(self, key: str) -> bool:
        """Tell whether something is being saved, or what Enter would take is being looked up."""
        return self._busy or (key in {"enter", "down"} and self._is_looking_up)

    @property
    def _is_looking_up(self) -> bool:
        around = self.focused.ancestors if self.focused is not None else ()
        return any(isinstance(each, CompletionField) and each.is_looking for each in around)

    def values(self) -> dict[str, Any] | None:
        """Return the values of the form, or show what is wrong and return None."""
        values = self.form.read()
        if values is None:
            self.say(_("Not saved: look at the marked fields."), wrong=True)
        return values

    def forget_draft(self) -> None:
        """Delete the draft, whatever save of it is still on its way. Blocks."""
        self._unsaved = None
        self.drafts.delete(self.draft, self.drafts.ticket())

    async def action_leave(self) -> None:
        """Leave; what was typed is kept and said to be."""
        if await self.keep_draft():
            self.notify(_("The draft is kept; it comes back when you open the form again."))
        self.dismiss(self.outcome)

    async def keep_draft(self) -> bool:
        """Write the draft now; a form in which nothing was changed has none."""
        state, ticket = self.form.state, self.drafts.ticket()
        if state == self._blank:
            await asyncio.to_thread(self.forget_draft)
            return False
        self._unsaved = None
        await asyncio.to_thread(self.drafts.save, self.draft, state, ticket)
        return True

    @property
    def outcome(self) -> Outcome | None:
        """Return what leaving gives."""
        return None

    def action_next_field(self) -> None:
        """Go on from a line that is done."""
        self.focus_next()

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

    def action_commands(self) -> None:
        """Copy the command line that does the same."""
        self.copy_command(*self.command()[1:])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse to read a form again or to explain it; leave Enter to who has use for it."""
        if action == "next_field":
            return isinstance(self.focused, LineInput) and self.focused.ends_with_enter
        return action not in {"reload", "explain"}

    @on(Form.Changed)
    def _on_changed(self, event: Form.Changed) -> None:
        event.stop()
        if self._put_aside is not None and self.form.state != self._blank:
            self._put_aside = None  # F8 would empty the form again
            self.say("")
        self.save_draft()

    def save_draft(self) -> None:
        """Write the draft when the typing pauses."""
        if not self._blank:  # fields report their first values before the form is filled
            return
        change = (self.drafts.ticket(), self.form.state)
        self._unsaved = change
        self.set_timer(_PAUSE, lambda: self._write_draft() if self._unsaved is change else None)

    @work(thread=True, group="draft", exit_on_error=False)
    def _write_draft(self) -> None:
        if (change := self._unsaved) is None:
            return
        ticket, state = change
        if is_blank := state == self._blank:
            self.drafts.delete(self.draft, ticket)
        else:
            self.drafts.save(self.draft, state, ticket)
        if self._unsaved is change:
            self._unsaved = None
        told = "" if is_blank else _("not saved yet, the draft is kept")
        self.app.call_from_thread(self.say_counts, told)

    def on_unmount(self) -> None:
        """Keep what was typed in the last moment before the program ends."""
        if self._unsaved is not None:
            ticket, state = self._unsaved
            self.drafts.save(self.draft, state, ticket)

    @on(CompletionField.Failed)
    def _on_completion_failed(self, event: CompletionField.Failed) -> None:
        event.stop()
        self._show_failure(event.error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show a failure of a worker of this screen; one of ours ends the program."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._show_failure(event.worker.error)

    def _show_failure(self, error: BaseException) -> None:
        if isinstance(error, SedError):
            self.refuse(error)
        else:
            raise error


def _put_in_order(screen: SedScreen[Any]) -> None:
    """Order the keys as they stand on the keyboard, which is how the bar shows them."""
    found = screen._bindings.key_to_bindings
    order = sorted(found, key=lambda key: (key == "escape", is_cyrillic(key), len(key), key))
    screen._bindings.key_to_bindings = {key: found[key] for key in order}
