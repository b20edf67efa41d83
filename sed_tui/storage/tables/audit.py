"""The audit trail: append-only, hash-chained per organization."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant, code_point_text


class AuditHeadTable(SQLModel, table=True):
    """The end of an organization's chain; locked last in every transaction."""

    __tablename__ = "audit_head"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    seq: int = Field(default=0, sa_type=BigInteger)
    hash: str = Field(default="", max_length=64)


class AuditEventTable(SQLModel, table=True):
    """One change: what it was before and after, by whom, through which face.

    `changes` is canonical JSON; personal values in it are salted hashes whose
    originals lie in `audit_personal`, which can be erased without breaking the chain.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_object", "organization_id", "object_id", "seq"),
        # nothing can be replaced under a number that SQLite gives by itself
        {"sqlite_with_rowid": False},
    )

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    seq: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    at: datetime = Field(sa_type=UtcInstant)
    actor: str = Field(max_length=64)
    on_behalf_of: str | None = Field(default=None, max_length=64)
    source: str = Field(max_length=16)
    host: str = Field(max_length=100)
    operation: str = Field(max_length=64)
    event: str = Field(max_length=64)
    object_type: str = Field(max_length=32)
    object_id: str = Field(sa_type=code_point_text(64))
    changes: str
    reason: str | None = Field(default=None, max_length=1000)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditPersonalTable(SQLModel, table=True):
    """A personal value that the chain holds only the salted hash of."""

    __tablename__ = "audit_personal"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    seq: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    path: str = Field(max_length=100, primary_key=True)
    salt: str = Field(max_length=32)
    value: str
