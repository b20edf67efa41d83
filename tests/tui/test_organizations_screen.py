"""Organizations on the screen: what they store, and the limit set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from sed_tui.operations import organization
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.organizations import OrganizationsScreen
from sed_tui.tui.text_dialog import TextDialog
from tests.tui.keys import open_more
from tests.tui.waiting import screen_text, settle, until

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


async def test_the_operator_sees_what_is_stored_and_sets_the_limit(
    gateway: LocalGateway, russian: None
) -> None:
    added = organization.AddOrganization(code="02", name="Управление образования", parent="01")
    gateway.call(organization.ADD, added)
    app = SedApp(gateway.within("01"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_more(pilot, "Your organizations")

        assert isinstance(app.screen, OrganizationsScreen)
        screen = app.screen
        assert "без предела" in screen_text(app)

        await pilot.press("end", "m")
        await until(pilot, lambda: isinstance(app.screen, EntryDialog))
        app.screen.query_one("#field-size", Input).value = "много"
        await pilot.press("f2")
        await settle(pilot)
        assert "не размер" in screen_text(app)

        app.screen.query_one("#field-size", Input).value = "10ГиБ"
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is screen)
        assert "10.0 ГиБ" in screen_text(app)

        await pilot.press("right", "end", "enter")
        await until(pilot, lambda: isinstance(app.screen, TextDialog))
        assert "10.0 ГиБ (0%)" in screen_text(app)

    shown = organization.ShowOrganization(organization="02")
    assert gateway.within("01").call(organization.SHOW, shown).allowed_bytes == 10 * 1024**3
