"""Who has taken note of what is new in a version."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class NewsAcknowledgementTable(SQLModel, table=True):
    """An administrator has read what a version brings."""

    __tablename__ = "news_acknowledgement"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    version: str = Field(max_length=32, primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
