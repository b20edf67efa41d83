"""Lists renew themselves when somebody else changes something; nothing moves under a hand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.tui.app import SedApp
from sed_tui.tui.screens.documents import DocumentsScreen
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

NEW = RegisterDocument(
    flow=Flow.INCOMING,
    subject="О новом",
    correspondent="Минздрав",
    their_number="новый",
    their_date=date(2026, 11, 20),
)


@pytest.mark.remote_too
async def test_a_new_letter_appears_and_the_cursor_stays_on_its_own(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, DocumentsScreen)
        await pilot.press("down")
        await settle(pilot)
        before = screen.document
        assert before is not None
        await app.live.look()
        gateway.call(REGISTER, NEW)

        await app.live.look()
        await settle(pilot)

        assert screen.table.total == len(letters) + 1
        assert screen.document is not None
        assert screen.document.id == before.id
        calls: list[str] = []

        def renewed() -> bool:
            calls.append("renewed")
            return False

        app.renew_list = renewed  # type: ignore[method-assign]
        await app.live.look()
        assert calls == []


async def test_rows_that_are_marked_stay_where_they_are(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        await app.live.look()
        gateway.call(REGISTER, NEW)

        await app.live.look()

        assert app.live.is_stale


async def test_a_terminal_that_nobody_works_at_asks_every_fourth_time(
    gateway: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("sed_tui.tui.live.time", SimpleNamespace(monotonic=lambda: now))
    app = SedApp(gateway)
    looked: list[float] = []

    async def look() -> None:
        looked.append(now)

    monkeypatch.setattr(app.live, "look", look)
    for turn in range(1, 41):
        now = turn * 15.0
        if now == 450:
            app.live.touch()
        await app.live.turn()

    assert looked[:20] == [turn * 15.0 for turn in range(1, 21)]  # five minutes after a key
    assert looked[20:] == [360, 420, *(450 + 15.0 * turn for turn in range(11))]
