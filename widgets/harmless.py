"""The last door to the terminal: whatever a widget draws, no character of it acts there."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

_UNKNOWN = "\ufffd"


class HarmlessFilter(LineFilter):
    """Leaves out of every line what a terminal would obey: escapes, C1, marks of direction.

    Widgets that show what others have written show such characters escaped, where one reads
    them; this holds for all the others, and for those that are yet to be written.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments, those that are harmless as they are."""
        if all(segment.text.isprintable() or segment.control for segment in segments):
            return segments
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(harmless(segment.text), segment.style)
            for segment in segments
        ]


def harmless(text: str) -> str:
    """Return text of the same width on the screen that no terminal obeys."""
    return "".join(map(_shown, text))


def _shown(symbol: str) -> str:
    if symbol.isprintable():
        return symbol
    width = get_character_cell_size(symbol)
    return (" " if unicodedata.category(symbol) == "Zs" else _UNKNOWN) * width
