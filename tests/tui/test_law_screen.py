"""The legal reference on the screen: turn, find, read, say what was found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.legal import ActStatus
from sed_tui.operations.law import SHOW, ShowAct
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.law import LawScreen
from sed_tui.tui.text_dialog import TextDialog
from tests.tui.keys import open_more
from tests.tui.waiting import screen_text, settle, typed, until

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


async def test_an_act_is_found_read_and_marked_as_checked(
    gateway: LocalGateway, russian: None
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_more(pilot, "Legal reference")

        assert isinstance(app.screen, LawScreen)
        screen = app.screen
        assert "◦ не проверено" in screen_text(app)
        assert "636-рп " in screen_text(app)  # acts of one issuer begin alike

        await pilot.press("left")
        await settle(pilot)
        assert "не проверялся" in screen_text(app)

        await pilot.press("right", "slash")
        await typed(pilot, "обращениями граждан")
        await until(pilot, lambda: screen.table.total == 1)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TextDialog)
        assert "Рассмотрение обращения: ч. 1 ст. 12" in screen_text(app)

        await pilot.press("escape", "m")
        await settle(pilot)
        assert isinstance(app.screen, EntryDialog)
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is screen)

        assert "✓ действует" in screen_text(app)

    assert gateway.call(SHOW, ShowAct(act="59-fz")).shown_status is ActStatus.IN_FORCE
