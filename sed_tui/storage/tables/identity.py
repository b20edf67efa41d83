"""Passwords, tokens and sessions, of which hashes alone are kept, and failed attempts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class PasswordTable(SQLModel, table=True):
    """The argon2id hash of a person's password; one that is given ends by `valid_until`."""

    __tablename__ = "password"

    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    hash: str = Field(max_length=200)
    set_at: datetime = Field(sa_type=UtcInstant)
    set_by: UUID = Field(foreign_key="employee.id")
    valid_until: datetime | None = Field(default=None, sa_type=UtcInstant)


class AccessTokenTable(SQLModel, table=True):
    """A token of a program, or a session of a person; `scopes` are empty for a session.

    `used_at` is written at most every few minutes. `client` is what a session came from.
    """

    __tablename__ = "access_token"
    __table_args__ = (
        UniqueConstraint("hash"),
        Index("ix_access_token_employee", "employee_id", "created_at"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    employee_id: UUID = Field(foreign_key="employee.id")
    kind: str = Field(max_length=8)
    name: str = Field(max_length=100)
    hash: str = Field(max_length=64)
    scopes: str = Field(default="", max_length=2000)
    client: str | None = Field(default=None, max_length=200)
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    used_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class SignInFailureTable(SQLModel, table=True):
    """How often signing in has failed for a login, or from an address."""

    __tablename__ = "sign_in_failure"

    subject: str = Field(max_length=100, primary_key=True)
    failures: int
    last_at: datetime = Field(sa_type=UtcInstant)
