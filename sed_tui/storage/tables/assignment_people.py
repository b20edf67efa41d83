"""Who helps to execute assignments, and who watches them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class CoExecutorTable(SQLModel, table=True):
    """A person who contributes to an assignment without answering for it.

    The contribution is reported to the responsible executor and moves nothing else.
    """

    __tablename__ = "assignment_co_executor"
    __table_args__ = (Index("ix_assignment_co_executor_employee", "employee_id"),)

    assignment_id: UUID = Field(foreign_key="assignment.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    state: str = Field(default="in_work", max_length=16)
    report_text: str | None = Field(default=None, max_length=4000)
    reported_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class ObserverTable(SQLModel, table=True):
    """A person who sees an assignment and is told of its steps, and does nothing in it."""

    __tablename__ = "assignment_observer"
    __table_args__ = (Index("ix_assignment_observer_employee", "employee_id"),)

    assignment_id: UUID = Field(foreign_key="assignment.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
