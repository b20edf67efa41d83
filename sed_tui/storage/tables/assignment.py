"""Assignments: who has to do what by when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class AssignmentTable(SQLModel, table=True):
    """An assignment with one responsible executor (domain: §1.10).

    `reported_on` is the date of the report that waits for acceptance or was accepted:
    it stops the executor's clock. `closed_at` is when the assignment left control.
    `changed_at` is when the current state was recorded; what stood before lies in
    `assignment_event`.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        # what is overdue: open ones by term, with all that totals are counted by
        Index(
            "ix_assignment_open",
            "organization_id",
            "due",
            "id",
            "executor_id",
            "author_id",
            "reported_on",
            # SQLite reads the table for it otherwise, though the index implies its value
            "closed_at",
            info=only("closed_at IS NULL"),
        ),
        # what waits for one person; a partial index of open ones would tempt planners to
        # read that one through where ix_assignment_open is meant
        Index("ix_assignment_executor", "executor_id", "closed_at"),
        Index("ix_assignment_author", "author_id", "closed_at"),
        Index("ix_assignment_controller", "controller_id", "closed_at"),
        Index("ix_assignment_order", "organization_id", "issued_on", "id"),
        Index("ix_assignment_document", "document_id"),
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
    changed_at: datetime = Field(sa_type=UtcInstant)
    report_text: str | None = Field(default=None, max_length=4000)
    reported_on: date | None = None
    reported_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    version: int = 1


class CoExecutorTable(SQLModel, table=True):
    """A person who contributes to an assignment without answering for it."""

    __tablename__ = "assignment_co_executor"
    __table_args__ = (Index("ix_assignment_co_executor_employee", "employee_id"),)

    assignment_id: UUID = Field(foreign_key="assignment.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")


class AssignmentEventTable(SQLModel, table=True):
    """A step of an assignment, and all of it that steps change, as it stood from then on.

    It held from `at` until `superseded_at`, which is empty for the last one: what was
    true at an instant is a range, never a search for the latest row.
    """

    __tablename__ = "assignment_event"
    __table_args__ = (
        UniqueConstraint("assignment_id", "version"),
        # what stood in a past day's report and has changed since
        Index(
            "ix_assignment_event_superseded",
            "organization_id",
            "superseded_at",
            info=only("superseded_at IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    version: int
    at: datetime = Field(sa_type=UtcInstant)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    event: str = Field(max_length=24)
    state: str = Field(max_length=16)
    control: str = Field(default="none", max_length=16)
    executor_id: UUID = Field(foreign_key="employee.id")
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    due: date | None = None
    reported_on: date | None = None
    actor_id: UUID = Field(foreign_key="employee.id")
    text: str | None = Field(default=None, max_length=4000)
