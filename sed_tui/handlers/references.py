"""What a person types where an id is expected: an id, a short id, a registration number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document that the actor may see."""

    id: UUID
    key: int
    number: str | None


def find_document(work: Work, text: str, field: str = "document") -> DocumentReference:
    """Return the document that a text names: `01-23/1456`, `ЖУРНАЛ:1456`, `1456@2026`, an id.

    Raises `NotFound`, which does not tell whether there is one that is not the
    actor's to see, and `Ambiguous` that lists the candidates.
    """
    text = text.strip()
    query = (
        select(
            col(DocumentTable.id),
            col(DocumentTable.key),
            col(DocumentTable.number),
            col(DocumentTable.registered_on),
            col(JournalTable.code),
        )
        .outerjoin(JournalTable, col(JournalTable.id) == col(DocumentTable.journal_id))
        .where(visible_documents(work.actor))
        .order_by(col(DocumentTable.listed_on).desc())
        .limit(_SHOWN)
    )
    for condition in (_by_number(text), by_id(col(DocumentTable.id), text)):
        rows = [] if condition is None else work.db.execute(query.where(condition)).all()
        if len(rows) > 1:
            raise Ambiguous(
                field=field,
                value=text,
                candidates="; ".join(
                    f"{row.code}:{row.number}@{row.registered_on:%Y} ({short_id(row.id)})"
                    if row.registered_on
                    else short_id(row.id)
                    for row in rows
                ),
            )
        if rows:
            return DocumentReference(rows[0].id, rows[0].key, rows[0].number)
    raise NotFound(field=field, kind=_(N_("Document")), key=text)


def document_of(work: Work, document_id: UUID | None) -> DocumentReference | None:
    """Return a document of the organization that something the actor works on rests upon."""
    if document_id is None:
        return None
    row = work.db.execute(
        select(col(DocumentTable.id), col(DocumentTable.key), col(DocumentTable.number)).where(
            col(DocumentTable.id) == document_id,
            col(DocumentTable.organization_id) == work.organization_id,
        )
    ).one()
    return DocumentReference(row.id, row.key, row.number)


def _by_number(text: str) -> ColumnElement[bool]:
    number, _at, year = text.rpartition("@")
    if not number or not re.fullmatch(r"\d{4}", year):
        number, year = text, ""
    condition = col(DocumentTable.number) == number
    journal, colon, rest = number.partition(":")
    if colon and rest:
        condition = and_(col(JournalTable.code) == journal, col(DocumentTable.number) == rest)
    if year:
        from datetime import date

        condition = and_(
            condition,
            col(DocumentTable.registered_on).between(
                date(int(year), 1, 1), date(int(year), 12, 31)
            ),
        )
    return condition
