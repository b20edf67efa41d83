"""A field that proposes what its text may mean, found off the event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option
from textual.worker import WorkerState

from widgets.form_fields import LineInput, TextField

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.timer import Timer
    from textual.worker import Worker

_SHOWN = 8
_PAUSE = 0.06  # seconds without a key before anything is asked


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a text may mean: `text` goes into the field, `key` to whoever reads it."""

    text: str
    detail: str = ""
    key: str | None = None


Source = Callable[[str, int], Sequence[Suggestion]]
"""Finds suggestions for a text, at most so many. It may block: it is called in a thread."""


class Proposals(OptionList, can_focus=False):
    """The suggestions, over whatever stands below the field."""

    DEFAULT_CSS = """
    Proposals {
        overlay: screen; constrain: none inside; display: none; height: auto; max-height: 10;
        border: round $border; background: $surface; padding: 0; margin: 0 0 0 16;
    }
    """

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show suggestions, none of them chosen yet."""
        self.clear_options()
        self.add_options(Option(_line(each)) for each in suggestions)
        self.highlighted = None
        self.display = bool(suggestions)


class CompletionInput(LineInput):
    """The line of text that drives the proposals under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "propose(1)", show=False),
        Binding("up", "propose(-1)", show=False),
        Binding("escape", "put_away", show=False),
    ]

    class Wanted(Message):
        """Another proposal is wanted: the next, the previous, or none (0)."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, hint: str, is_whole: Callable[[], bool]) -> None:
        super().__init__(hint)
        self.proposing = False
        self._is_whole = is_whole

    def on_focus(self) -> None:
        """Let typing replace a whole value, and go on with one that is half typed."""
        self.select_on_focus = self._is_whole()

    @property
    def ends_with_enter(self) -> bool:
        """Tell whether Enter merely goes on; otherwise it takes a proposal."""
        return not self.proposing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the screen while nothing is proposed."""
        return self.proposing or action != "put_away"

    def action_propose(self, step: int) -> None:
        """Go to the next proposal or to the previous one."""
        self.post_message(self.Wanted(step))

    def action_put_away(self) -> None:
        """Show no proposals any more."""
        self.post_message(self.Wanted(0))


