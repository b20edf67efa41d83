"""More: the list of what is not needed every hour, opened with 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui import __version__
from sed_tui.tui.app import SedApp
from sed_tui.tui.help import HelpScreen
from sed_tui.tui.more_entries import ENTRIES
from sed_tui.tui.screens.documents import DocumentsScreen
from sed_tui.tui.screens.guide import GuideScreen
from sed_tui.tui.screens.guides import GuidesScreen
from sed_tui.tui.screens.more import MoreScreen
from tests.tui.keys import open_more
from tests.tui.waiting import screen_text, settle, typed, until

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


async def test_f1_opens_the_guide_of_the_screen_and_gives_it_back(
    gateway: LocalGateway, russian: None
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("2", "f1")
        await settle(pilot)

        assert isinstance(app.screen, GuideScreen)
        assert "Слова ищутся в любой форме" in screen_text(app)

        await pilot.press("escape")
        await settle(pilot)

        assert isinstance(app.screen, DocumentsScreen)


async def test_guides_are_searched_while_one_types(gateway: LocalGateway, russian: None) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 24)) as pilot:
        await open_more(pilot, "Guides")

        assert isinstance(app.screen, GuidesScreen)

        screen = app.screen
        await pilot.press("slash")
        await typed(pilot, "ознакомления")
        await until(pilot, lambda: 0 < screen.table.total < 10)
        await pilot.press("enter", "enter")
        await settle(pilot)

        assert isinstance(app.screen, GuideScreen)
        assert "Ознакомить с документом" in screen_text(app)
