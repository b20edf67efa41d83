"""Mailbox: letters taken in, their files, how far each mailbox was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0005"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables of letters that wait to be registered."""
    op.create_table(
        "mailbox_place",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("mailbox", sa.String(length=500), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("organization_id", "mailbox"),
    )
    op.create_table(
        "intake_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("sender_name", sa.String(length=254), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("recipients", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("folded_heading", sa.String(length=1100), nullable=False),
        sa.Column("refers_to", sa.Text(), nullable=False),
        sa.Column("signs", sa.String(length=1000), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("raw_sha256", sa.String(length=64), nullable=True),
        sa.Column("sent_at", UtcInstant(), nullable=True),
        sa.Column("received_at", UtcInstant(), nullable=False),
        sa.Column("taken_at", UtcInstant(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcInstant(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "digest"),
    )
    op.create_index(
        "ix_intake_letter_message", "intake_letter", ["organization_id", "message_id"], unique=False
    )
    op.create_index(
        "ix_intake_letter_order",
        "intake_letter",
        ["organization_id", "state", "taken_at", "id"],
        unique=False,
    )
    op.create_index("ix_intake_letter_raw", "intake_letter", ["raw_sha256"], unique=False)
    op.create_table(
        "intake_file",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("text_state", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["intake_letter.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("letter_id", "position"),
    )
    op.create_index("ix_intake_file_sha256", "intake_file", ["sha256"], unique=False)
