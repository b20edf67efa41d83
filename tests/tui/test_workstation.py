"""Workplace: the first cause first, what mends it copied, symptoms by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.operations.workstation import LIST, ListWorkstations
from sed_tui.tui.app import SedApp
from sed_tui.tui.screens.workstation import WorkstationScreen
from tests.tui.keys import open_more
from tests.tui.waiting import screen_text, settle, typed, until
from tests.workstation.conftest import CSP_4, Place

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Let the interface take a folder for the machine it runs on; nothing of it is outside."""
    root = tmp_path / "machine"
    root.mkdir()
    environment = {"PATH": f"{root}/usr/bin:/usr/bin:/bin", "HOME": str(tmp_path), "DISPLAY": ":0"}
    here = Place(root, {**environment, "USER": "ivanova"})
    here.csp(CSP_4)
    here.browser()
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr("sed_tui.workstation.checking.this_machine", lambda: here.machine)
    monkeypatch.setattr("sed_tui.workstation.network.SECONDS", 0.2)
    return here


async def test_the_workplace_is_checked_mended_and_reported(
    gateway: LocalGateway, machine: Place, russian: None
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_more(pilot, "Workplace")

        screen = app.screen
        assert isinstance(screen, WorkstationScreen)
        await until(pilot, lambda: screen.table.total > 5)
        await settle(pilot)
        shown = screen_text(app)
        assert "x не работает" in shown
        assert "Перейдите на КриптоПро CSP 5.0.11455" in shown

        await pilot.press("s")
        await settle(pilot)
        (sent,) = gateway.call(LIST, ListWorkstations()).rows
        assert sent.csp == "4.0.9963"

        await pilot.press("slash")
        await typed(pilot, "ссылки открываются в другом браузере")
        await until(pilot, lambda: screen.table.total == 2)
        await pilot.press("enter")
        await settle(pilot)
        assert "браузером по умолчанию" in screen_text(app)

        await pilot.press("c")
        await settle(pilot)
        assert app.clipboard
        await pilot.press("escape")
        await until(pilot, lambda: screen.table.total > 5)
