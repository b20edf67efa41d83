"""The registration form when the same letter has been registered already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.registration_answers import DuplicateDialog
from tests.tui.forms import LETTER, fill, register, texts, type_text
from tests.tui.registration_forms import documents, form_of, screen_of
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


@pytest.mark.both_engines
async def test_the_same_letter_is_seen_before_saving(gateway: LocalGateway) -> None:
    first = register(gateway)
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {**LETTER, "their_number": "", "subject": ""})
        form.fields["their_number"].focus_editor()
        await type_text(pilot, "145/И")
        await pilot.press("tab")
        await settle(pilot)

        assert first.number in texts(app)
        await pilot.press("f7")
        await settle(pilot)
        assert isinstance(app.screen, DocumentCardScreen)


@pytest.mark.parametrize(
    ("keys", "numbers"),
    [
        (["down", "down", "down", "enter"], 1),  # back to the form
        (["escape"], 1),
        (["down", "enter"], 2),  # a duplicate of the first
        (["down", "down", "enter", "enter"], 1),  # forced, but without a reason
        (["down", "down", "enter", "п", "о", "enter"], 2),  # forced with a reason
    ],
)
async def test_an_exact_duplicate_leaves_four_ways(
    gateway: LocalGateway, keys: list[str], numbers: int
) -> None:
    register(gateway)
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, LETTER)
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, DuplicateDialog)
        await pilot.press(*keys)
        await settle(pilot)

    assert documents(gateway) == numbers


async def test_the_registered_document_can_be_opened_instead(gateway: LocalGateway) -> None:
    first = register(gateway)
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, LETTER)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

        assert isinstance(app.screen, DocumentCardScreen)
        assert first.number in texts(app)
    assert documents(gateway) == 1
