"""Letters on their way out, and what was reminded of."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class OutgoingMailTable(SQLModel, table=True):
    """A letter that was promised: it stays until a mail server has taken it.

    `key` forbids the same letter twice. `claimed_at` is when a job took it to send;
    after some minutes the claim lapses, for the job may have died.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("organization_id", "key"),
        Index("ix_outgoing_mail_order", "organization_id", "created_at", "id"),
        Index("ix_outgoing_mail_pending", "next_at", info=only("state = 'pending'")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    key: str = Field(max_length=200)
    recipient: str = Field(max_length=254)
    employee_id: UUID | None = Field(default=None, foreign_key="employee.id")
    subject: str = Field(max_length=500)
    body: str
    html: str | None = None
    message_id: str = Field(max_length=200)
    state: str = Field(default="pending", max_length=16)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UtcInstant)
    next_at: datetime = Field(sa_type=UtcInstant)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    sent_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    error: str | None = Field(default=None, max_length=1000)


class MailAttachmentTable(SQLModel, table=True):
    """A file that goes with a letter."""

    __tablename__ = "mail_attachment"

    mail_id: UUID = Field(foreign_key="outgoing_mail.id", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    organization_id: UUID = Field(foreign_key="organization.id")
    name: str = Field(max_length=255)
    media_type: str = Field(max_length=100)
    content: bytes = Field(sa_type=LargeBinary)


class ReminderTable(SQLModel, table=True):
    """That a person was reminded of a term: once per threshold and version of the term."""

    __tablename__ = "reminder"
    # letters are forgotten, and each asks what it reminded of
    __table_args__ = (Index("ix_reminder_mail", "mail_id"),)

    object_id: UUID = Field(primary_key=True)
    threshold: str = Field(max_length=24, primary_key=True)
    term_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recipient_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    object_type: str = Field(max_length=16)
    day: date
    mail_id: UUID | None = Field(default=None, foreign_key="outgoing_mail.id")


class ReminderRuleTable(SQLModel, table=True):
    """When whom to remind: so many days before the term, or every so many days after it."""

    __tablename__ = "reminder_rule"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    code: str = Field(max_length=24, primary_key=True)
    audience: str = Field(max_length=16)
    days_before: int | None = None
    every_days: int | None = None
    is_active: bool = True
    version: int = 1
