"""Departments of organizations."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class UnitTable(SQLModel, table=True):
    """A department of an organization."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("organization_id", "code"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id")
    code: str = Field(max_length=32)
    name: str = Field(max_length=300)
    state: str = Field(default="active", max_length=16)
    import_run_id: UUID | None = None
