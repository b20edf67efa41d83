"""Operations of dispatch: letters that go out, a row for every addressee."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sed_tui.domain.exchange_flow import MessageState
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class DispatchDocument(Request):
    """Enter that a registered letter has gone out: to all its addressees, or to some.

    `delivery` is the way it goes, that of the card unless named. Sent `again` is a row more:
    without it nobody is sent a letter that has gone to him.
    An addressee who is a partner of the exchange gets a message by his channel, unless
    another way, a postal number or an earlier day is named.
    """

    document: str
    addressees: tuple[str, ...] = ()
    delivery: str | None = None
    postal_number: str | None = None
    sent_on: date | None = None
    again: bool = False


class ListDispatches(Request):
    """Ask when a document was sent, and to whom; its card tells when its replies were."""

    document: str


class DispatchRow(Message):
    """One letter to one addressee; by the exchange, with how far it has come.

    `reply` is the number of the document that went, where it is a reply to the one asked of.
    """

    id: UUID
    correspondent: str
    delivery: str | None
    postal_number: str | None
    sent_on: date
    sent_by: str
    message: UUID | None = None
    exchange_state: MessageState | None = None
    their_number: str | None = None
    their_date: date | None = None
    trouble: str | None = None
    reply: str | None = None


class DispatchList(Message):
    """The letters of a document, in the order of sending."""

    rows: list[DispatchRow]
    next: None = None


DISPATCH = Operation(
    "dispatch.add", N_("Dispatch a document"), DispatchDocument, DispatchList, Effect.WRITE
)
LIST = Operation(
    "dispatch.list", N_("List what was dispatched"), ListDispatches, DispatchList, Effect.READ
)
