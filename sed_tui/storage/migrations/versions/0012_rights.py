"""Rights: extra rights to single documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sed_tui.storage.types import UtcInstant

revision = "0012"
down_revision = "0005"

_REFERENCES = {
    "organization_id": "organization.id",
    "document_id": "document.id",
    "employee_id": "employee.id",
    "granted_by": "employee.id",
    "revoked_by": "employee.id",
}

_INDEXES = {
    "ix_document_access_employee": ["employee_id", "document_id"],
    "ix_document_access_document": ["document_id", "granted_at"],
}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "document_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("granted_at", UtcInstant(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", UtcInstant(), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        *(sa.ForeignKeyConstraint([name], [target]) for name, target in _REFERENCES.items()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_document_access_employee", "document_access", ["employee_id", "document_id"]
    )
    op.create_index("ix_document_access_document", "document_access", ["document_id", "granted_at"])
