"""Schedules of recurring assignments, and what each period of them became."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class RecurringAssignmentTable(SQLModel, table=True):
    """An assignment that is issued anew for every period.

    `rule` is an RRULE (RFC 5545) of the terms; an assignment is issued `lead_days`
    calendar days before its term. People lists are JSON of ids.
    """

    __tablename__ = "recurring_assignment"
    __table_args__ = (Index("ix_recurring_assignment_open", "organization_id", "state"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    text: str = Field(max_length=4000)
    author_id: UUID = Field(foreign_key="employee.id")
    entered_by: UUID = Field(foreign_key="employee.id")
    executor_id: UUID = Field(foreign_key="employee.id")
    co_executors: str = "[]"
    observers: str = "[]"
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    control: str | None = Field(default=None, max_length=16)
    rule: str = Field(max_length=500)
    starts_on: date
    ends_on: date | None = None
    lead_days: int = 0
    state: str = Field(default="active", max_length=16)
    created_at: datetime = Field(sa_type=UtcInstant)
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    version: int = 1


class RecurringPeriodTable(SQLModel, table=True):
    """What became of one period: issued once, or skipped; the key forbids a second time."""

    __tablename__ = "recurring_period"

    recurring_id: UUID = Field(foreign_key="recurring_assignment.id", primary_key=True)
    period: date = Field(primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    state: str = Field(max_length=16)
    assignment_id: UUID | None = Field(default=None, foreign_key="assignment.id")
    at: datetime = Field(sa_type=UtcInstant)


class RecurringExecutorTable(SQLModel, table=True):
    """Who executes a recurring assignment from a day on."""

    __tablename__ = "recurring_executor"

    recurring_id: UUID = Field(foreign_key="recurring_assignment.id", primary_key=True)
    from_day: date = Field(primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    executor_id: UUID = Field(foreign_key="employee.id")
