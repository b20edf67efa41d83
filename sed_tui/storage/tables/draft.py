"""Drafts: what a document has beside its card before it gets a number, and its versions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class DraftTable(SQLModel, table=True):
    """The draft that a card is, or began as; the card itself is a row of `document`.

    `version` is the number of the last version. `amount` is in whole roubles.
    """

    __tablename__ = "document_draft"
    __table_args__ = (Index("ix_document_draft_author", "author_id", "document_id"),)

    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    author_id: UUID = Field(foreign_key="employee.id")
    signatory_id: UUID | None = Field(default=None, foreign_key="employee.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    amount: int | None = Field(default=None, sa_type=BigInteger)
    version: int


class CosignatoryTable(SQLModel, table=True):
    """Who is to sign a draft beside its first signatory, in the order of the document."""

    __tablename__ = "draft_cosignatory"
    __table_args__ = (Index("ix_draft_cosignatory_employee", "employee_id", "document_id"),)

    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    position: int


class DraftVersionTable(SQLModel, table=True):
    """A version of a draft: immutable, numbered from 1.

    `digest` is the SHA-256 of the roles, names and SHA-256 of its files in their order:
    what is decided about a version is decided about exactly these bytes.
    """

    __tablename__ = "document_version"

    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    organization_id: UUID = Field(foreign_key="organization.id")
    digest: str = Field(max_length=64)
    is_immaterial: bool = False
    comment: str | None = Field(default=None, max_length=2000)
    made_by: UUID = Field(foreign_key="employee.id")
    made_at: datetime = Field(sa_type=UtcInstant)


class DraftVersionFileTable(SQLModel, table=True):
    """A file that belongs to a version; most are those of the version before."""

    __tablename__ = "document_version_file"

    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    file_id: UUID = Field(foreign_key="document_file.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
