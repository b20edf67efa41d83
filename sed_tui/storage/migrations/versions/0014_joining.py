"""Joining the system: applications with their papers, people, evidence, terms, successors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant, code_point_text

revision = "0014"
down_revision = "0016"


def upgrade() -> None:
    """Make the tables of joining."""
    op.create_table(
        "joining",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=True),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("kpp", sa.String(length=9), nullable=True),
        sa.Column("ogrn", sa.String(length=15), nullable=True),
        sa.Column("oktmo", sa.String(length=11), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=True),
        sa.Column("head_position", sa.String(length=200), nullable=True),
        sa.Column("deputy", sa.String(length=200), nullable=True),
        sa.Column("power", sa.String(length=200), nullable=True),
        sa.Column("power_until", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("subsystem", sa.String(length=16), nullable=True),
        sa.Column("front", sa.String(length=16), nullable=True),
        sa.Column("exchange_address", sa.String(length=200), nullable=True),
        sa.Column("register_state", sa.String(length=16), nullable=True),
        sa.Column("register_checked_on", sa.Date(), nullable=True),
        sa.Column("connected_on", sa.Date(), nullable=True),
        sa.Column("exported_digest", sa.String(length=64), nullable=True),
        sa.Column("exported_seq", sa.Integer(), nullable=True),
        sa.Column("rules_accounts", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_joining_ogrn", "joining", ["ogrn"])
    op.create_index("ix_joining_organization", "joining", ["organization_id", "created_at"])
    op.create_index("ix_joining_queue", "joining", ["state", "due", "id"])
    op.create_table(
        "joining_operator",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", UtcInstant(), nullable=False),
        sa.Column("named_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_table(
        "joining_successor",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["successor_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id", "successor_id"),
    )
    op.create_table(
        "joining_template",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("accept_by", sa.Date(), nullable=True),
        sa.Column("published_at", UtcInstant(), nullable=False),
        sa.Column("published_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id", "paper", "edition"),
    )
    op.create_table(
        "joining_term",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id", "state"),
    )
    op.create_table(
        "joining_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("joining_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("who", sa.String(length=300), nullable=False),
        sa.Column("remark", sa.String(length=2000), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["joining_id"], ["joining.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("joining_id", "place"),
    )
    op.create_table(
        "joining_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("joining_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("message_uid", sa.String(length=100), nullable=True),
        sa.Column("receipt_uid", sa.String(length=100), nullable=True),
        sa.Column("registration_uid", sa.String(length=100), nullable=True),
        sa.Column("their_number", sa.String(length=100), nullable=True),
        sa.Column("by_hand", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["joining_id"], ["joining.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_joining_evidence_joining", "joining_evidence", ["joining_id", "recorded_at"]
    )
    op.create_table(
        "joining_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("joining_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", UtcInstant(), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["joining_id"], ["joining.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_joining_paper_kind", "joining_paper", ["joining_id", "paper", "issued_at"])
    op.create_table(
        "joining_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("folded_name", code_point_text(200), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("owns_signature", sa.Boolean(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_name", sa.String(length=255), nullable=True),
        sa.Column("consent_sha256", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "folded_name", "login"),
    )
    op.create_table(
        "joining_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("power", sa.String(length=200), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("serial", sa.String(length=64), nullable=True),
        sa.Column("thumbprint", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", UtcInstant(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["joining_paper.id"]),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("paper_id", "side"),
    )
