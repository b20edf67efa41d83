"""The legal reference as organizations change it, and the texts they load."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class LegalActTable(SQLModel, table=True):
    """An entry in an organization's words; it holds for the organizations below too.

    It stands whole before the entry of the same code that the program ships.
    """

    __tablename__ = "legal_act"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    code: str = Field(max_length=64, primary_key=True)
    kind: str = Field(max_length=100)
    level: str = Field(max_length=16)
    area: str = Field(max_length=32)
    issuer: str | None = Field(default=None, max_length=200)
    number: str | None = Field(default=None, max_length=64)
    dated: date | None = None
    title: str | None = Field(default=None, max_length=1000)
    subject: str | None = Field(default=None, max_length=1000)
    status: str = Field(max_length=16)
    edition: str | None = Field(default=None, max_length=200)
    checked_on: date | None = None
    url: str | None = Field(default=None, max_length=1000)
    note: str | None = Field(default=None, max_length=1000)
    guides: str = Field(default="", max_length=500)
    version: int = 1
    changed_at: datetime = Field(sa_type=UtcInstant)
    changed_by: UUID = Field(foreign_key="employee.id")


class LegalEditionTable(SQLModel, table=True):
    """The text of an act in one edition, a file in the store."""

    __tablename__ = "legal_edition"
    __table_args__ = (UniqueConstraint("organization_id", "code", "sha256"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    code: str = Field(max_length=64)
    edition: str = Field(max_length=200)
    dated: date | None = None
    name: str = Field(max_length=255)
    size: int
    media_type: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    added_at: datetime = Field(sa_type=UtcInstant)
    added_by: UUID = Field(foreign_key="employee.id")
