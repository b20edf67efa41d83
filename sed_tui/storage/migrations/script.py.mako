"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import sqlmodel
from sed_tui.storage.types import UtcInstant

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Apply the revision."""
    ${upgrades if upgrades else "pass"}
