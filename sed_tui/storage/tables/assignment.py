"""Assignments: who has to do what by when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class AssignmentTable(SQLModel, table=True):
    """An assignment with one responsible executor (domain: §1.10).

    `reported_on` is the date of the report that waits for acceptance or was accepted:
    it stops the executor's clock. `closed_at` is when the assignment left control.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        # what is overdue: open ones by term, and nothing else in the index
        Index(
            "ix_assignment_open",
            "organization_id",
            "due",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_assignment_order", "organization_id", "issued_on", "id"),
        Index("ix_assignment_document", "document_id"),
        Index("ix_assignment_executor", "executor_id", "due"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    parent_id: UUID | None = Field(default=None, foreign_key="assignment.id")
    text: str = Field(max_length=4000)
    author_id: UUID = Field(foreign_key="employee.id")
    entered_by: UUID = Field(foreign_key="employee.id")
    executor_id: UUID = Field(foreign_key="employee.id")
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    co_due: date | None = None
    due: date | None = None
    nominal_due: date | None = None
    term: str | None = Field(default=None, max_length=64)
    explanation: str = "[]"
    state: str = Field(default="in_work", max_length=16)
    control: str = Field(default="none", max_length=16)
    issued_on: date
    issued_at: datetime = Field(sa_type=UtcInstant)
    report_text: str | None = Field(default=None, max_length=4000)
    reported_on: date | None = None
    reported_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    version: int = 1


class CoExecutorTable(SQLModel, table=True):
    """A person who contributes to an assignment without answering for it."""

    __tablename__ = "assignment_co_executor"

    assignment_id: UUID = Field(foreign_key="assignment.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")


class AssignmentEventTable(SQLModel, table=True):
    """A transition of an assignment, so that its state as of any date is a query."""

    __tablename__ = "assignment_event"
    __table_args__ = (Index("ix_assignment_event_order", "assignment_id", "at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    at: datetime = Field(sa_type=UtcInstant)
    event: str = Field(max_length=24)
    state: str = Field(max_length=16)
    due: date | None = None
    actor_id: UUID = Field(foreign_key="employee.id")
    text: str | None = Field(default=None, max_length=4000)
