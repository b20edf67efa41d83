"""Letters that have gone out, a row for every addressee."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class DispatchTable(SQLModel, table=True):
    """A letter sent to one addressee; sent again it is another row (rules §1.14)."""

    __tablename__ = "document_dispatch"
    __table_args__ = (Index("ix_document_dispatch", "document_id", "sent_on"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    correspondent_id: UUID = Field(foreign_key="correspondent.id")
    delivery: str | None = Field(default=None, max_length=64)
    postal_number: str | None = Field(default=None, max_length=64)
    sent_on: date
    sent_by: UUID = Field(foreign_key="employee.id")
    entered_at: datetime = Field(sa_type=UtcInstant)
