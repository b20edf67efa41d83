"""Signatures of files: whose they are, and what their last verification found."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class SignatureTable(SQLModel, table=True):
    """One signature of a file of the role `signature`; a file of several signers has several.

    `content_id` is the file that is signed, absent where it was not found or lies inside the
    signature. `version` and what follows belong to signatures made here. `reasons` holds
    codes with spaces between them, `chain` a name in each line.
    """

    __tablename__ = "document_signature"
    __table_args__ = (
        UniqueConstraint("file_id", "position"),
        Index("ix_document_signature_document", "document_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    file_id: UUID = Field(foreign_key="document_file.id")
    position: int
    content_id: UUID | None = Field(default=None, foreign_key="document_file.id")
    version: int | None = None
    signer_id: UUID | None = Field(default=None, foreign_key="employee.id")
    on_behalf_id: UUID | None = Field(default=None, foreign_key="employee.id")
    right_id: UUID | None = Field(default=None, foreign_key="signing_right.id")
    subject: str | None = Field(default=None, max_length=500)
    serial: str | None = Field(default=None, max_length=64)
    issuer: str | None = Field(default=None, max_length=500)
    thumbprint: str | None = Field(default=None, max_length=40)
    valid_since: datetime | None = Field(default=None, sa_type=UtcInstant)
    valid_until: datetime | None = Field(default=None, sa_type=UtcInstant)
    is_test: bool = False
    is_cades: bool = False
    claimed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    received_at: datetime = Field(sa_type=UtcInstant)
    verdict: str = Field(max_length=8)
    reasons: str = Field(max_length=500)
    chain: str = Field(sa_type=Text)
    judged_at: datetime = Field(sa_type=UtcInstant)
    checked_at: datetime = Field(sa_type=UtcInstant)
    lists_of: datetime | None = Field(default=None, sa_type=UtcInstant)