class CompletionField(TextField):
    """A line of text with suggestions; one that is chosen gives its key as the value.

    Down chooses, Enter takes the chosen one or the first, Tab takes only a chosen one:
    a new name may be typed that merely begins like a known one. What is typed into a field
    that holds a chosen value replaces it. Of a short list `at_hand` whatever stands there is
    replaced, and a text that one value alone fits means that value.
    """

    def __init__(
        self,
        key: str,
        label: str,
        source: Source,
        *,
        unknown: Callable[[str], str] | None = None,
        at_hand: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(key, label, **settings)
        self._at_hand = at_hand
        self.proposals = Proposals()
        self.found: Sequence[Suggestion] = ()
        self.chosen: Suggestion | None = None
        self._source, self._unknown = source, unknown
        self._waiting: Timer | None = None
        self._asked: str | None = None
        self.is_looking = False  # what Enter would take is not known yet

    class Failed(Message):
        """Suggestions could not be found."""

        def __init__(self, error: BaseException) -> None:
            super().__init__()
            self.error = error

    def make_input(self) -> Input:
        """Return the widget that takes the line."""
        return CompletionInput(self.hint, self.is_whole)

    def meaning(self, text: str) -> Any:
        """Return what the text means."""
        return self.chosen.key if self.chosen and self.chosen.key else text

    @property
    def state(self) -> Any:
        """Return what a draft must keep."""
        return {"text": self.raw, "key": self.chosen.key if self.chosen else None}

    def restore(self, state: Any) -> None:
        """Fill the field with what a draft kept."""
        if not isinstance(state, dict):
            super().restore(state)
            self.chosen = None
            return
        self.raw = str(state.get("text") or "")
        self.chosen = Suggestion(self.raw, key=state["key"]) if state.get("key") else None

    def is_whole(self) -> bool:
        """Tell whether what stands there is a value, and no text that is still being typed."""
        return self._at_hand or self.chosen is not None

    @property
    def is_open(self) -> bool:
        """Tell whether suggestions are shown."""
        return self.proposals.is_attached and bool(self.proposals.display)

    def changed(self) -> None:
        """Look for suggestions when the typing pauses."""
        self.chosen = None
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_PAUSE, self._ask)
        self.is_looking = True
        super().changed()

    def choose(self, suggestion: Suggestion) -> None:
        """Put a suggestion into the field."""
        self.raw = suggestion.text
        self.chosen = suggestion
        self.put_away()
        super().changed()
        self.say(suggestion.detail)

    def put_away(self) -> None:
        """Show no suggestions any more, nor those that are being looked for."""
        if self._waiting is not None:
            self._waiting.stop()
        self.workers.cancel_group(self, "completion")
        self.is_looking = False
        self._propose(())

    def review(self) -> bool:
        """Say what is wrong, or what is known of the value."""
        right = super().review()
        text = self.raw.strip()
        # typed or restored faster than it could be looked up, a name may well be known
        if right and text == self._asked and self.chosen is None and self._unknown is not None:
            self.say(self._unknown(text))
        elif right and self.chosen is not None:
            self.say(self.chosen.detail)
        return right

    def leave(self) -> None:
        """Take what was chosen, now that the focus has gone elsewhere."""
        self.take()
        super().leave()

    def take(self) -> None:
        """Take the proposal that was chosen, or the one that was typed in full."""
        if self.is_open and self.proposals.highlighted is not None:
            self.choose(self.found[self.proposals.highlighted])
        elif self.chosen is None:
            typed = self.raw.strip().casefold()
            same = [each for each in self.found if each.text.casefold() == typed]
            self.chosen = same[0] if len(same) == 1 else None
            if typed and self._at_hand and len(fitting := self._source(typed, _SHOWN)) == 1:
                self.raw = fitting[0].text
        self.put_away()

    def _ask(self) -> None:
        text = self.raw.strip()
        self._asked = None
        if text and self.input.has_focus:
            self._find(text)
        else:
            self.put_away()

    @work(thread=True, exclusive=True, group="completion", exit_on_error=False)
    def _find(self, text: str) -> None:
        found = self._source(text, _SHOWN)
        self.app.call_from_thread(self._found, text, found)

    def _found(self, text: str, found: Sequence[Suggestion]) -> None:
        if text != self.raw.strip() or not self.input.has_focus or self.chosen is not None:
            return
        self._asked, self.is_looking = text, False
        self._propose(found)
        if len(found) == 1 and found[0].text == text:
            self._hide()  # nothing more to say than what stands there

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass a failure on: the event itself does not bubble, so it would be silent."""
        # a worker that was overtaken carries CancelledError, which is no failure
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.is_looking = False
            self.post_message(self.Failed(event.worker.error))

    def _propose(self, found: Sequence[Suggestion]) -> None:
        self.found = found
        if found and not self.proposals.is_attached:
            # under the line, not at its end: beside a line as wide as the screen nobody sees them
            self.mount(self.proposals)
        if self.proposals.is_attached:
            self.proposals.offer(found)
        self._is_proposing(yes=bool(found))

    def _hide(self) -> None:
        self.proposals.display = False
        self._is_proposing(yes=False)

    def _is_proposing(self, *, yes: bool) -> None:
        if isinstance(self.input, CompletionInput):
            self.input.proposing = yes

    @on(CompletionInput.Wanted)
    def _on_wanted(self, event: CompletionInput.Wanted) -> None:
        event.stop()
        if event.step == 0:
            self.put_away()
        elif not self.is_open:
            self._ask()
        elif event.step > 0:
            self.proposals.action_cursor_down()
        else:
            self.proposals.action_cursor_up()

    @on(OptionList.OptionSelected)
    def _on_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose(self.found[event.option_index])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the chosen proposal, or the first; a second Enter goes on."""
        if self.is_open:
            event.stop()
            event.prevent_default()
            self.choose(self.found[self.proposals.highlighted or 0])


def _line(suggestion: Suggestion) -> Text:
    line = Text(suggestion.text, no_wrap=True, overflow="ellipsis")
    return line.append(f"  {suggestion.detail}", "dim") if suggestion.detail else line
