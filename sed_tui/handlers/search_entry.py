"""Keep what a document is found by in step with its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, union
from sqlmodel import col

from sed_tui.handlers.card import searched_text
from sed_tui.storage.search import index_documents
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.participant import AddresseeTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection

    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work

_AT_ONCE = 500


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


def reindex_organization(db: Connection, organization_id: UUID) -> None:
    """Make every document of an organization found by its words, some hundreds at a time."""
    table, last = DocumentTable, 0
    while True:
        cards = (
            db.execute(
                select(table.__table__)  # type: ignore[attr-defined]
                .where(col(table.organization_id) == organization_id, col(table.key) > last)
                .order_by(col(table.key))
                .limit(_AT_ONCE)
            )
            .mappings()
            .all()
        )
        if not cards:
            return
        names = _names(db, [card["id"] for card in cards])
        texts = [searched_text(dict(card), *names.get(card["id"], {}).values()) for card in cards]
        keys = [card["key"] for card in cards]
        index_documents(db, list(zip(keys, texts, strict=True)))
        last = keys[-1]


def _names(db: Connection, documents: Sequence[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Return the correspondents of documents by id: the sender, the addressees, each once."""
    document, other = DocumentTable, CorrespondentTable
    pair: tuple[Any, ...] = (col(other.id).label("other"), col(other.name).label("name"))
    sender = (
        select(col(document.id).label("document"), *pair)
        .join(document, col(document.correspondent_id) == col(other.id))
        .where(col(document.id).in_(documents))
    )
    addressees = (
        select(col(AddresseeTable.document_id).label("document"), *pair)
        .join(AddresseeTable, col(AddresseeTable.correspondent_id) == col(other.id))
        .where(col(AddresseeTable.document_id).in_(documents))
    )
    found: dict[UUID, dict[UUID, str]] = {}
    for row in db.execute(union(sender, addressees)):
        found.setdefault(row.document, {})[row.other] = row.name
    return found
