"""The list of documents, driven by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from sed_tui import i18n
from sed_tui.domain.clock import office_day
from sed_tui.domain.query import parse_query
from sed_tui.tui.app import SedApp
from sed_tui.tui.conditions_dialog import _conditions
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.documents import DocumentsScreen
from sed_tui.tui.screens.registration import RegistrationScreen
from tests.tui import office
from tests.tui.waiting import on_screen, screen_text, settle, typed, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

only_sqlite = pytest.mark.parametrize("engine", ["sqlite"])


async def opened(pilot: Pilot[None]) -> DocumentsScreen:
    """Go to the documents."""
    await settle(pilot)
    await pilot.press("2")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, DocumentsScreen)
    return screen


@pytest.mark.both_engines
@pytest.mark.remote_too
async def test_documents_are_listed_and_found_while_typing(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)

        assert "found 5" in screen_text(app)
        assert "О согласовании [проекта] договора" in screen_text(app)

        await pilot.press("slash")
        await typed(pilot, "бюдж")
        await until(pilot, lambda: "found 1" in screen_text(app))

        assert screen.filter.line.has_focus
        assert "[бюдж]   Esc clears" in screen_text(app)
        assert "1 of 1" in screen_text(app)

        await pilot.press("escape")
        await settle(pilot)

        assert "found 5" in screen_text(app)
        assert screen.table.has_focus


@only_sqlite
@pytest.mark.parametrize("find", ["slash", "full_stop", "ctrl+f", "ctrl+а", "f3"])
async def test_find_answers_on_any_layout_and_enter_goes_to_the_list(
    gateway: LocalGateway, letters: list[Any], find: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press(find)
        await typed(pilot, "from:ромашка")
        await pilot.press("enter")
        await settle(pilot)

        assert screen.table.total == 1
        assert screen.table.has_focus


@pytest.mark.both_engines
@only_sqlite
async def test_a_query_that_makes_no_sense_is_told_and_the_list_stays(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press("slash")
        await typed(pilot, "colour:red")
        await pilot.press("enter")
        await settle(pilot)

        assert "! " in screen_text(app)
        assert "colour" in screen_text(app)
        assert screen.table.total == 5


@only_sqlite
@pytest.mark.parametrize("key", ["f", "а", "f4"])
async def test_a_condition_is_chosen_from_a_list(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press(key, *["down"] * 5, "enter")
        await settle(pilot)

        assert screen.filter.query_text == "overdue"
        assert screen.table.total == 1


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_offered_condition_can_be_asked(language: str, clock: FixedClock) -> None:
    i18n.use(language)

    for token, _title in _conditions():
        assert parse_query(token, office_day(clock.now())).criteria


@only_sqlite
async def test_marks_are_counted_in_the_status_line(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot)
        await pilot.press("space", "space")
        await settle(pilot)

        assert "3 of 5 · 2 marked" in screen_text(app)


@only_sqlite
async def test_a_wide_terminal_shows_the_card_beside_the_list(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("j")
        await until(pilot, lambda: "01-23/4 of 2026-11-23" in screen_text(app))

        assert "Their number" in screen_text(app)


@only_sqlite
async def test_enter_opens_the_card_and_escape_comes_back(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)

        assert isinstance(app.screen, DocumentCardScreen)

        await pilot.press("escape")
        await settle(pilot)

        on_screen(app, DocumentsScreen)


@only_sqlite
@pytest.mark.parametrize("key", ["n", "т", "insert", "f7"])
async def test_n_opens_the_registration_form(gateway: LocalGateway, key: str) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot)
        await pilot.press(key)
        await settle(pilot)

        assert isinstance(app.screen, RegistrationScreen)


@only_sqlite
@pytest.mark.parametrize("key", ["e", "у"])
async def test_e_explains_the_state_under_the_cursor(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot)
        await pilot.press("j", key)
        await settle(pilot)

        assert "At least one assignment on it is not executed yet." in screen_text(app)


@only_sqlite
async def test_an_empty_list_says_which_key_makes_a_document(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot)

        assert "No documents yet. n registers the first one." in screen_text(app)


@only_sqlite
async def test_a_filter_that_hides_everything_says_so(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot)
        await pilot.press("slash")
        await typed(pilot, "небывальщина")
        await pilot.press("enter")
        await settle(pilot)

        assert "Nothing found. Esc clears the filter." in screen_text(app)


@only_sqlite
async def test_a_database_that_fails_is_told_in_the_list_and_r_tries_again(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot)
        trying.failure = office.UNAVAILABLE
        await pilot.press("r")
        await settle(pilot)

        assert "sed [b]db[/b] does not answer: the cable is out" in screen_text(app)
        assert "r tries again." in screen_text(app)

        trying.failure = None
        await pilot.press("к")
        await settle(pilot)

        assert screen.table.total == 5
        assert "found 5" in screen_text(app)


@only_sqlite
async def test_a_slow_database_is_announced_and_escape_stops_waiting(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        trying.is_open.clear()
        await pilot.press("2")
        while "Reading… Esc cancels." not in screen_text(app):
            await pilot.pause(0.02)
        await pilot.press("escape")
        trying.is_open.set()
        await settle(pilot)

        assert "Cancelled. r reads again." in screen_text(app)


@only_sqlite
async def test_letters_that_come_with_the_slash_are_the_filter(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        for key in ("slash", "ш", "к", "slash", "1"):  # as one packet of a slow line
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await settle(pilot)

        assert screen.filter.line.value == "шк/1"
