"""Identity: passwords, tokens and sessions, failed attempts to sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0007"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables of identity."""
    op.create_table(
        "password",
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("set_at", UtcInstant(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("valid_until", UtcInstant(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["set_by"], ["employee.id"]),
        sa.PrimaryKeyConstraint("employee_id"),
    )
    op.create_table(
        "access_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=2000), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("expires_at", UtcInstant(), nullable=False),
        sa.Column("used_at", UtcInstant(), nullable=True),
        sa.Column("revoked_at", UtcInstant(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index("ix_access_token_employee", "access_token", ["employee_id", "created_at"])
    op.create_table(
        "sign_in_failure",
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_index("ix_idempotency_key_at", "idempotency_key", ["at"])
    op.create_index("ix_assignment_result_sha256", "assignment_result", ["sha256"])
