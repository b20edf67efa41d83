"""How the actor's organization is called."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from sqlalchemy import Select

    from sed_tui.handlers.work import Work


def organization_name(work: Work) -> str:
    """Return how the actor's organization is called."""
    own = {"organization": work.organization_id}
    name: str = work.db.execute(_name(), own).scalar_one()
    return name


@cache
def _name() -> Select[str]:
    """Return the query of a name, built once: every session and every message bears it."""
    table = OrganizationTable
    return select(col(table.name)).where(col(table.id) == bindparam("organization"))
