"""Operations that look into the exchange: messages, the journal, the raw bytes, the figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListMessages(ListRequest):
    """Ask for messages, the newest first; of a direction, a kind, a state, a partner, a card."""

    direction: Direction | None = None
    kind: MessageKind | None = None
    state: MessageState | None = None
    partner: str | None = None
    document: str | None = None


class ShowMessage(Request):
    """Ask for a message with its files and everything that happened to it."""

    message: str


class ShowRawMessage(Request):
    """Ask for the message as it is on the wire; of a quarantined one for its package."""

    message: str


class GetMessageFile(Request):
    """Ask for a file of a message; the name may be left out where it has one."""

    message: str
    name: str | None = None


class ListEvents(ListRequest):
    """Ask for the journal of exchange, the newest first; of a partner where one is named."""

    partner: str | None = None


class AskMetrics(Request):
    """Ask how the exchange goes: what waits, how long, and what failed, by partners."""


class MessageRow(Message):
    """A message in a list."""

    id: UUID
    short_id: str
    created_at: datetime
    direction: Direction
    kind: MessageKind
    event: str | None
    state: MessageState
    partner: str | None
    partner_name: str | None
    subject: str
    number: str | None
    number_date: date | None
    document_id: UUID | None
    document: str | None
    files: int
    attempts: int
    next_attempt_at: datetime | None
    reason: str | None
    last_error: str | None


class MessagePage(Page):
    """A page of messages."""

    rows: list[MessageRow]


class MessageFile(Message):
    """A file of a message; the gateway fetches its bytes by `sha256`."""

    name: str
    part: str
    description: str | None
    size: int
    media_type: str
    sha256: str
    verdict: str | None = None
    """Of a signature: valid, unknown or invalid; why, in `reasons`."""
    reasons: list[str] = Field(default_factory=list)


class ExchangeEvent(Message):
    """A line of the journal: what happened to a message, and what state it was in then."""

    id: UUID
    at: datetime
    place: int
    message_id: UUID
    direction: Direction
    kind: MessageKind
    partner: str | None
    subject: str
    number: str | None
    event: str
    state: MessageState
    detail: str | None
    actor: str | None


class EventPage(Page):
    """A page of the journal."""

    rows: list[ExchangeEvent]


class MessageCard(Message):
    """Everything about a message. `told` is the message as it was understood."""

    id: UUID
    short_id: str
    created_at: datetime
    direction: Direction
    kind: MessageKind
    event: str | None
    state: MessageState
    partner: str | None
    partner_name: str | None
    channel: Channel | None
    message_uid: str | None
    document_uid: str | None
    subject: str
    number: str | None
    number_date: date | None
    is_official: bool
    document_id: UUID | None
    document: str | None
    answers_id: UUID | None
    resend_of: UUID | None
    source: str | None
    size: int
    attempts: int
    next_attempt_at: datetime | None
    sent_at: datetime | None
    receipt_by: datetime | None
    decided_at: datetime | None
    reason: str | None
    last_error: str | None
    remarks: list[str] = Field(default_factory=list)
    may_answer: list[str] = Field(default_factory=list)
    told: dict[str, Any] = Field(default_factory=dict)
    enclosures: list[MessageFile] = Field(default_factory=list)
    history: list[ExchangeEvent] = Field(default_factory=list)


class RawMessage(Message):
    """The bytes of a message: as `content` in base64, or to be fetched by `sha256`.

    Neither is there of a message that never travelled: within one database.
    """

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str | None = None
    content: str | None = None


class PartnerMetrics(Message):
    """How the exchange with one partner goes."""

    partner: str
    channel: Channel
    waiting: int
    oldest_waiting: datetime | None
    unformed: int
    given_up: int
    not_accepted: int
    undelivered: int
    not_carried: int
    failures: int
    paused_until: datetime | None


class Metrics(Message):
    """How the exchange goes; `oldest_minutes` is the age of what has waited longest."""

    at: datetime
    queue: int
    oldest_minutes: int
    to_register: int
    quarantined: int
    rows: list[PartnerMetrics]
    next: None = None


LIST = Operation(
    "exchange.list", N_("List messages of the exchange"), ListMessages, MessagePage, Effect.READ
)
SHOW = Operation(
    "exchange.show", N_("Show a message of the exchange"), ShowMessage, MessageCard, Effect.READ
)
RAW = Operation(
    "exchange.raw", N_("Show a message as it was sent"), ShowRawMessage, RawMessage, Effect.READ
)
FILE = Operation(
    "exchange.file",
    N_("Get a file of a message of the exchange"),
    GetMessageFile,
    MessageFile,
    Effect.READ,
)
EVENTS = Operation(
    "exchange.events", N_("Show the journal of exchange"), ListEvents, EventPage, Effect.READ
)
METRICS = Operation(
    "exchange.metrics", N_("Show how the exchange goes"), AskMetrics, Metrics, Effect.READ
)
