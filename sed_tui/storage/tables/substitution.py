"""Who stands in for whom, and when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class SubstitutionTable(SQLModel, table=True):
    """An absence from one day to another, both included, and who stands in.

    Without a substitute it is an absence alone. `scope` is `all`, or the kinds of work
    (assignments, approval, acquaintance) as JSON.
    """

    __tablename__ = "substitution"
    __table_args__ = (
        Index("ix_substitution_absent", "absent_id", "ends_on"),
        Index("ix_substitution_substitute", "substitute_id", "ends_on"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    absent_id: UUID = Field(foreign_key="employee.id")
    substitute_id: UUID | None = Field(default=None, foreign_key="employee.id")
    starts_on: date
    ends_on: date
    scope: str = Field(default="all", max_length=200)
    note: str | None = Field(default=None, max_length=500)
    set_by: UUID = Field(foreign_key="employee.id")
    created_at: datetime = Field(sa_type=UtcInstant)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    version: int = 1
