"""Routes of approval, each version with its text."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class RouteTable(SQLModel, table=True):
    """A version of a route; its text is what was imported, to the byte.

    Of the versions of a code at most one is `in_use`; the others are `superseded`, or
    `closed` with the whole route. What runs on a version keeps it.
    """

    __tablename__ = "approval_route"
    __table_args__ = (
        UniqueConstraint("organization_id", "code", "version"),
        Index(
            "ux_approval_route_current",
            "organization_id",
            "code",
            unique=True,
            info=only("state = 'in_use'"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    code: str = Field(max_length=64)
    version: int
    title: str = Field(max_length=300)
    priority: int = 0
    text: str = Field(max_length=100_000)
    state: str = Field(max_length=16)
    made_by: UUID = Field(foreign_key="employee.id")
    made_at: datetime = Field(sa_type=UtcInstant)
