"""The screen of support: a ticket is told, kept and read without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.support.tickets import TicketState, tickets
from sed_tui.tui.app import SedApp
from tests.tui.waiting import settle

if TYPE_CHECKING:
    import pytest

    from sed_tui.gateway.local import LocalGateway


async def test_a_ticket_is_told_in_one_line_and_listed(
    gateway: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sed_tui.support.making._workstation", lambda: None)  # tried elsewhere
    monkeypatch.setenv("SED_SUPPORT_EMAIL", "sd@support.example")
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.push_named("sed_tui.tui.screens.support:SupportScreen")
        await settle(pilot)
        await pilot.press("n", *"slow", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        shown = type(app.screen).__name__

    [ticket] = tickets()
    assert (ticket.summary, ticket.state) == ("slow", TicketState.PREPARED)
    assert ticket.organization == "01"
    assert shown == "TextDialog"
