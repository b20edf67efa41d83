"""What goes out by the exchange and what comes back, as tests say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import Direction, MessageKind
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.exchange_journal import LIST, ListMessages, MessageRow
from tests.handlers.exchange_partners import letter_to

if TYPE_CHECKING:
    from typing import Any

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered


def dispatched(gateway: LocalGateway, **changes: Any) -> Registered:
    document = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=document.number, **changes))
    return document


def letters(gateway: LocalGateway) -> list[MessageRow]:
    request = ListMessages(direction=Direction.OUT, kind=MessageKind.LETTER)
    return gateway.call(LIST, request).rows
