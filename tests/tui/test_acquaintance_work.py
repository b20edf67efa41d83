"""Acquaintance on the screen: started from a card, its sheet, signatures, the same once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Label

from sed_tui.operations.acquaintance import SHOW, START, ShowAcquaintance, StartAcquaintance
from sed_tui.operations.acquaintance_list import LIST, ListAcquaintances
from sed_tui.tui.acquaintance_dialog import AcquaintanceDialog
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import screen_text, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.mark.parametrize("key", ["я"])
async def test_a_document_is_given_to_read_and_its_sheet_tells_who_has(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter", key)

        assert isinstance(app.screen, EntryDialog)

        await typed(pilot, "sidorov, petrov")
        await press(pilot, "f2")

        assert isinstance(app.screen, AcquaintanceDialog)
        text = screen_text(app)
        assert "0 of 2" in text
        assert "· has not read" in text
        assert "Сидоров Кирилл" in text

        await press(pilot, "escape", "left", "left", "left")

        assert "Acquaintance 1" in screen_text(app)

    [row] = gateway.call(LIST, ListAcquaintances()).rows
    assert row.total == 2


async def test_nobody_named_is_told_and_nothing_is_started(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter", "z", "f2")

        wrong = app.screen.query_one("#wrong-people", Label)
        told = str(wrong.content)[:2]
        assert (wrong.display, told) == (True, "! ")  # under its field

        await press(pilot, "s")

        assert not wrong.display

    assert gateway.call(LIST, ListAcquaintances()).rows == []


async def test_a_signature_on_paper_is_entered_on_the_sheet(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    request = StartAcquaintance(document="01-23/5", people=("sidorov",), kind="signature")
    sheet = gateway.call(START, request)
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter", "left", "left", "left", "enter", "z")
        await typed(pilot, "sidorov")
        await press(pilot, "f2")

    shown = gateway.call(SHOW, ShowAcquaintance(acquaintance=str(sheet.id)))
    assert shown.acquainted == 1


def test_what_people_see(
    gateway: LocalGateway,
    letters: list[Any],
    russian: None,
    snap_compare: Callable[..., bool],
) -> None:
    gateway.call(START, StartAcquaintance(document="01-23/5", everybody=True, due="30.11.2026"))
    app = SedApp(office.Trying(gateway))

    async def use(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "enter", "left", "left", "left", "enter")

    assert snap_compare(app, run_before=use, terminal_size=(80, 24))
