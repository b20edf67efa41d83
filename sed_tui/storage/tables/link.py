"""Links between documents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class LinkTable(SQLModel, table=True):
    """A typed link, stored once in its direct sense; the inverse is read from it."""

    __tablename__ = "document_link"
    __table_args__ = (
        UniqueConstraint("source_id", "target_id", "kind"),
        Index("ix_document_link_target", "target_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    source_id: UUID = Field(foreign_key="document.id")
    target_id: UUID = Field(foreign_key="document.id")
    kind: str = Field(max_length=24)
    created_at: datetime = Field(sa_type=UtcInstant)
    created_by: UUID = Field(foreign_key="employee.id")
