"""Holding a name until the end of the transaction, where a row to lock does not exist yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection


def lock_name(db: Connection, organization_id: UUID, name: str) -> None:
    """Make others who want the same name in the organization wait until the commit.

    SQLite has one writer at a time, so there is nothing to do.
    """
    if db.dialect.name == "postgresql":
        key = func.hashtextextended(f"{organization_id}/{name}", 0)
        db.execute(select(func.pg_advisory_xact_lock(key)))
