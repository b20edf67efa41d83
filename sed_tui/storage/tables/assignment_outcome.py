"""What assignments brought about, and the parts of orders given to many."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class AssignmentResultTable(SQLModel, table=True):
    """What an assignment has brought about: a document of the organization, or a file."""

    __tablename__ = "assignment_result"
    __table_args__ = (
        Index("ix_assignment_result", "assignment_id"),
        Index("ix_assignment_result_sha256", "sha256"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    name: str | None = Field(default=None, max_length=255)
    sha256: str | None = Field(default=None, max_length=64)
    size: int | None = Field(default=None, sa_type=BigInteger)
    media_type: str | None = Field(default=None, max_length=100)
    added_at: datetime = Field(sa_type=UtcInstant)
    added_by: UUID = Field(foreign_key="employee.id")


class AssignmentPartTable(SQLModel, table=True):
    """What one organization has to do of an order given to many.

    It belongs to the organization that gave the order. The document and the assignment it
    became in the other one are for the system alone: their state flows back, their cards
    are never shown.
    """

    __tablename__ = "assignment_part"
    __table_args__ = (
        UniqueConstraint("assignment_id", "target_id"),
        Index("ix_assignment_part_target", "target_assignment_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    target_id: UUID = Field(foreign_key="organization.id")
    number: int
    state: str = Field(default="sent", max_length=16)
    due: date | None = None
    their_number: str | None = Field(default=None, max_length=100)
    their_date: date | None = None
    executor: str | None = Field(default=None, max_length=200)
    report_text: str | None = Field(default=None, max_length=4000)
    reported_on: date | None = None
    target_document_id: UUID | None = Field(default=None, foreign_key="document.id")
    target_assignment_id: UUID | None = Field(default=None, foreign_key="assignment.id")
    changed_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1
