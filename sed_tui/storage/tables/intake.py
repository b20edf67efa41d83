"""Letters taken from mailboxes and folders, and how far each mailbox was read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class IntakeLetterTable(SQLModel, table=True):
    """A letter as it came: a card that waits for its number, or one that was not taken.

    `digest` is that of what was written, whatever way the letter travelled; it forbids a
    second card. `raw_sha256` names the letter itself in the store of files, None where
    only its headers were read. `folded_heading` is where words are looked for: sender, address
    and subject without case. `signs` are the words for which it looks like an appeal.
    """

    __tablename__ = "intake_letter"
    __table_args__ = (
        UniqueConstraint("organization_id", "digest"),
        Index("ix_intake_letter_order", "organization_id", "state", "taken_at", "id"),
        Index("ix_intake_letter_message", "organization_id", "message_id"),
        Index("ix_intake_letter_raw", "raw_sha256"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    digest: str = Field(max_length=64)
    message_id: str | None = Field(default=None, max_length=300)
    source: str = Field(max_length=500)
    state: str = Field(max_length=16)
    reason: str | None = Field(default=None, max_length=1000)
    sender_name: str = Field(max_length=254)
    sender: str = Field(max_length=254)
    recipients: str = Field(max_length=500)
    subject: str = Field(max_length=500)
    body: str = Field(sa_type=Text)
    folded_heading: str = Field(max_length=1100)
    refers_to: str = Field(sa_type=Text)
    signs: str = Field(max_length=1000)
    size: int = Field(sa_type=BigInteger)
    raw_sha256: str | None = Field(default=None, max_length=64)
    sent_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    received_at: datetime = Field(sa_type=UtcInstant)
    taken_at: datetime = Field(sa_type=UtcInstant)
    taken_by: UUID = Field(foreign_key="employee.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    decided_by: UUID | None = Field(default=None, foreign_key="employee.id")


class IntakeFileTable(SQLModel, table=True):
    """A file of a letter; its bytes lie in the store of files, its text waits for search."""

    __tablename__ = "intake_file"
    __table_args__ = (Index("ix_intake_file_sha256", "sha256"),)

    letter_id: UUID = Field(foreign_key="intake_letter.id", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    organization_id: UUID = Field(foreign_key="organization.id")
    name: str = Field(max_length=255)
    sha256: str = Field(max_length=64)
    size: int = Field(sa_type=BigInteger)
    media_type: str = Field(max_length=100)
    text_state: str = Field(max_length=16)
    text: str = Field(sa_type=Text)


class MailboxPlaceTable(SQLModel, table=True):
    """How far a mailbox was read: the last identifier taken, in the numbering of its server."""

    __tablename__ = "mailbox_place"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    mailbox: str = Field(max_length=500, primary_key=True)
    validity: int = Field(sa_type=BigInteger)
    last_uid: int = Field(sa_type=BigInteger)
    read_at: datetime = Field(sa_type=UtcInstant)
