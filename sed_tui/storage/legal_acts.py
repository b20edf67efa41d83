"""The legal reference as an organization sees it: its own words, those above, the program's."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.legal import Act, ActArea, ActLevel, ActStatus
from sed_tui.storage.calendar import organizations_above
from sed_tui.storage.tables.legal import LegalActTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

SHIPPED = Path(__file__).parents[1] / "data" / "legal_acts.toml"
_T = LegalActTable
FACTS = (
    *("code", "kind", "level", "area", "issuer", "number", "dated", "title", "subject", "status"),
    *("edition", "checked_on", "url", "note", "guides"),
)


@cache
def shipped_acts() -> dict[str, Act]:
    """Return the acts that the program ships, by code."""
    rows = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["act"]
    return {row["code"]: act_of(row) for row in rows}


def load_acts(db: Connection, organization_id: UUID) -> dict[str, Act]:
    """Return the reference of an organization by code.

    Its own words stand before those of an organization above it, the nearest first, and
    these before the program's.
    """
    above = organizations_above(organization_id)
    rows = db.execute(
        select(
            *(col(getattr(_T, name)) for name in (*FACTS, "version")),
            col(OrganizationTable.code).label("owner"),
        )
        .join(above, above.c.id == col(_T.organization_id))
        .join(OrganizationTable, col(OrganizationTable.id) == col(_T.organization_id))
        .order_by(above.c.distance.desc())  # the last one stands
    ).mappings()
    return shipped_acts() | {row["code"]: act_of(dict(row)) for row in rows}


def act_of(row: dict[str, Any]) -> Act:
    """Return an act from its fields as they are stored."""
    guides = row.get("guides") or ()
    return Act(
        **{
            **row,
            "level": ActLevel(row["level"]),
            "area": ActArea(row["area"]),
            "status": ActStatus(row.get("status") or ActStatus.NOT_CHECKED),
            "guides": tuple(guides.split(",") if isinstance(guides, str) else guides),
        }
    )
