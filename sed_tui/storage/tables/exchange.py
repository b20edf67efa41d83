"""Exchange with other systems: partners, messages, their files, the journal."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class ExchangePartnerTable(SQLModel, table=True):
    """Whom messages are exchanged with, how, and what the partner takes.

    `own_uid` is how this organization is called in messages to the partner. `address` is
    where messages go, `inbox` where they come from, `mailbox` the name on an envelope.
    While `paused_until` lies ahead nothing is sent: the other side does not answer.
    """

    __tablename__ = "exchange_partner"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("organization_id", "peer_id"),
        Index("ix_exchange_partner_correspondent", "organization_id", "correspondent_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    code: str = Field(max_length=32)
    name: str = Field(max_length=500)
    correspondent_id: UUID = Field(foreign_key="correspondent.id")
    peer_id: UUID | None = Field(default=None, foreign_key="organization.id")
    channel: str = Field(max_length=16)
    own_uid: str = Field(max_length=36)
    mailbox: str | None = Field(default=None, max_length=200)
    address: str | None = Field(default=None, max_length=1000)
    inbox: str | None = Field(default=None, max_length=1000)
    format_version: str = Field(default="2.2", max_length=8)
    encoding: str = Field(default="windows-1251", max_length=16)
    kinds: str = Field(default="pdf", max_length=200)
    zone: str = Field(default="Europe/Moscow", max_length=64)
    acknowledges_notifications: bool = True
    is_subscribed: bool = False
    takes_official: bool = False
    max_bytes: int = Field(sa_type=BigInteger)
    state: str = Field(default="active", max_length=16)
    paused_until: datetime | None = Field(default=None, sa_type=UtcInstant)
    failures: int = 0
    created_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1


class ExchangeMailboxTable(SQLModel, table=True):
    """An identifier under which a partner sends: it belongs to one partner."""

    __tablename__ = "exchange_mailbox"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    uid: str = Field(max_length=36, primary_key=True)
    partner_id: UUID = Field(foreign_key="exchange_partner.id", index=True)
    position: int = 1


class ExchangeMessageTable(SQLModel, table=True):
    """A message that goes out or came in.

    `identity` forbids the same message twice; `meaning` is what a notification or a receipt
    says, empty for a repeat of it. `content` is the message as it was understood, as JSON.
    `raw` are the bytes of an outgoing one, made once and the same at every try; `raw_sha256`
    names those of an incoming one in the store of files, of a quarantined one its whole
    package. Messages of one `thread` (a document) go out in the order of `position`.
    """

    __tablename__ = "exchange_message"
    __table_args__ = (
        UniqueConstraint("organization_id", "direction", "identity"),
        UniqueConstraint("organization_id", "meaning"),
        Index("ix_exchange_message_list", "organization_id", "direction", "created_at", "id"),
        Index("ix_exchange_message_state", "organization_id", "state", "created_at", "id"),
        Index("ix_exchange_message_uid", "organization_id", "direction", "message_uid"),
        Index("ix_exchange_message_thread", "organization_id", "thread", "position"),
        Index("ix_exchange_message_document", "document_id"),
        Index("ix_exchange_message_dispatch", "dispatch_id"),
        Index("ix_exchange_message_answers", "answers_id"),
        Index("ix_exchange_message_raw", "raw_sha256"),
        # the question what is due is answered by it alone: the rows have the bytes of messages
        Index(
            "ix_exchange_message_due",
            *("partner_id", "next_attempt_at", "id", "claimed_at"),
            info=only("state = 'prepared'"),
        ),
        Index(
            "ix_exchange_message_unsent",
            *("thread", "partner_id", "position"),
            info=only("state = 'prepared'"),
        ),
        Index(
            "ix_exchange_message_receipt",
            *("organization_id", "receipt_by"),
            info=only("state = 'sent' AND receipt_by IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    direction: str = Field(max_length=8)
    kind: str = Field(max_length=16)
    partner_id: UUID | None = Field(default=None, foreign_key="exchange_partner.id")
    identity: str = Field(max_length=200)
    meaning: str | None = Field(default=None, max_length=200)
    digest: str = Field(max_length=64)
    message_uid: str | None = Field(default=None, max_length=36)
    document_uid: str | None = Field(default=None, max_length=36)
    thread: str | None = Field(default=None, max_length=36)
    position: int = 1
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    dispatch_id: UUID | None = Field(default=None, foreign_key="document_dispatch.id")
    answers_id: UUID | None = Field(default=None, foreign_key="exchange_message.id")
    resend_of: UUID | None = Field(default=None, foreign_key="exchange_message.id")
    state: str = Field(max_length=24)
    reason: str | None = Field(default=None, max_length=1000)
    event: str | None = Field(default=None, max_length=24)
    subject: str = Field(max_length=500)
    number: str | None = Field(default=None, max_length=100)
    number_date: date | None = None
    their_number: str | None = Field(default=None, max_length=100)
    their_date: date | None = None
    is_official: bool = False
    source: str | None = Field(default=None, max_length=1000)
    content: str = Field(sa_type=Text)
    remarks: str = Field(sa_type=Text)
    raw: bytes | None = Field(default=None, sa_type=LargeBinary)
    raw_sha256: str | None = Field(default=None, max_length=64)
    size: int = Field(sa_type=BigInteger)
    attempts: int = 0
    next_attempt_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    last_error: str | None = Field(default=None, max_length=1000)
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: UUID = Field(foreign_key="employee.id")
    sent_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    receipt_by: datetime | None = Field(default=None, sa_type=UtcInstant)
    told_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    decided_by: UUID | None = Field(default=None, foreign_key="employee.id")


class ExchangeFileTable(SQLModel, table=True):
    """A file of a message; its bytes lie in the store of files."""

    __tablename__ = "exchange_file"
    __table_args__ = (Index("ix_exchange_file_sha256", "sha256"),)

    message_id: UUID = Field(foreign_key="exchange_message.id", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    organization_id: UUID = Field(foreign_key="organization.id")
    part: str = Field(max_length=16)
    name: str = Field(max_length=255)
    description: str | None = Field(default=None, max_length=500)
    sha256: str = Field(max_length=64)
    size: int = Field(sa_type=BigInteger)
    media_type: str = Field(max_length=100)
    verdict: str | None = Field(default=None, max_length=16)
    reasons: str | None = Field(default=None, max_length=500)


class ExchangeEventTable(SQLModel, table=True):
    """A line of the journal of exchange («Реестр обмена»): what happened to a message.

    `place` tells the order of lines of one moment.
    """

    __tablename__ = "exchange_event"
    __table_args__ = (
        Index("ix_exchange_event_order", "organization_id", "at", "place", "id"),
        Index("ix_exchange_event_message", "message_id", "at", "place"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    message_id: UUID = Field(foreign_key="exchange_message.id")
    at: datetime = Field(sa_type=UtcInstant)
    place: int = Field(sa_type=BigInteger)
    event: str = Field(max_length=24)
    state: str = Field(max_length=24)
    detail: str | None = Field(default=None, max_length=1000)
    actor_id: UUID | None = Field(default=None, foreign_key="employee.id")
