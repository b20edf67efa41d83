"""The card of a document: its tabs, and what is done on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Select, Static

from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.dispatch import ListDispatches
from sed_tui.operations.document import EDIT, SHOW, EditDocument, ShowDocument
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.assignment_form import AssignmentScreen
from sed_tui.tui.screens.document_card import DocumentCardScreen
from tests.handlers.exchange_partners import letter_to
from tests.tui import office
from tests.tui.waiting import screen_text, settle, typed

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from sed_tui.gateway import Gateway
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.document import DocumentCard

only_sqlite = pytest.mark.parametrize("engine", ["sqlite"])


async def opened(pilot: Pilot[None], document: Any) -> DocumentCardScreen:
    """Open the card of a registered letter."""
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, SedApp)
    screen = DocumentCardScreen(app.gateway, str(document.id))
    await app.push_screen(screen)
    await settle(pilot)
    return screen


def card_of(gateway: Gateway, document: Any) -> DocumentCard:
    return gateway.call(SHOW, ShowDocument(document=str(document.id)))


async def test_the_card_shows_its_fields_and_states(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot, letters[1])

        text = screen_text(app)
        assert "01-23/2 of 2026-11-23" in text
        assert "registered · in work" in text
        assert "О согласовании [проекта] договора аренды помещения" in text
        assert "Assignments 1" in text
        assert "F1 Help" in text


@only_sqlite
@pytest.mark.parametrize(("following", "previous"), [("right", "left"), ("l", "h"), ("д", "р")])
async def test_the_tabs_follow_each_other_round(
    gateway: LocalGateway, letters: list[Any], following: str, previous: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        screen = await opened(pilot, letters[1])
        seen = []
        for _turn in range(5):
            await pilot.press(following)
            await settle(pilot)
            seen.append(screen.tab)
        await pilot.press(previous)
        await settle(pilot)

        assert seen == ["files", "links", "assignments", "history", "card"]
        assert screen.tab == "history"
        assert screen.table("history").has_focus


@only_sqlite
async def test_empty_tabs_say_which_key_fills_them(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot, letters[4])
        texts = []
        for _turn in range(3):
            await pilot.press("right")
            await settle(pilot)
            texts.append(screen_text(app))

        assert "No files. a adds one." in texts[0]
        assert "No links. a adds one." in texts[1]
        assert "No assignments. i issues one." in texts[2]


@pytest.mark.both_engines
async def test_a_link_is_added_opened_and_taken_away(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        screen = await opened(pilot, letters[1])
        await pilot.press("right", "right", "a")
        await settle(pilot)
        app.screen.query_one(Select).value = "reply_to"
        app.screen.query_one(Input).value = letters[0].number
        await pilot.press("f2")
        await settle(pilot)

        assert [link.number for link in card_of(gateway, letters[1]).links] == ["01-23/1"]
        assert "in reply to" in screen_text(app)

        await pilot.press("enter")
        await settle(pilot)

        assert "01-23/1 of" in screen_text(app)

        await pilot.press("escape")
        await settle(pilot)

        assert app.screen is screen

        await pilot.press("delete")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

        assert "This cannot be taken back." in screen_text(app)

        await pilot.press("f2")
        await settle(pilot)

        assert card_of(gateway, letters[1]).links == []


@only_sqlite
async def test_a_file_is_added_and_saved_but_never_over_another(
    gateway: LocalGateway,
    letters: list[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    letter = tmp_path / "letter.txt"
    letter.write_text("Просим представить сведения", encoding="utf-8")
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot, letters[1])
        await pilot.press("right", "a")
        await settle(pilot)
        app.screen.query_one(Input).value = str(letter)
        await pilot.press("f2")
        await settle(pilot)

        assert "letter.txt" in screen_text(app)

        await pilot.press("enter")
        await settle(pilot)
        app.screen.query_one(Input).value = str(tmp_path / "copy.txt")
        await pilot.press("enter")
        await settle(pilot)

        assert (tmp_path / "copy.txt").read_bytes() == letter.read_bytes()

        (tmp_path / "copy.txt").write_text("не трогать", encoding="utf-8")
        await pilot.press("s")
        await settle(pilot)
        app.screen.query_one(Input).value = str(tmp_path / "copy.txt")
        await pilot.press("enter")
        await settle(pilot)

        assert (tmp_path / "copy.txt").read_text(encoding="utf-8") == "не трогать"


@pytest.mark.both_engines
@only_sqlite
@pytest.mark.parametrize("key", ["m", "ь", "f4"])
async def test_a_field_is_edited_and_the_history_shows_it(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, letters[1])
        await pilot.press(key)
        await settle(pilot)
        app.screen.query_one("#field-note", Input).value = "срочно"
        await pilot.press("f2")
        await settle(pilot)

        assert card_of(gateway, letters[1]).note == "срочно"

        await pilot.press("left")
        await settle(pilot)

        assert "→ срочно" in screen_text(app) or ": срочно" in screen_text(app)


@only_sqlite
async def test_the_history_names_the_fields_and_shows_the_entry_whole_in_words(
    gateway: LocalGateway, letters: list[Any], russian: None
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, letters[0])
        await pilot.press("h", "j")
        await settle(pilot)

        text = screen_text(app)
        assert "Исполнение: рассмотрение → в …" in text
        assert "15 полей: Гриф, Корреспондент" in text
        assert "Дата рег.: 23.11.2026" in text
        assert "Регистрация: зарегистрирован" in text
        assert "review" not in text
        assert str(letters[0].id) not in text


@only_sqlite
@pytest.mark.parametrize("key", ["i", "ш"])
async def test_i_issues_an_assignment(gateway: LocalGateway, letters: list[Any], key: str) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot, letters[4])
        await pilot.press(key)
        await settle(pilot)

        assert isinstance(app.screen, AssignmentScreen)


@only_sqlite
@pytest.mark.parametrize("key", ["X", "Ч"])
async def test_a_registration_is_cancelled_with_a_reason_after_a_warning(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot, letters[4])
        await pilot.press(key)
        await settle(pilot)

        assert isinstance(app.screen, EntryDialog)

        await typed(pilot, "ошибка")
        await pilot.press("f2", "f2")
        await settle(pilot)

        assert card_of(gateway, letters[4]).lifecycle == "cancelled"


@only_sqlite
async def test_a_card_that_is_not_there_says_so_and_escape_goes_back(
    gateway: LocalGateway,
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await app.push_screen(DocumentCardScreen(gateway, "01-23/99"))
        await settle(pilot)

        assert "01-23/99" in screen_text(app)
        assert "r tries again." in screen_text(app)

        await pilot.press("escape")
        await settle(pilot)

        assert not isinstance(app.screen, DocumentCardScreen)


@only_sqlite
async def test_a_slow_card_is_announced(gateway: LocalGateway, letters: list[Any]) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test() as pilot:
        await settle(pilot)
        trying.is_open.clear()
        await app.push_screen(DocumentCardScreen(trying, str(letters[0].id)))
        while "Reading the card…" not in screen_text(app):
            await pilot.pause(0.02)
        trying.is_open.set()
        await settle(pilot)

        assert "01-23/1 of" in screen_text(app)


@only_sqlite
async def test_the_mark_for_official_use_is_set_for_a_reason(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        app.screen.query_one("#field-confidentiality", Select).value = "official"
        await pilot.press("f2")
        await settle(pilot)

        assert "reason" in screen_text(app).lower()

        app.screen.query_one("#field-reason", Input).value = "приказ 5"
        await pilot.press("f2")
        await settle(pilot)

        assert "for official use only" in screen_text(app)


@only_sqlite
async def test_a_card_that_another_has_edited_shows_theirs_and_keeps_yours(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    before = card_of(gateway, letters[0])
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, letters[0])
        await pilot.press("m")
        await settle(pilot)
        theirs: dict[str, str | int | None] = {"subject": "Тема их", "note": "их", "sheets": 3}
        request = EditDocument(document=str(letters[0].id), changes=theirs)
        gateway.call(EDIT, request)
        app.screen.query_one("#field-subject", Input).value = "Тема моя"
        await pilot.press("f2")
        await settle(pilot)

        assert "you saw version 2, it is at 3 now" in screen_text(app)
        assert str(app.screen.query_one("#meanwhile Static", Static).content).splitlines() == [
            f"! Subject: {before.subject} → Тема их; yours: Тема моя",
            "Note: — → их",
            "Sheets: 1 → 3",
        ]
        assert app.screen.query_one("#field-note", Input).value == "их"

        await pilot.press("escape")
        await settle(pilot)
        assert "is not saved" in screen_text(app)
        await pilot.press("f2")
        await settle(pilot)
        assert app.screen is screen

    now = card_of(gateway, letters[0])
    assert (now.subject, now.note, now.sheets) == ("Тема моя", "их", 3)


async def test_d_dispatches_a_registered_letter(gateway: LocalGateway) -> None:
    document = letter_to(gateway, "Управа")
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await opened(pilot, document)
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(app.screen, EntryDialog)
        await pilot.press("f2")
        await settle(pilot)

    rows = gateway.call(DISPATCHES, ListDispatches(document=str(document.id))).rows
    assert [row.correspondent for row in rows] == ["Управа"]
