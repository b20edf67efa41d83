"""Setting passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col

from sed_tui.domain.identity import TokenKind, check_password
from sed_tui.errors.identity import NoPassword, WrongPassword
from sed_tui.handlers.account import find_governed, is_system
from sed_tui.operations.password import PasswordSet
from sed_tui.storage.passwords import hashed, keep_hash, kept_hash, matches
from sed_tui.storage.tables.identity import AccessTokenTable
from sed_tui.storage.tokens import revoke

if TYPE_CHECKING:
    from sed_tui.handlers.account import Account
    from sed_tui.handlers.work import Work
    from sed_tui.operations.password import SetPassword


def set_password(work: Work, request: SetPassword) -> PasswordSet:
    """Keep the hash of a new password and end the sessions of the old one.

    Raises `NoPassword`, `PasswordTooWeak`, `WrongPassword` for a wrong current one.
    """
    account = find_governed(work, request.employee)
    if is_system(work, account):
        raise NoPassword(field="employee", login=account.login)
    check_password(request.password, account.login, account.name)
    _require_current(work, account, request.current)
    kept = hashed(request.password)
    keep_hash(work.db, account.id, work.organization_id, kept, work.now, work.actor.employee_id)
    ended = revoke(
        work.db,
        work.now,
        col(AccessTokenTable.employee_id) == account.id,
        col(AccessTokenTable.kind) == TokenKind.SESSION.value,
        col(AccessTokenTable.id).is_distinct_from(work.actor.token_id),
    )
    work.record("password", "employee", account.id, None, {"ended_sessions": len(ended)})
    return PasswordSet(login=account.login, set_at=work.now, ended=len(ended))


def _require_current(work: Work, account: Account, current: str | None) -> None:
    """Whoever found a terminal signed in must not take the account over."""
    if not account.is_own or work.actor.token_id is None:
        return
    kept = kept_hash(work.db, account.login)
    if kept is not None and not matches(kept, current or ""):
        raise WrongPassword(field="current")
