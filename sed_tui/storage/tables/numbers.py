"""Counters of journals, and the ordinals that carry no document."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class CounterTable(SQLModel, table=True):
    """The last ordinal given in one period and scope of a journal.

    `start` is the first ordinal of this counter, so that what was never given is
    told from what was skipped.
    """

    __tablename__ = "journal_counter"

    journal_id: UUID = Field(foreign_key="journal.id", primary_key=True)
    period: str = Field(max_length=10, primary_key=True)
    scope: str = Field(max_length=64, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    start: int = 1
    last_ordinal: int


class ReservationTable(SQLModel, table=True):
    """A number held for a document that is not registered yet."""

    __tablename__ = "number_reservation"
    __table_args__ = (UniqueConstraint("journal_id", "period", "scope", "ordinal", "suffix"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    journal_id: UUID = Field(foreign_key="journal.id")
    period: str = Field(max_length=10)
    scope: str = Field(max_length=64)
    ordinal: int
    suffix: str = Field(default="", max_length=4)
    number: str = Field(max_length=100)
    for_day: date
    lapses_on: date
    reserved_by: UUID = Field(foreign_key="employee.id")
    reserved_at: datetime = Field(sa_type=UtcInstant)
    reason: str | None = Field(default=None, max_length=500)


class GapTable(SQLModel, table=True):
    """An ordinal that was given and carries no document any more, and why.

    `replaced_by` is the number the document carries now, the cross-reference of a
    re-registration.
    """

    __tablename__ = "number_gap"
    __table_args__ = (
        UniqueConstraint("journal_id", "period", "scope", "ordinal", "suffix"),
        Index("ix_number_gap_document", "document_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    journal_id: UUID = Field(foreign_key="journal.id")
    period: str = Field(max_length=10)
    scope: str = Field(max_length=64)
    ordinal: int
    suffix: str = Field(default="", max_length=4)
    number: str = Field(max_length=100)
    cause: str = Field(max_length=24)
    reason: str | None = Field(default=None, max_length=500)
    document_id: UUID | None = None
    replaced_by: str | None = Field(default=None, max_length=100)
    made_at: datetime = Field(sa_type=UtcInstant)
