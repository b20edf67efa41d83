"""Who has to read a document, which version of it, and who has."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class AcquaintanceTable(SQLModel, table=True):
    """A list of people who read one version of a document by a term (rules §1.16).

    `files` fixes the version: JSON of the names and SHA-256 of what is to be read.
    `previous_id` is the round before, on an earlier version.
    """

    __tablename__ = "acquaintance"
    __table_args__ = (
        Index("ix_acquaintance_order", "organization_id", "started_at", "id"),
        Index("ix_acquaintance_document", "document_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    previous_id: UUID | None = Field(default=None, foreign_key="acquaintance.id")
    kind: str = Field(default="electronic", max_length=16)
    files: str = "[]"
    text: str | None = Field(default=None, max_length=4000)
    started_by: UUID = Field(foreign_key="employee.id")
    started_at: datetime = Field(sa_type=UtcInstant)
    due: date | None = None
    explanation: str = "[]"
    state: str = Field(default="running", max_length=16)
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    version: int = 1


class AcquaintedPersonTable(SQLModel, table=True):
    """One person of a list, and the reading: `entered_by` is a substitute or a registrar."""

    __tablename__ = "acquaintance_person"
    __table_args__ = (
        Index(
            "ix_acquaintance_person_waiting",
            "employee_id",
            info=only("state = 'waiting'"),
        ),
    )

    acquaintance_id: UUID = Field(foreign_key="acquaintance.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    state: str = Field(default="waiting", max_length=16)
    acquainted_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    signed_on: date | None = None
    entered_by: UUID | None = Field(default=None, foreign_key="employee.id")
    note: str | None = Field(default=None, max_length=500)
