"""A letter that was not accepted is sent again from its screen, as a message of its own."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.exchange.message import Acknowledgment
from sed_tui.operations import exchange_outbox
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.exchange_journal import LIST, ListMessages
from sed_tui.tui import entry_dialog
from sed_tui.tui.app import SedApp
from sed_tui.tui.screens.exchange_message import ExchangeMessageScreen
from tests.exchange.samples import NOON
from tests.handlers.exchange_partners import add_partner, letter_message, letter_to, packed, take
from tests.patience import LONGEST
from tests.tui.keys import choose_action
from tests.tui.waiting import screen_text, settle, typed, until

if TYPE_CHECKING:
    import pytest

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registry import Operation


async def test_what_was_not_accepted_is_sent_again_from_its_screen(
    gateway: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = threading.Event()
    plain = gateway.call

    def slow(operation: Operation[Any, Any], *rest: Any) -> Any:
        if operation is exchange_outbox.RESEND:
            may_go.wait(LONGEST)
        return plain(operation, *rest)

    monkeypatch.setattr(entry_dialog, "PATIENCE", 0.01)
    monkeypatch.setattr(gateway, "call", slow)
    add_partner(gateway)
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    claim = exchange_outbox.ClaimMessages(partner="PRAV")
    [parcel] = gateway.call(exchange_outbox.CLAIM, claim).rows
    sent = exchange_outbox.SentMessage(message=parcel.id, claimed_at=parcel.claimed_at)
    gateway.call(exchange_outbox.SENT, exchange_outbox.MessagesSent(messages=(sent,)))
    refusal = Acknowledgment(parcel.message_uid, NOON, accepted=False, comment="не читается")
    take(gateway, packed(replace(letter_message(gateway), body=refusal)))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = ExchangeMessageScreen(gateway, str(parcel.id))
        app.push_screen(screen)
        await until(pilot, lambda: screen.card is not None)
        assert "не читается" in screen_text(app)
        await choose_action(pilot, 0)
        await typed(pilot, "mended")
        await pilot.press("f2")
        told = ""
        for _turn in range(1000):  # not until everything is quiet: it is held here
            if "It is being done" in (told := screen_text(app)):
                break
            await pilot.pause(0.01)
        may_go.set()
        assert "It is being done" in told
        await until(pilot, lambda: app.screen is screen)

    request = ListMessages(direction=Direction.OUT, kind=MessageKind.LETTER)
    rows = {row.id: row.state for row in gateway.call(LIST, request).rows}
    assert rows.pop(parcel.id) is MessageState.NOT_ACCEPTED
    assert list(rows.values()) == [MessageState.PREPARED]
