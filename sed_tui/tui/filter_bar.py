"""The filter of a list: a line of the query language, and its conditions as chips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from sed_tui.domain.query_names import FLAGS
from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from widgets.keyboard import both_layouts
from widgets.one_line import OneLineInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

_STEM = 4
_ENDING = 2
_PAUSE = 0.12  # seconds without typing before the list is asked
_TOKEN = re.compile(r'\w+:(?:"[^"]*"?|\S+)|"[^"]*"?|\S+')
_LETTERS = re.compile(r"[^\W_]+")


def tokens(query: str) -> list[str]:
    """Return the conditions and words of a query as they are written."""
    return _TOKEN.findall(query)


def words(query: str) -> tuple[str, ...]:
    """Return how the free words of a query begin, to be shown where they occur."""
    found: list[str] = []
    for token in tokens(query):
        if ":" not in token and token not in FLAGS and not token.startswith("-"):
            found += [_beginning(word.lower()) for word in _LETTERS.findall(token)]
    return tuple(found)


def _beginning(word: str) -> str:
    # the ending may be another where the word was found
    return word.replace("ё", "е")[: max(_STEM, len(word) - _ENDING)]


class FilterBar(Vertical):
    """The line for the filter; the list is asked while one types.

    `unfinished` returns the query that fits what has been typed so far; `check` raises a
    `SedError` for one that cannot be asked, and the list stays as it is.
    """

    DEFAULT_CSS = "FilterBar { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", N_("To the list"), show=False, id="filter.leave"),
        Binding("escape", "clear", N_("Clear the filter"), id="filter.clear"),
        Binding(both_layouts("ctrl+u"), "clear", N_("Clear the filter"), show=False),
    ]

    class Asked(Message):
        """The list is to show what fits a query."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Left(Message):
        """The filter is done; the list takes the focus."""

    def __init__(
        self,
        placeholder: str,
        *,
        unfinished: Callable[[str], str] = str,
        check: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._unfinished = unfinished
        self._check = check
        self._placeholder = placeholder
        self._timer: Timer | None = None
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Put the chips under the line."""
        with Horizontal(id="filter"):
            yield Label("/", id="filter-label", markup=False)
            yield OneLineInput(placeholder=self._placeholder, compact=True, id="query")
        yield Static(id="chips", markup=False)

    @property
    def query_text(self) -> str:
        """Return what the list shows."""
        return self._asked

    @property
    def line(self) -> Input:
        """Return the line that is typed in."""
        return self.query_one("#query", Input)

    def set_query(self, query: str) -> None:
        """Write a query into the line and ask for it at once."""
        self.line.value = query
        self.line.cursor_position = len(query)
        self._ask(query.strip())

    def complain(self, text: str) -> None:
        """Say what is wrong with the query in place of the chips."""
        chips = self.query_one("#chips", Static)
        chips.update(f"! {text}")
        chips.add_class("filtered", "wrong")

    def on_input_changed(self) -> None:
        """Wait for a pause in typing."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self._ask_while_typing)

    def on_input_submitted(self) -> None:
        """Go to the list: the line keeps Enter from bubbling as a key."""
        self.action_leave()

    def _ask_while_typing(self) -> None:
        self._ask(self._unfinished(self.line.value).strip())

    def _ask(self, query: str) -> None:
        if self._check is not None:
            try:
                self._check(query)
            except SedError as error:
                self.complain(str(error))
                return
        chips = self.query_one("#chips", Static)
        shown = "  ".join(f"[{token}]" for token in tokens(self.line.value))
        chips.update(shown + "   " + _("Esc clears"))
        chips.remove_class("wrong").set_class(bool(query), "filtered")
        if query != self._asked:
            self._asked = query
            self.post_message(self.Asked(query))

    def action_leave(self) -> None:
        """Go to the list."""
        if self._timer is not None:
            self._timer.stop()
        self._ask(self.line.value.strip())
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Show everything again and go to the list."""
        self.set_query("")
        self.post_message(self.Left())
