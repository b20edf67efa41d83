"""The outbox as those who run the mail see it: without the texts of letters."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlmodel import col

from sed_tui.domain.mail import LetterState
from sed_tui.operations.notify import (
    CountWaiting,
    LetterPage,
    LetterRow,
    ListLetters,
    WaitingLetters,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.outbox import waiting_letters
from sed_tui.storage.tables.mail import OutgoingMailTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sed_tui.handlers.work import Work

_M = OutgoingMailTable


def list_letters(work: Work, request: ListLetters) -> LetterPage:
    """Return letters, the newest first."""
    place = (col(_M.created_at), col(_M.id))
    query = (
        select(
            *map(col, (_M.id, _M.created_at, _M.recipient, _M.subject, _M.state, _M.attempts)),
            *map(col, (_M.next_at, _M.sent_at, _M.error)),
            col(EmployeeTable.full_name).label("employee"),
        )
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(_M.employee_id))
        .where(col(_M.organization_id) == work.organization_id)
        .order_by(*(column.desc() for column in place))
    )
    if request.state is not None:
        query = query.where(col(_M.state) == request.state.value)
    if request.after is not None:
        query = query.where(
            tuple_(*place) < decode_cursor(request.after, datetime.fromisoformat, UUID)
        )
    rows = work.db.execute(query.offset(request.skip).limit(request.limit + 1)).all()
    shown = rows[: request.limit]
    last = shown[-1] if len(rows) > request.limit else None
    return LetterPage(
        rows=[_row(row._mapping) for row in shown],
        next=encode_cursor(last.created_at, last.id) if last else None,
    )


def count_waiting(work: Work, _request: CountWaiting) -> WaitingLetters:
    """Count what waits in the organization's outbox."""
    letters, next_at = waiting_letters(work.db, work.organization_id)
    return WaitingLetters(
        organization=work.actor.organization,
        organization_id=work.organization_id,
        letters=letters,
        next_at=next_at,
    )


def _row(values: Mapping[Any, Any]) -> LetterRow:
    waits = values["state"] == LetterState.PENDING
    return LetterRow.model_validate({**values, "next_at": values["next_at"] if waits else None})
