"""The production calendar and the profiles of terms."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class CalendarYearTable(SQLModel, table=True):
    """A year whose transferred days are known; every other year is refused."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str = Field(max_length=200)
    loaded_at: datetime = Field(sa_type=UtcInstant)


class CalendarDayTable(SQLModel, table=True):
    """A day that differs from its weekday: a weekday off or a working weekend.

    Without an organization it holds for all; an organization's own row wins. With
    `branch` it holds for the organizations below as well, the nearest one winning: the
    days of a region are those of the organization at its head.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("day", "organization_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id")
    day: date = Field(index=True)
    is_working: bool
    branch: bool = False
    note: str = Field(default="", max_length=200)


class TermProfileTable(SQLModel, table=True):
    """How a named term is counted, and which act says so."""

    __tablename__ = "term_profile"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    code: str = Field(max_length=32, primary_key=True)
    title: str = Field(max_length=200)
    amount: int
    unit: str = Field(max_length=16)
    shift: str = Field(max_length=16)
    counts_start: bool = False
    act: str = Field(max_length=200)
    paragraph: str = Field(default="", max_length=64)
    checked_on: date | None = None
    version: int = 1
