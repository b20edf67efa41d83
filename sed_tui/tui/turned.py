"""A narrowed list with several selections, turned through with the arrows."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on

from sed_tui.tui.filter_bar import FilterBar
from sed_tui.tui.narrowed import NarrowedScreen
from sed_tui.tui.wording import amount
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway


class TurnedScreen(NarrowedScreen):
    """What all of them do alike: read at once, anew for other words and the next selection."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._scope = 0

    @property
    @abstractmethod
    def turns(self) -> int:
        """Return how many selections there are."""

    @abstractmethod
    def action_reload(self) -> None:
        """Read the list again."""

    def on_mount(self) -> None:
        """Read the list."""
        self.action_reload()

    @on(FilterBar.Asked)
    def show_matches(self) -> None:
        """Show what holds the words."""
        self.table.cursor = 0
        self.action_reload()

    @on(VirtualTable.Changed)
    def count(self) -> None:
        """Say how many there are."""
        self.say_counts(amount(self.table.total))

    def action_turn(self, step: int) -> None:
        """Go to another selection."""
        self._scope = (self._scope + step) % self.turns
        self.table.cursor = 0
        self.action_reload()
