"""Stored bytes are counted by organization; each organization clears its guests itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0023"

_NAMED = (
    *("document_file", "assignment_result", "legal_edition", "intake_file", "joining_paper"),
    *("joining_signature", "exchange_file"),
)
_WHOLE = ("intake_letter", "exchange_message")


def upgrade() -> None:
    """Add the tables, count what is there, and add the column."""
    op.create_table(
        "organization_storage",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("used_bytes", sa.BigInteger(), nullable=False),
        sa.Column("allowed_bytes", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    op.create_table(
        "organization_content",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id", "sha256"),
    )
    op.execute(_contents())
    op.execute(
        "INSERT INTO organization_storage (organization_id, used_bytes) "
        "SELECT organization_id, sum(size) FROM organization_content GROUP BY organization_id"
    )
    cleared: sa.Column[bool] = sa.Column(
        "clearance", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("role_grant", cleared)


def _contents() -> str:
    """Return the statement that lists every content of an organization once."""
    parts = [f"SELECT organization_id, sha256, size FROM {table}" for table in _NAMED]
    parts += [f"SELECT organization_id, raw_sha256, size FROM {table}" for table in _WHOLE]
    parts.append("SELECT organization_id, consent_sha256, 0 FROM joining_person")
    named = " UNION ALL ".join(parts)
    return (
        "INSERT INTO organization_content (organization_id, sha256, size) "
        f"SELECT organization_id, sha256, max(size) FROM ({named}) named "
        "WHERE sha256 IS NOT NULL GROUP BY organization_id, sha256"
    )
