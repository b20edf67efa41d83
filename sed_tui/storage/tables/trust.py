"""What an organization trusts when it verifies signatures."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class TrustTable(SQLModel, table=True):
    """A trusted root, a known certificate of an authority, or a list of revoked certificates.

    `until` is the end of a certificate's validity, or the next update of a list.
    """

    __tablename__ = "trust"
    __table_args__ = (UniqueConstraint("organization_id", "sha256"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    kind: str = Field(max_length=16)
    name: str = Field(max_length=500)
    serial: str | None = Field(default=None, max_length=64)
    since: datetime = Field(sa_type=UtcInstant)
    until: datetime | None = Field(default=None, sa_type=UtcInstant)
    is_test: bool = False
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    added_at: datetime = Field(sa_type=UtcInstant)
    added_by: UUID = Field(foreign_key="employee.id")
