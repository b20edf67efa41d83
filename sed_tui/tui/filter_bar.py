"""The filter of a list: a line of the query language, and its conditions as chips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Static

from sed_tui.i18n import N_, _
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

_PAUSE = 0.12  # seconds without typing before the list is asked
_TOKEN = re.compile(r'\w+:(?:"[^"]*"?|\S+)|"[^"]*"?|\S+')
_LETTERS = re.compile(r"[^\W_]+")


def tokens(query: str) -> list[str]:
    """Return the conditions and words of a query as they are written."""
    return _TOKEN.findall(query)


def words(query: str) -> tuple[str, ...]:
    """Return the free words of a query folded, to be shown where they occur."""
    found: list[str] = []
    for token in tokens(query):
        if ":" not in token:
            found += [word.lower().replace("ё", "е") for word in _LETTERS.findall(token)]
    return tuple(found)


class FilterBar(Vertical):
    """The line for the filter; the list is asked while one types."""

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

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder = placeholder
        self._timer: Timer | None = None
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Put the chips under the line."""
        with Horizontal(id="filter"):
            yield Label("/", id="filter-label", markup=False)
            yield Input(placeholder=self._placeholder, compact=True, id="query")
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
        self._ask()

    def complain(self, text: str) -> None:
        """Say what is wrong with the query in place of the chips."""
        chips = self.query_one("#chips", Static)
        chips.update(f"! {text}")
        chips.add_class("filtered")

    def on_input_changed(self) -> None:
        """Wait for a pause in typing."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self._ask)

    def on_input_submitted(self) -> None:
        """Go to the list: the line keeps Enter from bubbling as a key."""
        self.action_leave()

    def _ask(self) -> None:
        query = self.line.value.strip()
        chips = self.query_one("#chips", Static)
        shown = "  ".join(f"[{token}]" for token in tokens(query))
        chips.update(shown + "   " + _("Esc clears"))
        chips.set_class(bool(query), "filtered")
        if query != self._asked:
            self._asked = query
            self.post_message(self.Asked(query))

    def action_leave(self) -> None:
        """Go to the list."""
        self._ask()
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Show everything again and go to the list."""
        self.set_query("")
        self.post_message(self.Left())
