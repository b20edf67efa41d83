"""Which letter of those taken in a person means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.intake import IntakeLetterTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work

_L = IntakeLetterTable
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter of the actor's organization, as it is stored."""

    id: UUID
    row: dict[str, Any]


def find_letter(work: Work, text: str) -> StoredLetter:
    """Return the letter that an id or its beginning names. Raises `NotFound`, `Ambiguous`."""
    table: Any = _L.__table__  # type: ignore[attr-defined]
    condition = by_id(col(_L.id), text.strip())
    rows = []
    if condition is not None:
        query = select(table).where(condition, col(_L.organization_id) == work.organization_id)
        rows = list(work.db.execute(query.limit(_SHOWN)).mappings())
    if len(rows) > 1:
        candidates = "; ".join(f"{short_id(row['id'])} {row['subject']}" for row in rows)
        raise Ambiguous(field="letter", value=text, candidates=candidates)
    if not rows:
        raise NotFound(field="letter", kind=_(N_("Letter")), key=text)
    return StoredLetter(rows[0]["id"], dict(rows[0]))
