"""Letters by mail on the screen: found, read, registered, attached, left unregistered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from sed_tui.domain.intake import IntakeState
from sed_tui.operations import correspondent
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.intake_letter import LIST, SHOW, ListLettersTaken, ShowLetterTaken
from sed_tui.operations.registration import REGISTER
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.intake import IntakeScreen
from sed_tui.tui.screens.intake_letter import IntakeLetterScreen
from tests.handlers.letters import letter as incoming
from tests.handlers.test_intake import take, written
from tests.tui.keys import choose_action, open_more
from tests.tui.waiting import screen_text, settle, typed, until

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pytest
    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway

MINISTRY = "Министерство здравоохранения"


async def opened(pilot: Pilot[Any], app: SedApp) -> IntakeScreen:
    await open_more(pilot, "Letters by mail")
    assert isinstance(app.screen, IntakeScreen)
    return app.screen


async def test_a_letter_is_found_read_and_registered(
    gateway: LocalGateway, russian: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    gateway.call(
        correspondent.ADD,
        correspondent.AddCorrespondent(name=MINISTRY, email="dept@minzdrav.example"),
    )
    taken = take(gateway, written())
    take(gateway, written(Subject="Реклама", From="Лавка <shop@example.org>"))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        assert "Лавка" in screen_text(app)
        await pilot.press("slash")
        await typed(pilot, "минздрав")
        await pilot.press("enter")
        await until(pilot, lambda: screen.table.total == 1)
        await pilot.press("enter")
        await until(pilot, lambda: "Просим представить" in screen_text(app))
        message = app.screen
        assert isinstance(message, IntakeLetterScreen)
        assert "письмо.pdf" in screen_text(app)

        await pilot.press("enter")  # without a desktop it is saved
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        app.screen.query_one(Input).value = str(tmp_path / "one.pdf")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "one.pdf").exists)
        assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")

        await choose_action(pilot, 0)
        fields = {one.id: one.value for one in app.screen.query(Input)}
        assert fields["field-correspondent"] == MINISTRY
        assert (fields["field-their_number"], fields["field-their_date"]) == ("б/н", "20.11.2026")
        app.screen.query_one("#field-their_number", Input).value = "15/3"
        app.screen.query_one("#field-subject", TextArea).text = "О мостах"
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is message)
        await pilot.press("enter")
        await settle(pilot)
        card: object = app.screen
        assert isinstance(card, DocumentCardScreen)

    found = gateway.call(SHOW, ShowLetterTaken(letter=str(taken.id)))
    document = gateway.call(CARD, ShowDocument(document=str(found.document_id)))
    assert found.state is IntakeState.REGISTERED
    assert (document.subject, document.their_number) == ("О мостах", "15/3")
    assert (document.correspondent, len(document.files)) == (MINISTRY, 2)


async def test_a_letter_is_attached_or_left_unregistered_for_a_reason(
    gateway: LocalGateway,
) -> None:
    registered = gateway.call(REGISTER, incoming())
    for subject in ("first", "second"):
        take(gateway, written(Subject=subject))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("enter")
        await settle(pilot)
        await choose_action(pilot, 1)
        app.screen.query_one("#field-document", Input).value = registered.number
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, IntakeLetterScreen))
        await pilot.press("escape")
        await until(pilot, lambda: screen.table.total == 1)

        await pilot.press("enter")
        await settle(pilot)
        await choose_action(pilot, 2)
        await pilot.press("f2", "f2")
        await settle(pilot)
        assert isinstance(app.screen, EntryDialog)  # the reason is obligatory
        await typed(pilot, "spam")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, IntakeLetterScreen))
        await pilot.press("escape", "left")
        await until(pilot, lambda: screen.table.total == 1)
        assert "spam" in screen_text(app)

    states = [
        row.state
        for state in IntakeState
        for row in gateway.call(LIST, ListLettersTaken(state=state)).rows
    ]
    assert states == [IntakeState.ATTACHED, IntakeState.DROPPED]
