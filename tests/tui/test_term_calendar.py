"""The calendar of terms: counts by day, months and weeks, and the list of a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.tui.app import SedApp
from sed_tui.tui.commands_dialog import CommandsDialog
from sed_tui.tui.screens.assignments import AssignmentsScreen
from sed_tui.tui.screens.day_assignments import DayAssignmentsScreen
from sed_tui.tui.screens.term_calendar import TermCalendarScreen
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import on_screen, screen_text, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.mark.parametrize("key", ["и"])
async def test_a_day_opens_as_many_assignments_as_it_counts(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", key)

        assert isinstance(app.screen, TermCalendarScreen)
        text = screen_text(app)
        assert "Terms: November 2026" in text
        assert "Monday, 2026-11-23 · today · working day · terms: 1" in text
        assert "1 !1" in text  # Friday's, late

        await press(pilot, "down")

        assert "Monday, 2026-11-30 · working day · terms: 2" in screen_text(app)

        await press(pilot, "enter")

        assert on_screen(app, DayAssignmentsScreen).table.total == 2

        await press(pilot, "escape", "escape")

        on_screen(app, AssignmentsScreen)


async def test_a_month_and_a_week_are_walked_by_arrows_on_either_layout(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "b", "pagedown", "д")  # л is l: a day on

        assert "Thursday, 2026-12-24" in screen_text(app)

        await press(pilot, "п", "м")  # home, then the week

        text = screen_text(app)
        assert "▸ Mon 23.11" in text
        assert "27.11" in text
        assert "30.11" not in text

        await press(pilot, "up", "left")

        assert "Sunday, 2026-11-15 · day off" in screen_text(app)


async def test_a_day_off_and_an_unknown_year_are_named(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "b", *("pagedown",) * 26)

        assert "the calendar of 2029 is not known" in screen_text(app)


async def test_only_ones_own_terms_are_counted_from_my_work(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b", "down")

        assert "to execute" in screen_text(app)
        assert "2026-11-30 · working day · terms: 1" in screen_text(app)

        await press(pilot, "colon")

        assert isinstance(app.screen, CommandsDialog)
        text = screen_text(app)
        assert "sedctl assignment days --since 2026-10-26 --until 2026-12-06 --scope" in text
        assert "sedctl assignment list --scope to_execute --due 2026-11-30" in text


async def test_a_slow_and_a_failing_database_are_told(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3")
        trying.is_open.clear()
        await pilot.press("b")
        await until_said(pilot, "Counting the terms…")
        trying.failure = office.UNAVAILABLE
        trying.is_open.set()
        await until(pilot, lambda: "r tries again." in screen_text(app))

        trying.failure = None
        await press(pilot, "r")

        assert "terms: 1" in screen_text(app)


async def until_said(pilot: Pilot[None], text: str) -> None:
    while text not in screen_text(pilot.app):
        await pilot.pause(0.01)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])
@pytest.mark.parametrize("keys", [(), ("v",)], ids=["month", "week"])
def test_what_people_see(
    gateway: LocalGateway,
    letters: list[Any],
    russian: None,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    app = SedApp(office.Trying(gateway))

    async def use(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "b", *keys)

    assert snap_compare(app, run_before=partial(use), terminal_size=size)
