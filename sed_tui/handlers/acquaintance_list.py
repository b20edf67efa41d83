"""Pages of acquaintances, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import exists, tuple_
from sqlmodel import col

from sed_tui.domain.acquaintance import AcquaintanceState, ReadingState
from sed_tui.handlers.acquaintance_card import acquaintance_rows, shown_row, visible_acquaintances
from sed_tui.handlers.references import find_document
from sed_tui.operations.acquaintance_list import AcquaintancePage, AcquaintanceRow
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.acquaintance import AcquaintanceTable, AcquaintedPersonTable

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work
    from sed_tui.operations.acquaintance_list import ListAcquaintances

_A = AcquaintanceTable
_P = AcquaintedPersonTable


def list_acquaintances(work: Work, request: ListAcquaintances) -> AcquaintancePage:
    """Return a page of those that the actor may see."""
    key = (col(_A.started_at), col(_A.id))
    query = acquaintance_rows().where(*_wanted(work, request))
    if request.after is not None:
        place: Any = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*key) < place)
    rows = work.db.execute(
        query.order_by(*(part.desc() for part in key)).offset(request.skip).limit(request.limit + 1)
    ).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return AcquaintancePage(
        rows=[AcquaintanceRow(**shown_row(work, row)) for row in rows[: request.limit]],
        next=encode_cursor(last.started_at, last.id) if last else None,
    )


def _wanted(work: Work, request: ListAcquaintances) -> list[ColumnElement[bool]]:
    conditions = [visible_acquaintances(work.actor)]
    if request.document is not None:
        conditions.append(col(_A.document_id) == find_document(work, request.document).id)
    if request.state is not None:
        conditions.append(col(_A.state) == request.state.value)
    if request.waiting:
        people = [work.actor.employee_id, *work.actor.reads_for]
        conditions.append(col(_A.state) == AcquaintanceState.RUNNING)
        conditions.append(
            exists().where(
                col(_P.acquaintance_id) == col(_A.id),
                col(_P.employee_id).in_(people),
                col(_P.state) == ReadingState.WAITING,
            )
        )
    return conditions
