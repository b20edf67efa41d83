"""A line of what a card says: a title, and a value beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.rendering.cells import printable

if TYPE_CHECKING:
    from rich.text import Text


def fact(text: Text, title: str, value: Any, style: str = "", *, width: int = 24) -> None:
    """Add a line with a title of a width and a value, where there is one."""
    if value not in (None, "", []):
        text.append(f"{title:<{width}} ", "dim").append(f"{printable(str(value))}\n", style)
