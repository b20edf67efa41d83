"""A screen with one list and one line above it whose words narrow the list down."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on

from sed_tui.tui.filter_bar import FilterBar
from sed_tui.tui.frame import SedScreen

if TYPE_CHECKING:
    from widgets.virtual_table import VirtualTable


class NarrowedScreen(SedScreen[None]):
    """What all of them do alike: to the line, to the list, out of the line, back."""

    @property
    @abstractmethod
    def table(self) -> VirtualTable:
        """Return the list."""

    @property
    def query_text(self) -> str:
        """Return the words that the list is narrowed down by."""
        return self.query_one(FilterBar).query_text

    @on(FilterBar.Left)
    def enter_list(self) -> None:
        """Go from the line to the list."""
        self.set_focus(self.table)

    def action_find(self) -> None:
        """Go to the line."""
        self.set_focus(self.query_one(FilterBar).line)

    def action_leave(self) -> None:
        """Show all again, or go back."""
        if self.query_text:
            self.query_one(FilterBar).action_clear()
        else:
            self.dismiss()
