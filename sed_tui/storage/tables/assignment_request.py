"""What people ask of each other about an assignment: a later term, how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class ExtensionRequestTable(SQLModel, table=True):
    """An executor's request for a later term, and its decision."""

    __tablename__ = "extension_request"
    __table_args__ = (
        Index("ix_extension_request_assignment", "assignment_id", "requested_at"),
        # one at a time
        Index(
            "ux_extension_request_open", "assignment_id", unique=True, info=only("state = 'asked'")
        ),
        Index("ix_extension_request_period", "organization_id", "requested_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    requested_by: UUID = Field(foreign_key="employee.id")
    requested_at: datetime = Field(sa_type=UtcInstant)
    reason: str = Field(max_length=4000)
    current_due: date
    wanted_due: date
    is_late: bool = False
    state: str = Field(default="asked", max_length=16)
    decided_by: UUID | None = Field(default=None, foreign_key="employee.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    granted_due: date | None = None
    comment: str | None = Field(default=None, max_length=4000)
    shifted_children: int = 0


class StatusRequestTable(SQLModel, table=True):
    """A question of the author or the controller in mid-term; it does not touch the term."""

    __tablename__ = "status_request"
    __table_args__ = (
        Index("ix_status_request_assignment", "assignment_id", "asked_at"),
        Index("ux_status_request_open", "assignment_id", unique=True, info=only("state = 'asked'")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    asked_by: UUID = Field(foreign_key="employee.id")
    asked_at: datetime = Field(sa_type=UtcInstant)
    question: str = Field(max_length=4000)
    answer_by: date | None = None
    state: str = Field(default="asked", max_length=16)
    answer: str | None = Field(default=None, max_length=4000)
    answered_by: UUID | None = Field(default=None, foreign_key="employee.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    comment: str | None = Field(default=None, max_length=4000)
