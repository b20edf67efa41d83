"""Registration journals."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class JournalTable(SQLModel, table=True):
    """A journal: its number formula, the period and the scope of its counter.

    `closed_before` refuses registration dates before it: a closed year.
    """

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("organization_id", "code"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    code: str = Field(max_length=32)
    name: str = Field(max_length=300)
    flow: str = Field(max_length=16)
    group_code: str | None = Field(default=None, max_length=32)
    formula: str = Field(max_length=200)
    period: str = Field(default="year", max_length=16)
    scope: str = Field(default="none", max_length=16)
    start: int = 1
    is_default: bool = False
    state: str = Field(default="active", max_length=16)
    closed_before: date | None = None
    created_at: datetime = Field(sa_type=UtcInstant)
    version: int = 1
