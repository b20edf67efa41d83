"""Words that an office uses again and again when it issues assignments."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field, SQLModel


class AssignmentTemplateTable(SQLModel, table=True):
    """A text under a short code, with the term that usually goes with it, as it is typed."""

    __tablename__ = "assignment_template"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    code: str = Field(max_length=32, primary_key=True)
    text: str = Field(max_length=4000)
    due: str | None = Field(default=None, max_length=64)
    state: str = Field(default="active", max_length=16)
    version: int = 1
