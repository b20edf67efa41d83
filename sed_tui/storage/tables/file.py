"""Files of documents, and the text read of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class FileTable(SQLModel, table=True):
    """A version of a file of a document; its bytes lie in the store under their SHA-256."""

    __tablename__ = "document_file"
    __table_args__ = (
        UniqueConstraint("document_id", "name", "version"),
        Index("ix_document_file_sha256", "sha256"),
        Index(
            "ix_document_file_signature",
            *("organization_id", "added_at", "id"),
            info=only("role = 'signature'"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    role: str = Field(max_length=16)
    name: str = Field(max_length=255)
    version: int = 1
    sha256: str = Field(max_length=64)
    size: int = Field(sa_type=BigInteger)
    media_type: str = Field(max_length=100)
    text_state: str = Field(default="none", max_length=16)
    added_at: datetime = Field(sa_type=UtcInstant)
    added_by: UUID = Field(foreign_key="employee.id")


class FileTextTable(SQLModel, table=True):
    """What could be read of a version of a file, so that a card can be indexed anew."""

    __tablename__ = "document_file_text"

    file_id: UUID = Field(foreign_key="document_file.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    text: str
