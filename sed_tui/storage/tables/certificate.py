"""Certificates of employees, by which it is known whose a signature is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class CertificateTable(SQLModel, table=True):
    """A certificate of an employee; a withdrawn one signs no more and stays on record.

    `thumbprint` is the SHA-1, by which signing programs call it.
    """

    __tablename__ = "employee_certificate"
    __table_args__ = (
        UniqueConstraint("organization_id", "thumbprint"),
        Index("ix_employee_certificate_until", "organization_id", "valid_until"),
        Index("ix_employee_certificate_employee", "employee_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    employee_id: UUID = Field(foreign_key="employee.id")
    thumbprint: str = Field(max_length=40)
    subject: str = Field(max_length=500)
    serial: str = Field(max_length=64)
    issuer: str = Field(max_length=500)
    valid_since: datetime = Field(sa_type=UtcInstant)
    valid_until: datetime = Field(sa_type=UtcInstant)
    is_test: bool = False
    content: bytes = Field(sa_type=LargeBinary)
    added_at: datetime = Field(sa_type=UtcInstant)
    added_by: UUID = Field(foreign_key="employee.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcInstant)
