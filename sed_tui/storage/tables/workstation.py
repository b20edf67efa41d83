"""Workplaces of the organization: what their checks found, and the requirements in force."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Date, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class WorkstationTable(SQLModel, table=True):
    """The last report of a person's machine; `failing` are the ids of checks that failed."""

    __tablename__ = "workstation"
    __table_args__ = (
        UniqueConstraint("organization_id", "employee_id", "machine"),
        Index("ix_workstation_reported", "organization_id", "reported_at", "id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    employee_id: UUID = Field(foreign_key="employee.id")
    machine: str = Field(max_length=100)
    system: str = Field(max_length=200)
    csp: str | None = Field(default=None, max_length=50)
    browser: str | None = Field(default=None, max_length=100)
    browser_version: str | None = Field(default=None, max_length=50)
    program_version: str = Field(max_length=50)
    edition: str = Field(max_length=50)
    set_code: str = Field(max_length=50)
    status: str = Field(max_length=16)
    breaks_after_update: bool
    failing: str = Field(max_length=2000)
    checks: str = Field(sa_type=Text)
    checked_at: datetime = Field(sa_type=UtcInstant)
    reported_at: datetime = Field(sa_type=UtcInstant)


class RequirementsTable(SQLModel, table=True):
    """An edition of the requirements that an administrator has published."""

    __tablename__ = "workstation_requirements"
    __table_args__ = (UniqueConstraint("organization_id", "edition"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    edition: str = Field(max_length=50)
    dated: date = Field(sa_type=Date)
    content: str = Field(sa_type=Text)
    published_at: datetime = Field(sa_type=UtcInstant)
    published_by: UUID = Field(foreign_key="employee.id")
