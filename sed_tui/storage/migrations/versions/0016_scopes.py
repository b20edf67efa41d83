"""How far a role sees, chosen for each person; the right to export is of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0006"

# who could export until now goes on being able to, until an administrator takes it away
_EXPORTERS = """
INSERT INTO role_grant (employee_id, organization_id, role)
SELECT DISTINCT employee_id, organization_id, 'exporter' FROM role_grant
WHERE role IN ('registrar', 'head', 'assistant', 'administrator', 'auditor')
"""


def upgrade() -> None:
    """Add the column and the rights of those who have exported."""
    op.add_column("role_grant", sa.Column("scope", sa.String(length=16), nullable=True))
    op.execute(_EXPORTERS)
