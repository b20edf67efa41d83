"""Keep what a document is found by in step with its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.handlers.card import searched_text
from sed_tui.storage.search import index_documents
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.participant import AddresseeTable

if TYPE_CHECKING:
    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work


def reindex_document(work: Work, document: DocumentReference) -> None:
    """Make a document found by what its card, correspondents and files say now."""
    card: dict[str, Any] = dict(
        work.db.execute(
            select(DocumentTable.__table__).where(  # type: ignore[attr-defined]
                col(DocumentTable.id) == document.id
            )
        )
        .mappings()
        .one()
    )
    addressees = select(col(AddresseeTable.correspondent_id)).where(
        col(AddresseeTable.document_id) == document.id
    )
    names = work.db.scalars(
        select(col(CorrespondentTable.name)).where(
            col(CorrespondentTable.id).in_(addressees)
            | (col(CorrespondentTable.id) == card["correspondent_id"])
        )
    ).all()
    index_documents(work.db, [(document.key, searched_text(card, *names))])
