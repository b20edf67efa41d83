"""The terms that a kind of document brings with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select
from sqlmodel import col

from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.document_kind import DocumentKindTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work


def profile_of_kind(work: Work, document_id: UUID) -> str | None:
    """Return the profile of terms of a document's kind, None for most."""
    kind, table = DocumentKindTable, DocumentTable
    same = and_(
        col(table.organization_id) == col(kind.organization_id),
        col(table.flow) == col(kind.flow),
        col(table.kind) == col(kind.name),
    )
    found: str | None = work.db.scalar(
        select(col(kind.profile)).join(table, same).where(col(table.id) == document_id)
    )
    return found
