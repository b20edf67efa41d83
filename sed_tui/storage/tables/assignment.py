"""Assignments: who has to do what by when."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class AssignmentTable(SQLModel, table=True):
    """An assignment with one responsible executor (rules §1.10).

    `kind` is an assignment by itself, a `point` of a compound resolution, or a `part` of
    an order of another organization. `original_due` is the term at issue and `shifts` how
    often it has changed since, hence also the version of the term. `proof` names what
    releases from control beside the documents in `assignment_result`.
    `reported_on` is the date of the report that waits for acceptance or was accepted:
    it stops the executor's clock; `reported_by` filed it, the executor or who stood in
    for him. `closed_at` is when the assignment left control.
    `changed_at` is when the current state was recorded; what stood before lies in
    `assignment_event`.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        # what is overdue: open ones by term, with all that totals are counted by
        Index(
            "ix_assignment_open",
            "organization_id",
            "due",
            "id",
            "executor_id",
            "author_id",
            "reported_on",
            # SQLite reads the table for it otherwise, though the index implies its value
            "closed_at",
            # a day that is over leaves out what has changed since
            "changed_at",
            info=only("closed_at IS NULL"),
        ),
        # what waits for one person; a partial index of open ones would tempt planners to
        # read that one through where ix_assignment_open is meant
        Index("ix_assignment_executor", "executor_id", "closed_at"),
        Index("ix_assignment_author", "author_id", "closed_at"),
        Index("ix_assignment_controller", "controller_id", "closed_at"),
        Index("ix_assignment_order", "organization_id", "issued_on", "id"),
        Index("ix_assignment_document", "document_id"),
        # figures of a period by term, with all that they are counted by
        Index(
            "ix_assignment_term",
            "organization_id",
            "due",
            "executor_id",
            "author_id",
            "state",
            "reported_on",
            "shifts",
            "changed_at",
        ),
        # what was closed in a period, and when it was reported
        Index(
            "ix_assignment_closed",
            "organization_id",
            "closed_at",
            "reported_on",
            info=only("closed_at IS NOT NULL"),
        ),
        # the tree downwards, the points of a resolution, what a schedule has issued
        Index("ix_assignment_parent", "parent_id", info=only("parent_id IS NOT NULL")),
        Index("ix_assignment_resolution", "resolution_id", info=only("resolution_id IS NOT NULL")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    parent_id: UUID | None = Field(default=None, foreign_key="assignment.id")
    kind: str = Field(default="main", max_length=16)
    resolution_id: UUID | None = Field(default=None, foreign_key="resolution.id")
    point: int | None = None
    recurring_id: UUID | None = Field(default=None, foreign_key="recurring_assignment.id")
    text: str = Field(max_length=4000)
    author_id: UUID = Field(foreign_key="employee.id")
    entered_by: UUID = Field(foreign_key="employee.id")
    executor_id: UUID = Field(foreign_key="employee.id")
    controller_id: UUID | None = Field(default=None, foreign_key="employee.id")
    co_due: date | None = None
    due: date | None = None
    nominal_due: date | None = None
    term: str | None = Field(default=None, max_length=64)
    explanation: str = "[]"
    state: str = Field(default="in_work", max_length=16)
    control: str = Field(default="none", max_length=16)
    issued_on: date
    issued_at: datetime = Field(sa_type=UtcInstant)
    changed_at: datetime = Field(sa_type=UtcInstant)
    report_text: str | None = Field(default=None, max_length=4000)
    reported_on: date | None = None
    reported_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    reported_by: UUID | None = Field(default=None, foreign_key="employee.id")
    closed_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    original_due: date | None = None
    shifts: int = 0
    proof: str | None = Field(default=None, max_length=500)
    version: int = 1
