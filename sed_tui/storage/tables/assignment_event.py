"""Steps of assignments."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class AssignmentEventTable(SQLModel, table=True):
    """A step of an assignment, and all of it that steps change, as it stood from then on.

    It held from `at` until `superseded_at`, which is empty for the last one: what was
    true at an instant is a range, never a search for the latest row.
    """

    __tablename__ = "assignment_event"
    __table_args__ = (
        UniqueConstraint("assignment_id", "version"),
        # what stood in a past day's report and has changed since
        Index(
            "ix_assignment_event_superseded",
            "organization_id",
            "superseded_at",
            info=only("superseded_at IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    assignment_id: UUID = Field(foreign_key="assignment.id")
    version: int
    at: datetime = Field(sa_type=UtcInstant)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    event: str = Field(max_length=24)
    state: str = Field(max_length=16)
    control: str = Field(default="none", max_length=16)
    executor_id: UUID = Field(foreign_key="employee.id")
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    due: date | None = None
    reported_on: date | None = None
    shifts: int = 0
    actor_id: UUID = Field(foreign_key="employee.id")
    on_behalf_of: UUID | None = Field(default=None, foreign_key="employee.id")
    text: str | None = Field(default=None, max_length=4000)
