"""Imports of files: how far each came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class ImportRunTable(SQLModel, table=True):
    """One import of a file: how far it came, and what became of the rows."""

    __tablename__ = "import_run"
    __table_args__ = (
        Index("ix_import_run_order", "organization_id", "started_at", "id"),
        Index("ix_import_run_fingerprint", "organization_id", "fingerprint"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    noun: str = Field(max_length=24)
    source: str = Field(max_length=255)
    fingerprint: str = Field(max_length=64)
    state: str = Field(default="running", max_length=16)
    last_row: int = 0
    read: int = 0
    created: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    started_at: datetime = Field(sa_type=UtcInstant)
    finished_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    started_by: UUID = Field(foreign_key="employee.id")
