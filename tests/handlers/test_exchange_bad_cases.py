"""Bad cases of the exchange that no other test holds: clocks and dates that are not true."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.errors.registration import DateInFuture
from sed_tui.exchange.message import Event, Notification, Number
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.exchange_inbox import REGISTER, RegisterMessage
from sed_tui.operations.exchange_journal import (
    EVENTS,
    LIST,
    SHOW,
    ListEvents,
    ListMessages,
    ShowMessage,
)
from tests.exchange.samples import NOON
from tests.handlers.exchange_partners import (
    FILES,
    add_partner,
    letter_message,
    letter_to,
    packed,
    take,
)

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
FAR = datetime(2099, 1, 1, tzinfo=UTC)


def test_a_letter_dated_in_the_future_waits_for_a_true_date(gateway: LocalGateway) -> None:
    add_partner(gateway)
    letter = letter_message(gateway, number=Number("77-5", FAR.date()))
    taken = take(gateway, packed(replace(letter, created=FAR), FILES))
    with pytest.raises(DateInFuture, match=r"01\.01\.2099"):
        gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))
    waiting = gateway.call(SHOW, ShowMessage(message=str(taken.id))).state
    mended = RegisterMessage(message=str(taken.id), their_date=date(2026, 11, 20))
    registered = gateway.call(REGISTER, mended)
    card = gateway.call(CARD, ShowDocument(document=registered.number))

    assert waiting is MessageState.WAITING
    assert (card.their_number, card.their_date) == ("77-5", date(2026, 11, 20))


def test_a_partners_clock_moves_a_letter_and_none_of_our_times(gateway: LocalGateway) -> None:
    add_partner(gateway)
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    number = Number("77-вх", NOON.date())
    told = Notification(str(letter.id), Event.REGISTERED, FAR, number=number)
    answer = replace(letter_message(gateway), body=told, created=FAR)
    done = take(gateway, packed(answer))
    request = ListMessages(direction=Direction.OUT, kind=MessageKind.LETTER)
    [sent] = gateway.call(LIST, request).rows
    [row] = gateway.call(DISPATCHES, ListDispatches(document=letter.number)).rows
    journal = gateway.call(EVENTS, ListEvents(partner="PRAV")).rows

    assert (done.state, sent.state) == (MessageState.APPLIED, MessageState.REGISTERED)
    assert row.their_number == "77-вх"
    assert max(line.at for line in journal).year == NOON.year
