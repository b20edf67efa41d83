"""The documents of a correspondent: those it sent, and those addressed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlmodel import col

from sed_tui.storage.search import extend_document
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.participant import AddresseeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.work import Work


def count_documents(work: Work, correspondent_id: UUID) -> tuple[int, date | None]:
    """Return how many of them the reader may see, and the day of the last one."""
    row = work.db.execute(
        select(func.count(), func.max(col(DocumentTable.listed_on))).where(
            visible_documents(work.actor), _concerns(work, correspondent_id)
        )
    ).one()
    return row[0], row[1]


def move_documents(work: Work, source: UUID, target: UUID, name: str) -> int:
    """Give the documents of one correspondent to another, and return how many there were.

    Each moved document has an entry of its own in the audit trail, and is found by the
    new name too.
    """
    documents = work.db.execute(
        select(
            col(DocumentTable.id), col(DocumentTable.key), col(DocumentTable.correspondent_id)
        ).where(_concerns(work, source))
    ).all()
    _move(work, source, target)
    for row in documents:
        field = "correspondent_id" if row.correspondent_id == source else "addressee_id"
        before, after = {field: str(source)}, {field: str(target)}
        work.record("redirect", "document", row.id, before, after)
        extend_document(work.db, row.key, name)
    return len(documents)


def _move(work: Work, source: UUID, target: UUID) -> None:
    _count_versions(work, source)
    document = DocumentTable
    work.db.execute(
        update(document)
        .where(
            col(document.organization_id) == work.organization_id,
            col(document.correspondent_id) == source,
        )
        .values(correspondent_id=target)
    )
    _move_addressees(work, source, target)


def _count_versions(work: Work, source: UUID) -> None:
    document, addressee = DocumentTable, AddresseeTable
    work.db.execute(
        update(document)
        .where(
            col(document.organization_id) == work.organization_id,
            or_(
                col(document.correspondent_id) == source,
                col(document.id).in_(
                    select(col(addressee.document_id)).where(
                        col(addressee.correspondent_id) == source
                    )
                ),
            ),
        )
        .values(version=col(document.version) + 1)
    )


def _move_addressees(work: Work, source: UUID, target: UUID) -> None:
    addressee = AddresseeTable
    other: Any = addressee.__table__.alias("other")  # type: ignore[attr-defined]
    # who is an addressee under both names stays one addressee
    work.db.execute(
        delete(addressee).where(
            col(addressee.organization_id) == work.organization_id,
            col(addressee.correspondent_id) == source,
            exists().where(
                other.c.document_id == col(addressee.document_id),
                other.c.correspondent_id == target,
            ),
        )
    )
    work.db.execute(
        update(addressee)
        .where(
            col(addressee.organization_id) == work.organization_id,
            col(addressee.correspondent_id) == source,
        )
        .values(correspondent_id=target)
    )


def _concerns(work: Work, correspondent_id: UUID) -> Any:
    addressed = select(col(AddresseeTable.document_id)).where(
        col(AddresseeTable.organization_id) == work.organization_id,
        col(AddresseeTable.correspondent_id) == correspondent_id,
    )
    return and_(
        col(DocumentTable.organization_id) == work.organization_id,
        or_(
            col(DocumentTable.correspondent_id) == correspondent_id,
            col(DocumentTable.id).in_(addressed),
        ),
    )
