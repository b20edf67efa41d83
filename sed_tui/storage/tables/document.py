"""Registration cards."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, Identity, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant

_KEY = BigInteger().with_variant(Integer, "sqlite")


class DocumentTable(SQLModel, table=True):
    """A registration card (rules §1.5) with its independent axes of state (§1.4).

    `key` is the integer that search and list order use; `id` is the document's name
    for everybody else. `listed_on` is the registration date, or the date of creation
    while there is none: lists are ordered by it. `their_key` is the sender's number
    without case, dashes and lookalikes, for finding duplicates.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("journal_id", "period", "scope", "ordinal", "suffix"),
        UniqueConstraint("journal_id", "period", "scope", "number"),
        UniqueConstraint("organization_id", "external_id"),
        # the order of every list: a page is one range of this index
        Index("ix_document_order", "organization_id", "listed_on", "key"),
        Index("ix_document_number", "organization_id", "number"),
        Index("ix_document_duplicate", "organization_id", "correspondent_id", "their_key"),
        Index("ix_document_import_run", "import_run_id"),
        # drafts are few among the documents of years
        Index(
            "ix_document_draft",
            "organization_id",
            "key",
            info=only("lifecycle = 'draft'"),
        ),
    )

    key: int | None = Field(
        default=None, sa_column=Column(_KEY, Identity(always=False), primary_key=True)
    )
    id: UUID = Field(default_factory=uuid4, unique=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    flow: str = Field(max_length=16)
    kind: str = Field(max_length=64)
    subject: str = Field(max_length=2000)
    confidentiality: str = Field(default="none", max_length=16)
    # number
    journal_id: UUID | None = Field(default=None, foreign_key="journal.id")
    period: str | None = Field(default=None, max_length=10)
    scope: str | None = Field(default=None, max_length=64)
    ordinal: int | None = None
    suffix: str | None = Field(default=None, max_length=4)
    number: str | None = Field(default=None, max_length=100)
    registered_on: date | None = None
    registered_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    registrar_id: UUID | None = Field(default=None, foreign_key="employee.id")
    listed_on: date
    # where it came from
    correspondent_id: UUID | None = Field(default=None, foreign_key="correspondent.id")
    their_number: str | None = Field(default=None, max_length=100)
    their_key: str | None = Field(default=None, max_length=100)
    their_date: date | None = None
    received_on: date | None = None
    delivery: str | None = Field(default=None, max_length=64)
    postal_number: str | None = Field(default=None, max_length=64)
    # who is concerned
    addressee: str | None = Field(default=None, max_length=1000)
    signatory: str | None = Field(default=None, max_length=200)
    signed_on: date | None = None
    drafter: str | None = Field(default=None, max_length=200)
    drafter_phone: str | None = Field(default=None, max_length=64)
    # what it consists of
    sheets: int | None = None
    copies: int | None = None
    annex_sheets: int | None = None
    case_index: str | None = Field(default=None, max_length=64)
    topic: str | None = Field(default=None, max_length=200)
    note: str | None = Field(default=None, max_length=2000)
    # a citizen's appeal
    reply_address: str | None = Field(default=None, max_length=500)
    appeal_kind: str | None = Field(default=None, max_length=24)
    appeal_repeat: str | None = Field(default=None, max_length=16)
    signatures_count: int | None = None
    # independent axes of state
    lifecycle: str = Field(default="active", max_length=16)
    registration: str = Field(default="unregistered", max_length=16)
    approval: str = Field(default="none", max_length=16)
    exchange: str = Field(default="none", max_length=16)
    execution: str = Field(default="none", max_length=16)
    control: str = Field(default="none", max_length=16)
    # where the card came from
    external_id: str | None = Field(default=None, max_length=200)
    import_run_id: UUID | None = None
    historic: bool = False
    created_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1
