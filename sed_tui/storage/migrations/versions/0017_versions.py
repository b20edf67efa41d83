"""Versions of what is edited: kinds, templates, profiles of terms, rules of reminders, acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"

_EDITED = ("document_kind", "assignment_template", "term_profile", "reminder_rule", "legal_act")


def upgrade() -> None:
    """Add the columns; what is there begins at version 1."""
    for table in _EDITED:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
