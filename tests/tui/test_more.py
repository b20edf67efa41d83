"""More: the list of what is not needed every hour, opened with 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui import __version__
from sed_tui.tui.app import SedApp
from sed_tui.tui.help import HelpScreen
from sed_tui.tui.more_entries import ENTRIES
from sed_tui.tui.screens.more import MoreScreen
from tests.tui.waiting import screen_text, settle

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


async def test_more_lists_its_entries_and_opens_them(gateway: LocalGateway, russian: None) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("0")
        await settle(pilot)

        assert isinstance(app.screen, MoreScreen)
        assert "0 Ещё" in screen_text(app).splitlines()[0]

        await pilot.press("end", "enter")
        await settle(pilot)

        assert f"sed-tui {__version__}" in screen_text(app)

        await pilot.press("escape")
        keys = [entry.opens for entry in ENTRIES].index("keys")
        await pilot.press("home", *["down"] * keys, "enter")
        await settle(pilot)

        assert isinstance(app.screen, HelpScreen)
