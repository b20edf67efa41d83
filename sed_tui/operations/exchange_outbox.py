"""Operations of the outbox: what a driver takes to send, and what became of it.

A driver asks what is due, claims messages of a partner, sends them, and says so. A claim
lapses after a quarter of an hour: a driver that died sends once more under the same
identifiers, by which the other side knows them again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.exchange_flow import MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AskDue(Request):
    """Ask which partners have messages that may be sent now."""

    channel: Channel | None = None


class ClaimMessages(Request):
    """Take messages of a partner to send: nobody else sends them until the claim lapses.

    Of one document's messages the first unsent one alone is given.
    """

    partner: str
    limit: int = Field(default=20, ge=1, le=1000)


class SentMessage(Message):
    """A message that has gone. `claimed_at` is that of the claim."""

    message: UUID
    claimed_at: datetime


class MessagesSent(Request):
    """Say that the channel has taken messages."""

    messages: tuple[SentMessage, ...] = Field(min_length=1, max_length=1000)


class MessageFailed(Request):
    """Say why a message was not sent: it waits for another try, longer each time.

    `is_final` gives it up at once: the other side will never take it as it is. With
    `is_partner_down` all of the partner's messages wait.
    """

    message: UUID
    claimed_at: datetime
    reason: str
    is_final: bool = False
    is_partner_down: bool = False


class ExpireMessages(Request):
    """Mark letters that no receipt came for in 72 hours as undelivered.

    Messages that could not be formed are told as well, to every round until one says that it
    has `told` people of them: such a request does nothing else.
    """

    told: tuple[UUID, ...] = Field(default=(), max_length=1000)


class RetryMessage(Request):
    """Send a message once more that sending was given up of, or that waits for its next try."""

    message: str


class ResendMessage(Request):
    """Send a letter again as a message of its own: not accepted, refused, or not formed."""

    message: str


class DuePartner(Message):
    """A partner with messages to send, and how many of them: counted up to a hundred."""

    partner: str
    channel: Channel
    waiting: int


class DueList(Message):
    """The partners that something waits for."""

    rows: list[DuePartner]
    next: None = None


class ParcelFile(Message):
    """A file that goes with a message: its bytes are fetched by the digest."""

    name: str
    sha256: str
    size: int


class Parcel(Message):
    """A message to be sent: its own bytes, in base64, and files to be fetched.

    `message` is written under the name of `message_file`: the same bytes at every try.
    """

    id: UUID
    claimed_at: datetime
    kind: MessageKind
    partner: str
    channel: Channel
    address: str | None
    mailbox: str | None
    own_uid: str
    partner_uid: str
    message_uid: str
    zone: str
    subject: str
    created_at: datetime
    message_file: ParcelFile
    message: str
    files: list[ParcelFile]


class ParcelList(Message):
    """Messages to be sent, in the order in which they may go."""

    rows: list[Parcel]
    next: None = None


class Settled(Message):
    """What became of a message. `is_settled` is false where the claim had lapsed."""

    id: UUID
    state: MessageState
    is_settled: bool
    next_attempt_at: datetime | None = None


class SettledList(Message):
    """What became of messages, in their order."""

    rows: list[Settled]
    next: None = None


class UnformedMessage(Message):
    """A message that could not be formed, and why."""

    id: UUID
    partner: str
    reason: str


class Expired(Message):
    """How many letters no receipt came for, and what nobody was told of as not formed."""

    undelivered: int
    unformed: list[UnformedMessage] = Field(default_factory=list)


DUE = Operation(
    "exchange.due", N_("List partners with messages to send"), AskDue, DueList, Effect.READ
)
CLAIM = Operation(
    "exchange.claim", N_("Take messages to send"), ClaimMessages, ParcelList, Effect.WRITE
)
SENT = Operation(
    "exchange.sent", N_("Mark messages as sent"), MessagesSent, SettledList, Effect.WRITE
)
FAILED = Operation(
    "exchange.failed",
    N_("Put a message off that was not sent"),
    MessageFailed,
    Settled,
    Effect.WRITE,
)
EXPIRE = Operation(
    "exchange.expire",
    N_("Mark letters without receipts"),
    ExpireMessages,
    Expired,
    Effect.WRITE,
)
RETRY = Operation(
    "exchange.retry", N_("Send a message at once"), RetryMessage, Settled, Effect.WRITE
)
RESEND = Operation(
    "exchange.resend", N_("Send a letter again"), ResendMessage, Settled, Effect.WRITE
)
