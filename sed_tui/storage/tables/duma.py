"""Rules, sittings and submissions of the regional Duma."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from sed_tui.storage.types import UtcInstant


class DumaRuleTable(SQLModel, table=True):
    """A rule in the organization's own words; it hides the shipped one of its code."""

    __tablename__ = "duma_rule"

    organization_id: UUID = Field(foreign_key="organization.id", primary_key=True)
    code: str = Field(max_length=64, primary_key=True)
    sort: str = Field(max_length=8)
    title: str = Field(max_length=300)
    kind: str = Field(max_length=100)
    amount: int
    unit: str = Field(max_length=16)
    is_required: bool
    source: str = Field(max_length=300)
    checked_on: date | None = None
    is_closed: bool = False
    version: int


class DumaSittingTable(SQLModel, table=True):
    """A sitting; papers are due so many days before it."""

    __tablename__ = "duma_sitting"
    __table_args__ = (UniqueConstraint("organization_id", "held_on"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    held_on: date
    title: str = Field(max_length=300)
    version: int


class DumaMoveTable(SQLModel, table=True):
    """A sitting was moved: from which day to which, and why."""

    __tablename__ = "duma_move"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    sitting_id: UUID = Field(foreign_key="duma_sitting.id", index=True)
    old_day: date
    new_day: date
    reason: str = Field(max_length=1000)
    moved_at: datetime = Field(sa_type=UtcInstant)
    moved_by: UUID = Field(foreign_key="employee.id")


class DumaSubmissionTable(SQLModel, table=True):
    """What is submitted to a sitting with a document; `numbers` are the Duma's, by lines."""

    __tablename__ = "duma_submission"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id", index=True)
    document_id: UUID = Field(foreign_key="document.id", index=True)
    sitting_id: UUID = Field(foreign_key="duma_sitting.id", index=True)
    kind: str = Field(max_length=100)
    title: str = Field(max_length=1000)
    state: str = Field(max_length=16)
    numbers: str = Field(default="", max_length=500)
    opened_by: UUID = Field(foreign_key="employee.id")
    opened_at: datetime = Field(sa_type=UtcInstant)
    version: int


class DumaPaperTable(SQLModel, table=True):
    """A paper of a submission: one version of one file of its document."""

    __tablename__ = "duma_paper"

    submission_id: UUID = Field(foreign_key="duma_submission.id", primary_key=True)
    code: str = Field(max_length=64, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    file_id: UUID = Field(foreign_key="document_file.id")


class DumaPassageTable(SQLModel, table=True):
    """A step of a submission; `attempted_at` and `evidence` tell of a link that was down.

    `notice_id` is a registered notice, `message_id` one that came by the exchange.
    """

    __tablename__ = "duma_passage"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organization_id: UUID = Field(foreign_key="organization.id")
    submission_id: UUID = Field(foreign_key="duma_submission.id")
    position: int
    state: str = Field(max_length=16)
    happened_on: date
    reason: str | None = Field(default=None, sa_type=Text)
    notice_id: UUID | None = Field(default=None, foreign_key="document.id")
    message_id: UUID | None = Field(default=None, foreign_key="exchange_message.id")
    attempted_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    evidence: str | None = Field(default=None, sa_type=Text)
    entered_at: datetime = Field(sa_type=UtcInstant)
    entered_by: UUID = Field(foreign_key="employee.id")
