"""What the history of a card tells of its replies that went by post, by hand or by courier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select
from sqlmodel import col

from sed_tui.domain.links import LinkKind
from sed_tui.handlers.link import links_of
from sed_tui.operations.document import HistoryEntry
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.dispatch import DispatchTable
from sed_tui.storage.tables.exchange import ExchangeMessageTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work

_D, _M, _C, _W = DispatchTable, ExchangeMessageTable, CorrespondentTable, EmployeeTable


def reply_entries(work: Work, document_id: UUID) -> list[HistoryEntry]:
    """Return how replies to a document went out, newest first, those of the exchange left out.

    Of a reply that is not the reader's to see nothing is told.
    """
    replied, links = LinkKind.REPLIED_BY.value, links_of(work, document_id).rows
    numbers = {one.id: one.number for one in links if one.kind == replied and one.subject}
    if not numbers:
        return []
    rows = work.db.execute(
        select(
            *map(col, (_D.document_id, _D.delivery, _D.postal_number, _D.sent_on)),
            *map(col, (_D.entered_at, _C.name, _W.full_name)),
        )
        .join(_C, col(_C.id) == col(_D.correspondent_id))
        .join(_W, col(_W.id) == col(_D.sent_by))
        .where(
            col(_D.document_id).in_(numbers),
            ~exists().where(col(_M.dispatch_id) == col(_D.id)),
        )
        .order_by(col(_D.entered_at).desc(), col(_D.id))
    )
    return [_entry(row, numbers[row.document_id]) for row in rows]


def _entry(row: Any, number: str | None) -> HistoryEntry:
    told = {
        "reply": number,
        "addressees": row.name,
        "delivery": row.delivery,
        "postal_number": row.postal_number,
        "sent_on": row.sent_on.isoformat(),
    }
    return HistoryEntry(
        at=row.entered_at,
        actor=row.full_name,
        operation="dispatch.add",
        event="dispatch",
        changes={name: [None, value] for name, value in told.items() if value},
        reason=None,
    )
