"""Answers already given, kept so that a repeated call changes nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class IdempotencyTable(SQLModel, table=True):
    """The answer to a call with a key, given again when the call is repeated."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_at", "at"),)

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    key: str = Field(max_length=200, primary_key=True)
    operation: str = Field(max_length=64)
    request_hash: str = Field(max_length=64)
    result: str
    at: datetime = Field(sa_type=UtcInstant)
