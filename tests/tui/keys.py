"""What a person presses on the way to what a test looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.more_entries import ENTRIES
from tests.tui.waiting import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after another, each once the interface is done with the one before."""
    for key in keys:
        await settle(pilot)
        await pilot.press(key)
    await settle(pilot)


async def open_more(pilot: Pilot[Any], title: str) -> None:
    """Open a screen from the list of all that there is, by its English title."""
    await settle(pilot)
    place = [entry.title for entry in ENTRIES].index(title)
    await pilot.press("0", "home", *["down"] * place, "enter")
    await settle(pilot)


async def choose_action(pilot: Pilot[Any], place: int) -> None:
    """Choose what to do with what is shown, by its place in the list, up to the form."""
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
    await pilot.press("home", *["down"] * place, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, EntryDialog))
