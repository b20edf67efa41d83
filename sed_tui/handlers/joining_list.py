"""The queue of joining, the most urgent first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, or_, tuple_
from sqlmodel import col

from sed_tui.domain.joining import UNDER_WAY, JoiningState, waits_for
from sed_tui.domain.text import normalized
from sed_tui.handlers.joining_card import row_values
from sed_tui.handlers.joining_found import applications, system_operator
from sed_tui.operations.joining import ApplicationRow
from sed_tui.operations.joining_list import ApplicationPage, ListApplications
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.joining import seen_applications
from sed_tui.storage.tables.joining import JoiningTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.handlers.work import Work

_J = JoiningTable
_LAST = date(9999, 12, 31)  # applications without a term stand at the end


def list_applications(work: Work, request: ListApplications) -> ApplicationPage:
    """Return a page of the queue, the most urgent first. Raises `NoOperator`."""
    operator = system_operator(work)
    place = (func.coalesce(col(_J.due), _LAST), col(_J.id))
    query = applications().where(
        seen_applications(work.organization_id, operator), *_asked(work, request)
    )
    if request.after is not None:
        after = decode_cursor(request.after, date.fromisoformat, UUID)
        query = query.where(tuple_(*place) > after)
    rows = work.db.execute(
        query.order_by(*place).offset(request.skip).limit(request.limit + 1)
    ).all()
    shown = [ApplicationRow(**row_values(work, row._mapping)) for row in rows[: request.limit]]
    last = shown[-1] if len(rows) > request.limit else None
    return ApplicationPage(
        rows=shown, next=encode_cursor(last.due or _LAST, last.id) if last else None
    )


def _asked(work: Work, request: ListApplications) -> Iterator[Any]:
    states = set(request.joining) or (set(JoiningState) if request.all_states else UNDER_WAY)
    if request.waits_for is not None:
        states = {state for state in states if waits_for(state) is request.waits_for}
    yield col(_J.state).in_(sorted(states))
    if request.subsystem is not None:
        yield col(_J.subsystem) == request.subsystem.value
    if request.late:
        yield col(_J.state).in_(sorted(UNDER_WAY))
        yield col(_J.due) < work.today
    for word in normalized(request.query).split():
        named = col(_J.name).contains(word, autoescape=True)
        # SQLite folds Latin letters alone
        titled = col(_J.name).contains(word.capitalize(), autoescape=True)
        code = col(OrganizationTable.code).contains(word, autoescape=True)
        yield or_(named, titled, code, col(_J.ogrn) == word, col(_J.inn) == word)
