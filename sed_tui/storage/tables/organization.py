"""Organizations and people, and who holds which role."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant, code_point_text


class OrganizationTable(SQLModel, table=True):
    """An organization; the tree of subordination is its `parent_id`."""

    __tablename__ = "organization"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=500)
    short_name: str = Field(max_length=200)
    parent_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    inn: str | None = Field(default=None, max_length=12)
    kpp: str | None = Field(default=None, max_length=9)
    ogrn: str | None = Field(default=None, max_length=15)
    state: str = Field(default="active", max_length=16)
    created_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1


class EmployeeTable(SQLModel, table=True):
    """A person who works in an organization; the login is unique in the database."""

    __tablename__ = "employee"
    __table_args__ = (
        UniqueConstraint("login"),
        Index("ix_employee_organization", "organization_id", "folded_name", "id"),
        Index("ix_employee_os_user", "os_user"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    login: str = Field(max_length=64)
    full_name: str = Field(max_length=200)
    folded_name: str = Field(sa_type=code_point_text(200))
    position: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=64)
    os_user: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=2)
    clearance: bool = False
    state: str = Field(default="active", max_length=16)
    created_at: datetime = Field(sa_type=UtcInstant)
    import_run_id: UUID | None = None
    version: int = 1


class RoleGrantTable(SQLModel, table=True):
    """A role that a person holds in an organization, which need not be the one of work.

    `scope` says how far it sees where that was chosen, `clearance` that somebody who works
    elsewhere is shown here what is for official use only.
    """

    __tablename__ = "role_grant"

    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    role: str = Field(max_length=16, primary_key=True)
    scope: str | None = Field(default=None, max_length=16)
    clearance: bool = False
