"""Extra rights to single documents."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class DocumentAccessTable(SQLModel, table=True):
    """A person may read a document in which he has no part, for a reason and for a time."""

    __tablename__ = "document_access"
    __table_args__ = (
        Index("ix_document_access_employee", "employee_id", "document_id"),
        Index("ix_document_access_document", "document_id", "granted_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    employee_id: UUID = Field(foreign_key="employee.id")
    ends_on: date | None = None
    reason: str = Field(max_length=1000)
    granted_at: datetime = Field(sa_type=UtcInstant)
    granted_by: UUID = Field(foreign_key="employee.id")
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    revoked_by: UUID | None = Field(default=None, foreign_key="employee.id")
