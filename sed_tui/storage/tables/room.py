"""What the store keeps on the account of each organization, and how much it may."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class OrganizationStorageTable(SQLModel, table=True):
    """The sum of an organization's contents, and its limit, None where there is none."""

    __tablename__ = "organization_storage"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    used_bytes: int = Field(default=0, sa_type=BigInteger)
    allowed_bytes: int | None = Field(default=None, sa_type=BigInteger)


class OrganizationContentTable(SQLModel, table=True):
    """A content that rows of an organization name, once however many they are."""

    __tablename__ = "organization_content"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    sha256: str = Field(max_length=64, primary_key=True)
    size: int = Field(sa_type=BigInteger)
