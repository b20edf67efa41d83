"""Kinds of documents: letters, orders, complaints …; which of them are registered."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field, SQLModel


class DocumentKindTable(SQLModel, table=True):
    """A kind of document in a flow.

    `code` is what the number formula's {kind} writes. A kind that is not registered
    (invitations, advertising) is registered only for a reason. `profile` is the code of the
    profile of terms that assignments on such documents are counted by.
    """

    __tablename__ = "document_kind"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    flow: str = Field(max_length=16, primary_key=True)
    name: str = Field(max_length=64, primary_key=True)
    code: str = Field(max_length=16)
    is_registered: bool = True
    is_default: bool = False
    profile: str | None = Field(default=None, max_length=32)
    state: str = Field(default="active", max_length=16)
    version: int = 1
