"""Which columns name contents of the store: each is checked, and goes along with an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.storage.tables.assignment_outcome import AssignmentResultTable
from sed_tui.storage.tables.exchange import ExchangeFileTable, ExchangeMessageTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.intake import IntakeFileTable, IntakeLetterTable
from sed_tui.storage.tables.joining import (
    JoiningPaperTable,
    JoiningPersonTable,
    JoiningSignatureTable,
)
from sed_tui.storage.tables.legal import LegalEditionTable

if TYPE_CHECKING:
    from sqlalchemy import Column

DOCUMENT_FILES: Column[str] = FileTable.__table__.c.sha256  # type: ignore[attr-defined]
KEPT: tuple[Column[Any], ...] = (
    DOCUMENT_FILES,
    AssignmentResultTable.__table__.c.sha256,  # type: ignore[attr-defined]
    LegalEditionTable.__table__.c.sha256,  # type: ignore[attr-defined]
    IntakeFileTable.__table__.c.sha256,  # type: ignore[attr-defined]
    IntakeLetterTable.__table__.c.raw_sha256,  # type: ignore[attr-defined]
    JoiningPaperTable.__table__.c.sha256,  # type: ignore[attr-defined]
    JoiningSignatureTable.__table__.c.sha256,  # type: ignore[attr-defined]
    JoiningPersonTable.__table__.c.consent_sha256,  # type: ignore[attr-defined]
    ExchangeFileTable.__table__.c.sha256,  # type: ignore[attr-defined]
    ExchangeMessageTable.__table__.c.raw_sha256,  # type: ignore[attr-defined]
)


def size_of(column: Column[Any]) -> Column[int] | None:
    """Return what tells the size of a content that a column names, None where nothing does."""
    size: Column[int] | None = column.table.c.get("size")
    return size
