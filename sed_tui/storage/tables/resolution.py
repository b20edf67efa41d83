"""Resolutions: a head's decision, a draft until the head approves it, and its points."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class ResolutionTable(SQLModel, table=True):
    """A resolution on a document, or a protocol's table of assignments without one.

    Text, term, profile and controller are common to the points that have none of their own.
    """

    __tablename__ = "resolution"
    __table_args__ = (
        Index("ix_resolution_order", "organization_id", "created_at", "id"),
        Index("ix_resolution_author", "author_id", "state"),
        Index("ix_resolution_document", "document_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    kind: str = Field(default="resolution", max_length=16)
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    basis: str | None = Field(default=None, max_length=500)
    author_id: UUID = Field(foreign_key="employee.id")
    drafted_by: UUID = Field(foreign_key="employee.id")
    text: str | None = Field(default=None, max_length=4000)
    due: str | None = Field(default=None, max_length=64)
    profile: str | None = Field(default=None, max_length=32)
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    control: str | None = Field(default=None, max_length=16)
    state: str = Field(default="draft", max_length=16)
    comment: str | None = Field(default=None, max_length=4000)
    created_at: datetime = Field(sa_type=UtcInstant)
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    decided_by: UUID | None = Field(default=None, foreign_key="employee.id")
    version: int = 1


class ResolutionPointTable(SQLModel, table=True):
    """One point of a resolution as it was drafted, gaps and all.

    `written` keeps, as JSON of texts by field, what was typed and nobody recognized;
    `assignment_id` is what the point became when the head approved. People lists are
    JSON of ids.
    """

    __tablename__ = "resolution_point"
    __table_args__ = (UniqueConstraint("resolution_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    resolution_id: UUID = Field(foreign_key="resolution.id")
    number: int
    text: str | None = Field(default=None, max_length=4000)
    executor_id: UUID | None = Field(default=None, foreign_key="employee.id")
    written: str = "{}"
    co_executors: str = "[]"
    observers: str = "[]"
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    due: str | None = Field(default=None, max_length=64)
    co_due: str | None = Field(default=None, max_length=64)
    assignment_id: UUID | None = Field(default=None, foreign_key="assignment.id")
