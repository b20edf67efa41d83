"""Registration cards as an export gives them out: what may be seen, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select, tuple_
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality, Flow, Registration
from sed_tui.domain.links import LinkKind
from sed_tui.handlers.document_query import select_documents
from sed_tui.handlers.export import values
from sed_tui.handlers.mask import MASK
from sed_tui.i18n import _
from sed_tui.storage import bulk
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.link import LinkTable
from sed_tui.storage.tables.participant import AddresseeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work


def cards(
    work: Work, query: str, place: tuple[date, int] | None, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return registered cards that fit a query and come after a place, oldest first."""
    selected = select_documents(work, query)
    table: Any = DocumentTable.__table__  # type: ignore[attr-defined]
    order = (table.c.listed_on, table.c.key)
    found = (
        select(table)
        .select_from(selected.order.source)
        .where(selected.condition, table.c.registration == Registration.REGISTERED.value)
        .order_by(*order)
        .limit(limit)
    )
    if place is not None:
        found = found.where(tuple_(*order) > tuple_(*map(literal, place)))
    page = found.subquery("page")
    rows = work.db.execute(
        select(
            page,
            col(CorrespondentTable.name).label("correspondent"),
            col(CorrespondentTable.inn).label("inn"),
            col(JournalTable.code).label("journal"),
        )
        .outerjoin(CorrespondentTable, col(CorrespondentTable.id) == page.c.correspondent_id)
        .outerjoin(JournalTable, col(JournalTable.id) == page.c.journal_id)
        .order_by(page.c.listed_on, page.c.key),
        selected.parameters,
    ).all()
    return rows


def card_values(
    work: Work, rows: Sequence[Row[*tuple[Any, ...]]], columns: tuple[str, ...]
) -> list[tuple[str, ...]]:
    """Return the cards as texts; what the reader has no clearance for is masked."""
    replies = _replies(work, [row.id.hex for row in rows])
    addressees = _addressees(work, [row.id.hex for row in rows if row.flow == Flow.OUTGOING])
    masked = f"[{_(MASK)}]"
    exported = []
    for row in rows:
        card = dict(row._mapping)
        card["external_id"] = row.external_id or row.id
        card["in_reply_to"] = replies.get(row.id)
        if len(addressees.get(row.id, ())) > 1:
            card["correspondent"], card["inn"] = "; ".join(addressees[row.id]), None
        if row.confidentiality == Confidentiality.NONE:
            card["confidentiality"] = None
        elif not work.actor.clearance:
            card["subject"], card["note"], card["topic"] = masked, None, None
        exported.append(values(columns, card))
    return exported


def _replies(work: Work, documents: list[str]) -> dict[UUID, str]:
    """Return what each card answers, as far as the reader sees it."""
    table = DocumentTable
    given = bulk.given(work.db, id=(bulk.UUIDS, documents))
    rows = work.db.execute(
        select(col(LinkTable.source_id), col(table.number), col(table.registered_on))
        .select_from(
            given.outerjoin(
                LinkTable,
                (col(LinkTable.source_id) == given.c.id)
                & (col(LinkTable.kind) == LinkKind.REPLY_TO.value),
            ).outerjoin(table, col(table.id) == col(LinkTable.target_id))
        )
        .where(visible_documents(work.actor))
    ).all()
    return {
        row.source_id: f"{row.number} от {row.registered_on:%d.%m.%Y}"
        for row in rows
        if row.number is not None
    }


def _addressees(work: Work, documents: list[str]) -> dict[UUID, list[str]]:
    given = bulk.given(work.db, id=(bulk.UUIDS, documents))
    rows = work.db.execute(
        select(col(AddresseeTable.document_id), col(CorrespondentTable.name))
        .select_from(
            given.outerjoin(
                AddresseeTable, col(AddresseeTable.document_id) == given.c.id
            ).outerjoin(
                CorrespondentTable,
                col(CorrespondentTable.id) == col(AddresseeTable.correspondent_id),
            )
        )
        .order_by(col(AddresseeTable.document_id), col(AddresseeTable.position))
    ).all()
    found: dict[UUID, list[str]] = {}
    for row in rows:
        if row.document_id is not None:
            found.setdefault(row.document_id, []).append(row.name)
    return found
