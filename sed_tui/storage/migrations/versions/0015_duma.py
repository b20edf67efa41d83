"""Rules, sittings and submissions of the regional Duma."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0015"
down_revision = "0013"


def _own(name: str, *columns: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def upgrade() -> None:
    """Make the tables of the Duma."""
    op.create_table(
        "duma_rule",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id", "code"),
    )
    _own(
        "duma_sitting",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("organization_id", "held_on"),
    )
    _own(
        "duma_move",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("old_day", sa.Date(), nullable=False),
        sa.Column("new_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("moved_at", UtcInstant(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["duma_sitting.id"]),
        sa.ForeignKeyConstraint(["moved_by"], ["employee.id"]),
    )
    _own(
        "duma_submission",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("numbers", sa.String(length=500), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.ForeignKeyConstraint(["sitting_id"], ["duma_sitting.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["employee.id"]),
    )
    op.create_table(
        "duma_paper",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["duma_submission.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["file_id"], ["document_file.id"]),
        sa.PrimaryKeyConstraint("submission_id", "code"),
    )
    _own(
        "duma_passage",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("attempted_at", UtcInstant(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("entered_at", UtcInstant(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["duma_submission.id"]),
        sa.ForeignKeyConstraint(["notice_id"], ["document.id"]),
        sa.ForeignKeyConstraint(["message_id"], ["exchange_message.id"]),
        sa.ForeignKeyConstraint(["entered_by"], ["employee.id"]),
        sa.UniqueConstraint("submission_id", "position"),
    )
    for table, column in (
        ("duma_move", "sitting_id"),
        ("duma_submission", "organization_id"),
        ("duma_submission", "document_id"),
        ("duma_submission", "sitting_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
