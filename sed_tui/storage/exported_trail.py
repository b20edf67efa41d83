"""Exports of a whole organization, as its audit trail tells of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.storage.tables.audit import AuditEventTable

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection

_A = AuditEventTable


@dataclass(frozen=True, slots=True)
class ExportTold:
    """An export: when it was made, and how far the trail goes that is in it."""

    at: datetime
    trail: int


def find_export(db: Connection, organization_id: UUID, digest: str) -> ExportTold | None:
    """Return the export of an organization with a digest, None where the trail knows none.

    The last one of several; one of before its length was told counts as none.
    """
    rows = db.execute(
        select(*map(col, (_A.at, _A.changes)))
        .where(
            col(_A.organization_id) == organization_id,
            col(_A.object_id) == str(organization_id),
            col(_A.event) == "export",
            col(_A.operation) == "organization.export",
        )
        .order_by(col(_A.seq).desc())
    )
    for row in rows:
        told = {name: pair[-1] for name, pair in json.loads(row.changes).items()}
        if told.get("digest") == digest and told.get("trail") is not None:
            return ExportTold(row.at, int(told["trail"]))
    return None
