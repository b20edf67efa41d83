"""Names that another system gives to our units and people."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field, SQLModel


class ForeignNameTable(SQLModel, table=True):
    """A key of another system and the unit or the person that it means here."""

    __tablename__ = "foreign_name"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    system: str = Field(max_length=16, primary_key=True)
    sort: str = Field(max_length=16, primary_key=True)
    key: str = Field(max_length=400, primary_key=True)
    target_id: UUID
