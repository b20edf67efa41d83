"""The exchange on the screen: looked through, registered, put aside, read as it travelled."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from textual.widgets import Input, Select, Static

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.exchange.message import Number
from sed_tui.operations import correspondent
from sed_tui.operations import exchange_partner as partners
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.exchange_journal import LIST, SHOW, ListMessages, ShowMessage
from sed_tui.tui.app import SedApp
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.exchange_rows import View
from sed_tui.tui.exchange_text import raw_text
from sed_tui.tui.line_dialog import LineDialog
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.exchange import ExchangeScreen
from sed_tui.tui.screens.exchange_message import ExchangeMessageScreen
from sed_tui.tui.text_dialog import TextDialog
from tests.exchange.samples import NOON
from tests.handlers.exchange_partners import (
    FILES,
    add_partner,
    letter_message,
    letter_to,
    packed,
    take,
)
from tests.tui.keys import choose_action, open_more
from tests.tui.waiting import screen_text, settle, typed, until

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway


async def opened(pilot: Pilot[Any], app: SedApp) -> ExchangeScreen:
    await open_more(pilot, "Exchange of letters")
    assert isinstance(app.screen, ExchangeScreen)
    return app.screen


async def test_a_letter_is_found_and_registered(
    gateway: LocalGateway, russian: None, tmp_path: Path
) -> None:
    add_partner(gateway)
    letter = letter_message(gateway, number=Number("77-5", NOON.date()))
    taken = take(gateway, packed(letter, FILES))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        assert "◦ ждёт регистрации" in screen_text(app)

        await pilot.press("slash")
        await typed(pilot, "prav state:waiting")
        await pilot.press("enter")
        await until(pilot, lambda: screen.table.total == 1)

        await pilot.press("enter")
        await settle(pilot)
        message = app.screen
        assert isinstance(message, ExchangeMessageScreen)
        assert "Письмо.pdf" in screen_text(app)

        await pilot.press("ы")  # the key of s on a Russian layout
        await until(pilot, lambda: isinstance(app.screen, ChoiceDialog))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        app.screen.query_one(Input).value = str(tmp_path / "annex.pdf")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "annex.pdf").exists)
        assert (tmp_path / "annex.pdf").read_bytes() == FILES["Приложение.pdf"]

        await choose_action(pilot, 0)
        assert app.screen.query_one("#field-their_number", Input).value == "77-5"
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is message)
        await pilot.press("enter")
        await settle(pilot)
        card: object = app.screen
        assert isinstance(card, DocumentCardScreen)

    assert gateway.call(SHOW, ShowMessage(message=str(taken.id))).state is MessageState.REGISTERED


async def test_quarantine_is_looked_into_and_worked_through(gateway: LocalGateway) -> None:
    add_partner(gateway)
    taken = take(gateway, b"no archive \x1b[31m", name="0002")
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("right", "right")
        await until(pilot, lambda: screen.table.total == 1)
        assert screen.view is View.QUARANTINE
        assert "! it cannot be read" in screen_text(app)

        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, TextDialog)
        assert r"no archive \x1b[31m" in screen_text(app)

        await pilot.press("escape")
        await choose_action(pilot, 2)
        await pilot.press("f2", "f2")
        await settle(pilot)
        assert isinstance(app.screen, EntryDialog)  # the reason is obligatory
        await typed(pilot, "garbage")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, ExchangeMessageScreen))

    [row] = gateway.call(LIST, ListMessages()).rows
    assert (row.id, row.state) == (taken.id, MessageState.DROPPED)


async def test_each_decision_on_a_message_is_taken_on_its_screen(gateway: LocalGateway) -> None:
    add_partner(gateway)
    waiting = take(gateway, packed(letter_message(gateway), FILES), name="1")
    kept = take(gateway, packed(letter_message(gateway)), name="2")
    looked_at = take(gateway, packed(letter_message(gateway)), name="3")
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    [queued] = gateway.call(
        LIST, ListMessages(direction=Direction.OUT, kind=MessageKind.LETTER)
    ).rows
    # the place of the decision in the list, what is typed first, and the state after it
    decisions = (
        (waiting.id, 1, "", MessageState.REFUSED),
        (kept.id, 0, "", MessageState.RELEASED),
        (looked_at.id, 1, "", MessageState.QUARANTINED),
        (queued.id, 0, "at once", MessageState.PREPARED),
    )
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for message, place, words, state in decisions:
            screen = ExchangeMessageScreen(gateway, str(message))
            app.push_screen(screen)
            await until(pilot, lambda screen=screen: screen.card is not None)  # type: ignore[misc]
            await choose_action(pilot, place)
            if app.screen.query("#field-refusal"):
                app.screen.query_one("#field-refusal", Select).value = "Нет подписи"
            if words:
                await typed(pilot, words)
            await pilot.press("f2")
            if state is MessageState.QUARANTINED:  # nothing has changed: the form says so
                await until(pilot, lambda: "stays in quarantine" in screen_text(app))
                await pilot.press("escape")
            await until(pilot, lambda screen=screen: app.screen is screen)  # type: ignore[misc]
            await pilot.press("escape")
            await settle(pilot)

    found = [
        gateway.call(SHOW, ShowMessage(message=str(message))).state for message, *_rest in decisions
    ]
    assert found == [state for *_rest, state in decisions]


async def test_a_partner_is_added_and_a_change_of_somebody_else_is_told(
    gateway: LocalGateway,
) -> None:
    gateway.call(correspondent.ADD, correspondent.AddCorrespondent(name="Duma"))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("left", "n")
        await until(pilot, lambda: isinstance(app.screen, EntryDialog))
        fields = {"code": "DUMA", "name": "Duma", "uids": str(uuid4()), "address": "/out"}
        for name, value in {**fields, "inbox": "/in", "mailbox": "DUMA~MEDO"}.items():
            app.screen.query_one(f"#field-{name}", Input).value = value
        app.screen.query_one("#field-channel", Select).value = Channel.MEDO.value
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is screen and screen.table.total == 1)
        assert "DUMA" in screen_text(app)

        await choose_action(pilot, 0)
        gateway.call(partners.SET, partners.EditPartner(partner="DUMA", address="/elsewhere"))
        app.screen.query_one("#field-address", Input).value = "/mine"
        await pilot.press("f2")
        await settle(pilot)
        told = " ".join(str(one.render()) for one in app.screen.query(Static))
        assert "you saw version 1, it is at 2 now" in told
        assert "/out → /elsewhere; yours: /mine" in told
        assert app.screen.query_one("#field-address", Input).value == "/mine"
        await pilot.press("f2")
        await until(pilot, lambda: app.screen is screen)

    found = gateway.call(partners.SHOW, partners.ShowPartner(partner="DUMA"))
    assert found.address == "/mine"


async def test_a_card_tells_how_far_its_letters_have_come(gateway: LocalGateway) -> None:
    add_partner(gateway)
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(DocumentCardScreen(gateway, str(letter.id)))
        await settle(pilot)
        await pilot.press(*["right"] * 3)
        await settle(pilot)
        assert "◦ is prepared" in screen_text(app)

        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ExchangeMessageScreen)


def test_bytes_are_read_in_the_encoding_they_declare() -> None:
    told = '<?xml version="1.0" encoding="windows-1251"?>\r\n<тема>Мост\x1b[2J</тема>'

    assert raw_text(told.encode("cp1251"), is_archive=False).splitlines() == [
        '<?xml version="1.0" encoding="windows-1251"?>',
        r"<тема>Мост\x1b[2J</тема>",
    ]
