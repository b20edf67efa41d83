"""Approvals as they run: rounds, questions to people, remarks with their answers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.tables import only
from sed_tui.storage.types import UtcInstant


class ApprovalRunTable(SQLModel, table=True):
    """An approval of a document by a version of a route; one at a time is open.

    `round` counts on over all approvals of the document. `plan` is what was shown before
    the start, as JSON, with the stages that follow the approval: signing, registration …
    With `asks_everybody` the route wants every approver asked again after rework.
    """

    __tablename__ = "approval_run"
    __table_args__ = (
        Index("ix_approval_run_document", "document_id", "round"),
        Index(
            "ux_approval_run_open",
            "document_id",
            unique=True,
            info=only("state IN ('running', 'rework')"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    route_id: UUID = Field(foreign_key="approval_route.id")
    initiator_id: UUID = Field(foreign_key="employee.id")
    round: int
    state: str = Field(max_length=16)
    plan: str
    asks_everybody: bool = False
    started_at: datetime = Field(sa_type=UtcInstant)
    finished_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    reason: str | None = Field(default=None, max_length=1000)
    version: int = 1


class ApprovalTaskTable(SQLModel, table=True):
    """The question to one person in one round, and what he decided about which version.

    `decided_by` differs from `employee_id` when a substitute decided. A question that ended
    without a decision has the instant in `decided_at` and nobody in `decided_by`. One that
    is late by more than `skip_after` working days is skipped.
    """

    __tablename__ = "approval_task"
    __table_args__ = (
        Index("ix_approval_task_run", "run_id", "round", "stage", "place"),
        Index(
            "ix_approval_task_asked", "employee_id", "asked_at", "id", info=only("state = 'asked'")
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    run_id: UUID = Field(foreign_key="approval_run.id")
    document_id: UUID = Field(foreign_key="document.id")
    round: int
    stage: int
    place: int
    stage_name: str = Field(max_length=300)
    kind: str = Field(max_length=16)
    is_parallel: bool
    is_mandatory: bool
    keeps_immaterial: bool
    term: str | None = Field(default=None, max_length=64)
    skip_after: int | None = None
    employee_id: UUID = Field(foreign_key="employee.id")
    redirected_from: UUID | None = Field(default=None, foreign_key="approval_task.id")
    state: str = Field(max_length=24)
    asked_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    due: date | None = None
    decided_by: UUID | None = Field(default=None, foreign_key="employee.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    decided_on: date | None = None
    draft_version: int | None = None
    comment: str | None = Field(default=None, max_length=4000)
    to_check: bool = False


class ApprovalStepTable(SQLModel, table=True):
    """A stage after an approval: signing, registration, dispatch …, one open at a time.

    `round` is the one that ended with the approval. `assignment_id` is what controls a
    return. `note` says why a stage could not be started by itself.
    """

    __tablename__ = "approval_step"
    __table_args__ = (UniqueConstraint("run_id", "round", "place"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    run_id: UUID = Field(foreign_key="approval_run.id")
    document_id: UUID = Field(foreign_key="document.id")
    round: int
    place: int
    name: str = Field(max_length=300)
    kind: str = Field(max_length=16)
    term: str | None = Field(default=None, max_length=64)
    state: str = Field(max_length=16)
    opened_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    due: date | None = None
    finished_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    assignment_id: UUID | None = Field(default=None, foreign_key="assignment.id")
    note: str | None = Field(default=None, max_length=1000)


class ApprovalStepPersonTable(SQLModel, table=True):
    """Who is to act in a stage after an approval: one of them does."""

    __tablename__ = "approval_step_person"
    __table_args__ = (Index("ix_approval_step_person_employee", "employee_id", "step_id"),)

    step_id: UUID = Field(foreign_key="approval_step.id", primary_key=True)
    employee_id: UUID = Field(foreign_key="employee.id", primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")


class ApprovalRemarkTable(SQLModel, table=True):
    """A remark and what the initiator answered; `number` counts within the document."""

    __tablename__ = "approval_remark"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    document_id: UUID = Field(foreign_key="document.id")
    task_id: UUID = Field(foreign_key="approval_task.id")
    number: int
    text: str = Field(max_length=4000)
    clause: str | None = Field(default=None, max_length=200)
    answer_state: str = Field(max_length=16)
    answer: str | None = Field(default=None, max_length=4000)
    answered_by: UUID | None = Field(default=None, foreign_key="employee.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcInstant)
