"""How a line of a virtual table is drawn: cells cut to their widths, found words shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style


def fitted(text: str, width: int) -> str:
    """Return text of exactly this width, an ellipsis where it was cut."""
    if width <= 0:
        return ""
    if not text.isprintable():
        text = "".join(symbol if symbol.isprintable() else " " for symbol in text)
    length = len(text) if text.isascii() else cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    return set_cell_size(text, width - 1) + "…"


def is_cut(text: str, width: int) -> bool:
    """Tell whether a text does not fit its width whole."""
    return cell_len(text) > width


def line_segments(
    cells: Sequence[str], widths: Sequence[int], style: Style, words: Sequence[str], found: Style
) -> list[Segment]:
    """Return a row as segments: every cell in its width, and one space after it."""
    text = "".join(
        fitted(cell, width - 1) + " " for cell, width in zip(cells, widths, strict=True) if width
    )
    if not words:
        return [Segment(text, style)]
    return highlighted(text, words, style, found)


def highlighted(text: str, words: Sequence[str], style: Style, found: Style) -> list[Segment]:
    """Return text with each occurrence of the words in the style of what was found.

    The words are in lower case, `ё` written as `е`.
    """
    lowered = text.lower().replace("ё", "е")
    if len(lowered) != len(text):  # a letter whose lower case is longer: nothing lines up
        return [Segment(text, style)]
    segments, place = [], 0
    while True:
        hits = [
            (at, -len(word)) for word in words if word and (at := lowered.find(word, place)) >= 0
        ]
        if not hits:
            break
        start, length = min(hits)
        if start > place:
            segments.append(Segment(text[place:start], style))
        place = start - length
        segments.append(Segment(text[start:place], style + found))
    segments.append(Segment(text[place:], style))
    return segments
