"""Sessions: listed and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col

from sed_tui.domain.identity import TokenKind
from sed_tui.errors import NotFound
from sed_tui.handlers.account import find_account
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.sign_in import SessionList, SessionRow
from sed_tui.storage.tables.identity import AccessTokenTable
from sed_tui.storage.tokens import in_force, revoke, tokens

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.sign_in import ListSessions, RevokeSessions

_T = AccessTokenTable


def list_sessions(work: Work, request: ListSessions) -> SessionList:
    """Return the sessions that go on, and with `past` the others."""
    conditions = [] if request.past else [in_force(work.now)]
    return _sessions(work, request.employee, *conditions)


def revoke_sessions(work: Work, request: RevokeSessions) -> SessionList:
    """End one session, or all of a person. Raises `NotFound`."""
    account = find_account(work, request.employee)
    conditions = [
        col(_T.employee_id) == account.id,
        col(_T.kind) == TokenKind.SESSION.value,
    ]
    if request.session is not None:
        one = by_id(col(_T.id), request.session.strip())
        if one is not None:
            conditions.append(one)
        if one is None or not tokens(work.db, TokenKind.SESSION, *conditions):
            raise NotFound(field="session", kind=_(N_("Session")), key=request.session)
    ended = revoke(work.db, work.now, *conditions)
    for session in ended:
        work.record("revoke", "session", session, {"is_valid": True}, {"is_valid": False})
    return _sessions(work, request.employee, col(_T.id).in_(ended))


def _sessions(work: Work, employee: str | None, *conditions: Any) -> SessionList:
    account = find_account(work, employee)
    found = tokens(work.db, TokenKind.SESSION, col(_T.employee_id) == account.id, *conditions)
    return SessionList(rows=[_row(row, work) for row in found])


def _row(row: Any, work: Work) -> SessionRow:
    return SessionRow(
        id=row.id,
        short_id=short_id(row.id),
        login=row.login,
        client=row.client,
        made_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        is_valid=row.revoked_at is None and row.expires_at > work.now,
        is_own=row.id == work.actor.token_id,
    )
