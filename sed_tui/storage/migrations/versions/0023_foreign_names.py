"""Terms of kinds of documents, inquiries of deputies, and names of another system."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0017"

_INQUIRY = """
    INSERT INTO document_kind
        (organization_id, flow, name, code, is_registered, is_default, profile, state, version)
    SELECT organization.id, 'incoming', 'депутатский запрос', 'дз', TRUE, FALSE, 'deputy',
        'active', 1
    FROM organization
    WHERE EXISTS (
        SELECT 1 FROM document_kind WHERE document_kind.organization_id = organization.id
    ) AND NOT EXISTS (
        SELECT 1 FROM document_kind
        WHERE document_kind.organization_id = organization.id
            AND document_kind.flow = 'incoming' AND document_kind.name = 'депутатский запрос'
    )
"""


def upgrade() -> None:
    """Add the column, the kind to whoever has kinds, and the table."""
    op.add_column("document_kind", sa.Column("profile", sa.String(32), nullable=True))
    op.execute(_INQUIRY)
    op.create_table(
        "foreign_name",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(length=16), nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("organization_id", "system", "sort", "key"),
    )
