"""Keys that come in one packet: each acts on what the ones before it have opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from sed_tui.tui.app import SedApp
from sed_tui.tui.assignment_dialog import AssignmentDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.assignment_form import AssignmentScreen
from sed_tui.tui.screens.assignments import AssignmentsScreen
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.documents import DocumentsScreen
from sed_tui.tui.screens.registration import RegistrationScreen
from tests.tui.waiting import burst, screen_text, settle

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


async def test_a_form_that_is_being_opened_gets_what_is_typed(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await burst(pilot, "2", "n", *"Ромашка", "tab", *"145/n1")

        assert isinstance(app.screen, RegistrationScreen)
        assert app.screen.form.state["correspondent"]["text"] == "Ромашка"
        assert app.screen.form.state["their_number"] == "145/n1"


@pytest.mark.parametrize("keys", ["2 enter i", "2 enter ш", "2 i", "2 щ"])
async def test_keys_open_one_screen_after_the_other(
    gateway: LocalGateway, letters: list[Any], keys: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, *keys.split(), *"Проверить", "tab")

        assert isinstance(app.screen, AssignmentScreen)
        assert app.screen.form.state["text"] == "Проверить"


async def test_going_down_before_opening_opens_the_row_below(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await burst(pilot, "2", "о", "j", "enter", "l", "l", "a")

        assert isinstance(app.screen, EntryDialog)
        card = app.screen_stack[-2]
        assert isinstance(card, DocumentCardScreen)
        assert card.card is not None
        assert card.card.id == letters[2].id
        assert card.tab == "links"


async def test_what_is_found_is_what_enter_opens(gateway: LocalGateway, letters: list[Any]) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await burst(pilot, "2", "/", *"бюджет", "enter", "enter")

        assert isinstance(app.screen, DocumentCardScreen)
        assert "бюджет" in screen_text(app)


async def test_a_dialog_whose_content_is_read_first_gets_the_keys(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await burst(pilot, "3", "enter", "escape", "j", "enter")

        assert isinstance(app.screen, AssignmentDialog)
        below = app.screen_stack[0]
        assert isinstance(below, AssignmentsScreen)
        assert below.table.cursor == 1


async def test_what_is_typed_into_the_palette_is_found_before_enter_takes_it(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await burst(pilot, "ctrl+з", *"session.show", "enter", "enter")

        assert isinstance(app.screen, EntryDialog)


async def test_enter_takes_the_proposal_that_is_still_being_looked_for(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await burst(pilot, "2", "n", *"Ромаш", "enter")

        assert isinstance(app.screen, RegistrationScreen)
        assert app.screen.form.state["correspondent"]["key"] is not None


async def test_a_paste_goes_to_the_dialog_that_the_key_before_it_opens(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await burst(pilot, "question_mark", paste="refresh")

        assert app.screen.query_one(Input).value == "refresh"


async def test_escape_does_not_wait_for_a_card_that_does_not_come(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await burst(pilot, "2")
        opened = DocumentCardScreen(gateway, str(letters[0].id))
        opened.action_reload = lambda: None  # type: ignore[method-assign]
        app.push_screen(opened)
        await burst(pilot, "m", "m", "escape")

        assert isinstance(app.screen, DocumentsScreen)
