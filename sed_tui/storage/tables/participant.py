"""Who takes part in a document, and whom a letter goes to."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class AddresseeTable(SQLModel, table=True):
    """One outside addressee of an outgoing letter."""

    __tablename__ = "document_addressee"
    __table_args__ = (Index("ix_document_addressee", "correspondent_id", "document_id"),)

    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    correspondent_id: UUID = Field(foreign_key="correspondent.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    position: int


class ParticipantTable(SQLModel, table=True):
    """Who takes part in a document, hence sees it whatever the role."""

    __tablename__ = "document_participant"
    __table_args__ = (Index("ix_document_participant_employee", "employee_id", "document_id"),)

    document_id: UUID = Field(foreign_key="document.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    capacity: str = Field(max_length=24, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
