"""Workplaces: the reports of their checks, and the requirements an administrator publishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of workplaces."""
    op.create_table(
        "workstation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("machine", sa.String(length=100), nullable=False),
        sa.Column("system", sa.String(length=200), nullable=False),
        sa.Column("csp", sa.String(length=50), nullable=True),
        sa.Column("browser", sa.String(length=100), nullable=True),
        sa.Column("browser_version", sa.String(length=50), nullable=True),
        sa.Column("program_version", sa.String(length=50), nullable=False),
        sa.Column("edition", sa.String(length=50), nullable=False),
        sa.Column("set_code", sa.String(length=50), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("breaks_after_update", sa.Boolean(), nullable=False),
        sa.Column("failing", sa.String(length=2000), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("checked_at", UtcInstant(), nullable=False),
        sa.Column("reported_at", UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "employee_id", "machine"),
    )
    op.create_index(
        "ix_workstation_reported", "workstation", ["organization_id", "reported_at", "id"]
    )
    op.create_table(
        "workstation_requirements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(length=50), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published_at", UtcInstant(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["published_by"], ["employee.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "edition"),
    )
