"""A line of text that loses nothing of what is pasted into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events


class OneLineInput(Input):
    """A line of text that takes all lines of a paste, a space between two.

    Textual takes the first one alone and says nothing of the others.
    """

    def on_paste(self, event: events.Paste) -> None:
        """Put the pasted text in the place of what is selected."""
        event.stop()
        event.prevent_default()
        if text := in_one_line(event.text):
            self.replace(text, *self.selection)


def in_one_line(text: str) -> str:
    """Return the lines of a text one after the other; a text of one line stays as it is."""
    first, *others = text.splitlines() or [""]
    return " ".join(line.strip() for line in (first, *others) if line.strip()) if others else first
