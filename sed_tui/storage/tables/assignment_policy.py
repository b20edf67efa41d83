"""What an organization has decided about its assignments."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field, SQLModel


class AssignmentPolicyTable(SQLModel, table=True):
    """The rules of an organization that differ from the defaults of the domain."""

    __tablename__ = "assignment_policy"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    child_term: str = Field(max_length=16)
    late_extension: str = Field(max_length=16)
    extension_notice: int
    allows_no_term: bool
    version: int = 1
